/** Whether the last revision before a failure is what changed the widget that failed. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Failure } from "./failure.ts";
import type { NightStage } from "./night-stage.ts";
import type { Published, Recorded } from "./record.ts";

const definitionField = z.object({
  states: z.array(z.object({ name: z.string(), type: z.string(), properties: z.unknown() })),
});

/**
 * The revision that gave a widget the properties with which it failed, or added it: the last one before the failure, compared with
 * the one before that; two calls. Null when it left the widget as it was, or when there is nothing to compare with.
 */
export async function changedBy(
  { client, lines }: NightStage,
  { published }: Recorded,
  { at, line, widget }: Failure,
): Promise<Published | null> {
  const flowSid = lines.find(({ name }) => name === line)?.flowSid;
  const [before, last] = published.filter((each) => each.line === line && each.at <= at).slice(-2);
  if (flowSid === undefined || widget === null || before === undefined || last === undefined) return null;
  const [old, now] = await Promise.all(
    [before, last].map(async ({ revision }) => {
      const then = await client.studio.v2
        .flows(flowSid)
        .revisions(String(revision ?? 0))
        .fetch();
      const { data } = definitionField.safeParse(then.definition);
      return data?.states.find(({ name }) => name === widget) ?? null;
    }),
  );
  return isDeepStrictEqual(old, now) ? null : last;
}
