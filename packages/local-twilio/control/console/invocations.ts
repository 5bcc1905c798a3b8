/** Runs of Functions, from the event table: what went in, what came out, what was printed. */
import type { Twilio } from "../../product.ts";

/** The newest runs, newest first; those of one Execution alone when it is named. */
export function invocationsNow({ store }: Twilio, limit: number, executionSid: string | undefined): object[] {
  const where = executionSid === undefined ? "" : "and data ->> 'executionSid' = :execution";
  const rows = store.database
    .prepare(`select * from events where type = 'function.invoked' ${where} order by id desc limit :limit`)
    .all({ limit, ...(executionSid === undefined ? {} : { execution: executionSid }) });
  return rows.map((row) => ({
    id: Number(row["id"]),
    at: String(row["at"]),
    functionSid: String(row["sid"]),
    ...(JSON.parse(String(row["data"])) as object),
  }));
}
