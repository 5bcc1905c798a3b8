import type { Run } from "./handler.ts";

/** A Conversation's timers, as a request names them. */
export interface Timers {
  readonly "timers.inactive": string;
  readonly "timers.closed": string;
}

/** The stage's timers: whatever else fails, a Conversation that has them ends. */
export function timersOf({ variable }: Run): Timers {
  return { "timers.inactive": variable("INACTIVE_AFTER"), "timers.closed": variable("CLOSED_AFTER") };
}
