/** What Pulumi knows of a deployed stage: its last update, and what its state says of Flows and Builds. */
import { z } from "zod";
import { pulumi } from "./pulumi.ts";
import { memoryIn, stageResources } from "./rollback-state.ts";

export interface Deployed {
  /** Commit that was deployed; null where the update was not made from a Git checkout. */
  readonly commit: string | null;
  /** When, as ISO 8601. */
  readonly at: string | null;
  readonly buildSid: string | null;
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
  const [deployment] = ofType("twilio:serverless:Deployment");
  return {
    // A rollback runs in whatever checkout is at hand; what runs since is of another commit.
    commit:
      rolledBack === null ? (last?.environment?.["git.head"] ?? null) : (deployments.at(-1)?.commit ?? null),
    rolledBack: rolledBack?.at ?? null,
    paused: Object.keys(paused),
    at: last?.endTime ?? null,
    buildSid: typeof deployment?.["buildSid"] === "string" ? deployment["buildSid"] : null,
    revisions: Object.fromEntries(
      ofType("twilio:studio:Flow").flatMap(({ sid, revision }) =>
        typeof sid === "string" && typeof revision === "number" ? [[sid, revision]] : [],
      ),
    ),
  };
}
