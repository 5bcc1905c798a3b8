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

/** Reads the Build that answers, in two calls; null when there is none, or the key may not read it. */
export async function buildNow({ client, functions }: NightStage, gaps: string[]): Promise<BuildNow | null> {
  if (functions === null) return null;
  const service = client.serverless.v1.services(functions.serviceSid);
  const [found] = await allowed(gaps, "the Build that answers", async () => {
    const [deployment] = await service.environments(functions.environmentSid).deployments.list({ limit: 1 });
    if (deployment === undefined || deployment.buildSid === null) return [];
    const build = await service.builds(deployment.buildSid).fetch();
    const paths = (build.functionVersions ?? []).map((version) => pathField.parse(version).path);
    return [{ sid: build.sid, at: deployment.dateCreated.getTime(), paths: new Set(paths) }];
  });
  return found ?? null;
}

const pathField = z.object({ path: z.string() });

/** The path of the Function that a widget runs in the stage's own Build; null when it runs none of them. */
export function functionPath(
  { functions }: Pick<NightStage, "functions">,
  flows: readonly FlowNow[],
  line: string,
  widget: string,
): string | null {
  const url = flows.find(({ name }) => name === line)?.urls.get(widget);
  if (url === undefined || functions === null || !URL.canParse(url)) return null;
  const { host, pathname } = new URL(url);
  return host === functions.domain ? pathname : null;
}

/** A widget that runs a Function that the Build does not have. */
export interface Missing {
  readonly line: string;
  readonly widget: string;
  readonly path: string;
}

/** Widgets whose Function is gone from the Build that answers. */
export function missingFunctions(
  night: Pick<NightStage, "functions">,
  flows: readonly FlowNow[],
  build: BuildNow | null,
): Missing[] {
  if (build === null) return [];
  return flows.flatMap(({ name: line, urls }) =>
    [...urls.keys()].flatMap((widget): Missing[] => {
      const path = functionPath(night, flows, line, widget);
      return path === null || build.paths.has(path) ? [] : [{ line, widget, path }];
    }),
  );
}
