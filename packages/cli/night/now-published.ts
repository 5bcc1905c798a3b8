/** What a stage runs now: its Flows' published definitions, and the paths of the Build that answers. */
import { z } from "zod";
import type { NightLine, NightStage } from "./night-stage.ts";
import { allowed } from "./record.ts";

export interface FlowNow extends NightLine {
  readonly revision: number;
  readonly commitMessage: string;
  /** URLs of the Functions that widgets run, by widget. */
  readonly urls: ReadonlyMap<string, string>;
}

export interface BuildNow {
  readonly sid: string;
  /** Where it answers. */
  readonly domain: string;
  /** When it was deployed, in milliseconds since 1970. */
  readonly at: number;
  readonly paths: ReadonlySet<string>;
}

const definition = z.object({
  states: z.array(
    z.object({
      name: z.string(),
      properties: z.object({ url: z.string().nullish() }).loose().nullish(),
    }),
  ),
});

/**
 * Reads the Flows, a call for each.
 *
 * @throws TwilioRefusal when one is not there
 */
export function flowsNow({ client, lines }: NightStage): Promise<FlowNow[]> {
  return Promise.all(
    lines.map(async (line) => {
      const flow = await client.studio.v2.flows(line.flowSid).fetch();
      const { data } = definition.safeParse(flow.definition);
      return {
        ...line,
        revision: flow.revision,
        commitMessage: flow.commitMessage ?? "",
        urls: new Map(
          (data?.states ?? []).flatMap(({ name, properties }) =>
            typeof properties?.url === "string" ? [[name, properties.url] as const] : [],
          ),
        ),
      };
    }),
  );
}

/** Reads the Builds that answer, in two calls each; without those that the key may not read, or where there is none. */
export async function buildsNow({ client, functions }: NightStage, gaps: string[]): Promise<BuildNow[]> {
  const read = functions.map(({ serviceSid, environmentSid, domain }) =>
    allowed(gaps, "the Build that answers", async () => {
      const service = client.serverless.v1.services(serviceSid);
      const [deployment] = await service.environments(environmentSid).deployments.list({ limit: 1 });
      if (deployment === undefined || deployment.buildSid === null) return [];
      const build = await service.builds(deployment.buildSid).fetch();
      const paths = (build.functionVersions ?? []).map((version) => pathField.parse(version).path);
      return [{ sid: build.sid, domain, at: deployment.dateCreated.getTime(), paths: new Set(paths) }];
    }),
  );
  return (await Promise.all(read)).flat();
}

const pathField = z.object({ path: z.string() });

/** What a widget runs in the stage's own Builds; null when it runs none of them. */
function placeOf(
  { functions }: Pick<NightStage, "functions">,
  flows: readonly FlowNow[],
  line: string,
  widget: string,
): { readonly domain: string; readonly path: string } | null {
  const url = flows.find(({ name }) => name === line)?.urls.get(widget);
  if (url === undefined || !URL.canParse(url)) return null;
  const { host: domain, pathname: path } = new URL(url);
  return functions.some((each) => each.domain === domain) ? { domain, path } : null;
}

/** The path of the Function that a widget runs in the stage's own Builds; null when it runs none of them. */
export function functionPath(
  night: Pick<NightStage, "functions">,
  flows: readonly FlowNow[],
  line: string,
  widget: string,
): string | null {
  return placeOf(night, flows, line, widget)?.path ?? null;
}

/** A widget that runs a Function that the Build does not have. */
export interface Missing {
  readonly line: string;
  readonly widget: string;
  readonly path: string;
  readonly build: BuildNow;
}

/** Widgets whose Function is gone from the Build that answers. */
export function missingFunctions(
  night: Pick<NightStage, "functions">,
  flows: readonly FlowNow[],
  builds: readonly BuildNow[],
): Missing[] {
  return flows.flatMap(({ name: line, urls }) =>
    [...urls.keys()].flatMap((widget): Missing[] => {
      const place = placeOf(night, flows, line, widget);
      const build = builds.find(({ domain }) => domain === place?.domain);
      return place === null || build === undefined || build.paths.has(place.path)
        ? []
        : [{ line, widget, path: place.path, build }];
    }),
  );
}
