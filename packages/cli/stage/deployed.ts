/** What Pulumi knows of a deployed stage: its last update, and what its state says of Flows and Builds. */
import { firstNames } from "@support-line/stage";
import { z } from "zod";
import { pulumi } from "./pulumi.ts";
import { memoryIn, nameOf, stageResources, textAt } from "./rollback-state.ts";

export interface Deployed {
  /** Commit that was deployed; null where the update was not made from a Git checkout. */
  readonly commit: string | null;
  /** When, as ISO 8601. */
  readonly at: string | null;
  readonly buildSid: string | null;
  /** Builds of further Services of Functions, by their names in the stack. */
  readonly others?: Readonly<Record<string, string>>;
  /** When it was rolled back, as ISO 8601; null when it runs what was deployed last. */
  readonly rolledBack: string | null;
  /** Names of the lines that are paused. */
  readonly paused: readonly string[];
  /** Revisions of the Flows as the state has them, by SID. */
  readonly revisions: Readonly<Record<string, number>>;
}

const history = z.array(
  z.object({ endTime: z.string().optional(), environment: z.record(z.string(), z.string()).optional() }),
);
/** Reads it from the stack's history and state; nothing is asked of Twilio. */
export async function deployedIn(stage: string): Promise<Deployed> {
  const [updates, resources] = await Promise.all([
    pulumi(stage, ["stack", "history", "--json", "--page-size", "1"]),
    stageResources(stage),
  ]);
  const [last] = history.parse(JSON.parse(updates));
  const { deployments, rolledBack, paused } = memoryIn(resources);
  const ofType = (type: string) => resources.flatMap((each) => (each.type === type ? [each.outputs] : []));
  const builds = resources.flatMap((each) =>
    each.type === "twilio:serverless:Deployment"
      ? [[nameOf(each.urn), textAt(each, "buildSid")] as const]
      : [],
  );
  const [first] = builds.toSorted(([one], [other]) => Number(isFirst(other)) - Number(isFirst(one)));
  const others = Object.fromEntries(builds.filter((each) => each[0] !== first?.[0]));
  return {
    // A rollback runs in whatever checkout is at hand; what runs since is of another commit.
    commit:
      rolledBack === null ? (last?.environment?.["git.head"] ?? null) : (deployments.at(-1)?.commit ?? null),
    rolledBack: rolledBack?.at ?? null,
    paused: Object.keys(paused),
    at: last?.endTime ?? null,
    buildSid: first?.[1] ?? null,
    ...(Object.keys(others).length === 0 ? {} : { others }),
    revisions: Object.fromEntries(
      ofType("twilio:studio:Flow").flatMap(({ sid, revision }) =>
        typeof sid === "string" && typeof revision === "number" ? [[sid, revision]] : [],
      ),
    ),
  };
}

const isFirst = (service: string) => service === firstNames.functions;
