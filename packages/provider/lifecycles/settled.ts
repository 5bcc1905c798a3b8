import { wait, waitBefore } from "../http/retry.ts";
import type { JsonMap, Value, ValueMap } from "../values/value.ts";
import { reveal } from "../values/value.ts";
import type { Session } from "./lifecycle.ts";

/**
 * A read that may come too soon after a write: while Twilio shows what is older than what the state knows, or 404
 * for what was made a moment ago, it is read again, for as long as Twilio may take to settle. What it shows then is
 * so.
 */
export async function settled(
  session: Session,
  known: ValueMap,
  read: () => Promise<JsonMap | undefined>,
): Promise<JsonMap | undefined> {
  const { client, signal } = session;
  const until = performance.now() + client.policy.settleMs;
  for (let look = 1; ; look++) {
    const body = await read();
    const isStale = body === undefined ? isYoung(known, session) : isOlder(body, known);
    if (!isStale || performance.now() >= until) return body;
    await wait(Math.max(5, waitBefore(client.policy, look, null)), signal);
  }
}

/** Whether it was made or changed so short a time ago that Twilio may not show it yet. */
function isYoung(known: ValueMap, { client }: Session): boolean {
  const [made, changed] = [moment(known["dateCreated"]), moment(known["dateUpdated"])];
  const last = Math.max(made ?? -Infinity, changed ?? -Infinity);
  // Dates are cut to the second.
  return client.atTwilio(Date.now()) - last < client.policy.settleMs + 1_000;
}

function isOlder(body: JsonMap, known: ValueMap): boolean {
  const [revision, knownRevision] = [body["revision"], known["revision"]];
  if (typeof revision === "number" && typeof knownRevision === "number") return revision < knownRevision;
  const [date, knownDate] = [moment(body["date_updated"]), moment(known["dateUpdated"])];
  return date !== undefined && knownDate !== undefined && date < knownDate;
}

function moment(value: Value | undefined): number | undefined {
  const open = value === undefined ? null : reveal(value);
  const date = typeof open === "string" ? Date.parse(open) : NaN;
  return Number.isNaN(date) ? undefined : date;
}
