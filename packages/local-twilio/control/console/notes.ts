/** What went wrong in an Execution, or was odd: what Twilio would write to the Debugger. */
import type { Twilio } from "../../product.ts";

const types = ["execution.warned", "execution.failed", "execution.requestFailed", "execution.interrupted"];

/** The notes of an Execution, oldest first. */
export function notesOf({ store }: Twilio, executionSid: string): object[] {
  return store.database
    .prepare(
      `select id, at, type, data from events
      where sid = ? and type in (${types.map(() => "?").join(", ")}) order by id limit 500`,
    )
    .all(executionSid, ...types)
    .map(({ id, at, type, data }) => ({
      id: Number(id),
      at: String(at),
      type: String(type),
      data: JSON.parse(String(data)) as object,
    }));
}
