import { ProviderError } from "../errors.ts";
import { textAt } from "../values/place.ts";
import type { JsonMap } from "../values/value.ts";
import type { Session } from "./lifecycle.ts";

/** What Twilio shows of a moment is cut to the second. */
export const dateToleranceMs = 2_000;

/** A create that was lost this often is not begun again. */
export const mostAttempts = 3;

/** Whether nobody knows if it was done. */
export function isLost(error: unknown): boolean {
  return (
    error instanceof ProviderError && (error.code === "answer-lost" || error.code === "answer-unreadable")
  );
}

/** Whether an earlier attempt may have been made on another machine: the stack is not new, and this machine never journaled it. */
export function mayHaveBegunElsewhere({ journal, stackIsNew }: Session): boolean {
  return !journal.isKnown && !stackIsNew;
}

/** When a thing was made, in milliseconds; what has no date cannot be proven to be young. */
export function madeAt(body: JsonMap): number {
  const date = Date.parse(textAt(body, "date_created") || textAt(body, "createdAt"));
  return Number.isNaN(date) ? -Infinity : date;
}

/** The command that deletes what is at a URL, for a person. */
export function deleteByHand(url: string): string {
  return `curl -X DELETE -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" ${url}`;
}

/** Whether Twilio says that something of that name is there: 409, and where it says so in words only. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof ProviderError) || error.status === undefined) return false;
  return (
    error.status === 409 || (error.status === 400 && /already (exists|in use|taken)/i.test(error.message))
  );
}
