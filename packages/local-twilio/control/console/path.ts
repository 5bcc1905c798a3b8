/** The steps of an Execution: all of them without their contexts, which are most of it, or one of them whole. */
import type { Body, Twilio } from "../../product.ts";
import { tokens } from "../../studio/tokens.ts";

/** The steps, first one first. SQLite takes the contexts off: of a long Execution they are many megabytes. */
export function pathOf({ store }: Twilio, executionSid: string): object[] {
  return store.database
    .prepare(
      `select o.sid, o.body ->> 'date_created' as at, json_remove(o.hidden, '$.before', '$.after') as step
      from ancestors a join objects o on o.sequence = a.sequence
      where a.ancestor = ? and a.token = ? order by a.sequence`,
    )
    .all(executionSid, tokens.step)
    .map(({ sid, at, step }) => ({ sid, at, ...(JSON.parse(String(step)) as object) }));
}

/** One step with the context before and after it; undefined when the Execution has no such step. */
export function stepOf({ store }: Twilio, executionSid: string, stepSid: string): Body | undefined {
  const step = store.find(tokens.step, stepSid, { ExecutionSid: executionSid });
  return step && { sid: step.sid, at: step.body["date_created"] ?? null, ...step.hidden };
}
