/** What Pulumi knows of a deployed stage: its last update, and what its state says of Flows and Builds. */
import { z } from "zod";
import { pulumi } from "./pulumi.ts";

export interface Deployed {
  /** Commit that was deployed; null where the update was not made from a Git checkout. */
  readonly commit: string | null;
  /** When, as ISO 8601. */
  readonly at: string | null;
  readonly buildSid: string | null;
  /** Revisions of the Flows as the state has them, by SID. */
  readonly revisions: Readonly<Record<string, number>>;
}

const history = z.array(
  z.object({ endTime: z.string().optional(), environment: z.record(z.string(), z.string()).optional() }),
);
const exported = z.object({
  deployment: z.object({
    resources: z
      .array(z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() }))
      .optional(),
  }),
});

/** Reads it from the stack's history and state; nothing is asked of Twilio. */
export async function deployedIn(stage: string): Promise<Deployed> {
  const [updates, state] = await Promise.all([
    pulumi(stage, ["stack", "history", "--json", "--page-size", "1"]),
    pulumi(stage, ["stack", "export"]),
  ]);
  const [last] = history.parse(JSON.parse(updates));
  const resources = exported.parse(JSON.parse(state)).deployment.resources ?? [];
  const ofType = (type: string) =>
    resources.flatMap((each) => (each.type === type && each.outputs !== undefined ? [each.outputs] : []));
  const [deployment] = ofType("twilio:serverless:Deployment");
  return {
    commit: last?.environment?.["git.head"] ?? null,
    at: last?.endTime ?? null,
    buildSid: typeof deployment?.["buildSid"] === "string" ? deployment["buildSid"] : null,
    revisions: Object.fromEntries(
      ofType("twilio:studio:Flow").flatMap(({ sid, revision }) =>
        typeof sid === "string" && typeof revision === "number" ? [[sid, revision]] : [],
      ),
    ),
  };
}
