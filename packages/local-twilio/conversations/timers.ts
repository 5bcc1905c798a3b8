/**
 * States and timers, https://www.twilio.com/docs/conversations-classic/states-timers: an active Conversation becomes
 * inactive, and either becomes closed, when nothing happened for the time that its timers say. Both are measured
 * from the last activity (creation, a message, a change of state or timers), as the page's intent is; it gives no sums.
 */
import { isoSecondsOf } from "../calendar.ts";
import { limits } from "../limits.ts";
import { inner, text } from "../fields.ts";
import { TwilioError } from "../errors.ts";
import type { Body, Json, StoredObject, Twilio } from "../product.ts";
import type { State } from "../state.ts";
import { parseDuration } from "./duration.ts";
import { tokens } from "./tokens.ts";

/** Durations as they were given, kept beside the Conversation; null: no such timer. */
export interface Durations {
  readonly inactive: string | null;
  readonly closed: string | null;
}

const dayMs = 86_400_000;
const least = { inactive: 60_000, closed: 600_000 };

/** Reads the timers of a request; those that are not given stay as they are, an empty one is taken away. */
export function readDurations(input: Body, now: Durations): Durations {
  return {
    inactive: readDuration(input["Timers.Inactive"], now.inactive, "inactive"),
    closed: readDuration(input["Timers.Closed"], now.closed, "closed"),
  };
}

/**
 * Reads one timer.
 *
 * @throws TwilioError 50379 and 50380 for what is no duration, 50375 and 50376 for one that is too short
 */
export function readDuration(
  given: Json | undefined,
  now: string | null,
  timer: "inactive" | "closed",
): string | null {
  if (given === undefined) return now;
  if (given === null || given === "") return null;
  const value = typeof given === "string" ? given : JSON.stringify(given);
  const milliseconds = parseDuration(value);
  if (milliseconds === null) throw new TwilioError(timer === "inactive" ? 50379 : 50380, { value });
  if (milliseconds > limits.conversation.timerDays * dayMs) {
    throw new TwilioError(20001, {
      reason: `The ${timer} timer '${value}' is longer than ${limits.conversation.timerDays} days`,
    });
  }
  if (milliseconds < least[timer]) throw new TwilioError(timer === "inactive" ? 50375 : 50376);
  return value;
}

/** The durations that a stored Conversation has. */
export function durationsOf(conversation: StoredObject): Durations {
  const timers = inner(conversation.hidden, "timers");
  return { inactive: text(timers, "inactive") || null, closed: text(timers, "closed") || null };
}

/** `timers` as responses show them, counted from `activity` (milliseconds since 1970). */
export function shownTimers(state: string, durations: Durations, activity: number): Body {
  const at = (duration: string | null): string =>
    isoSecondsOf(activity + (parseDuration(duration ?? "") ?? 0));
  const timers: Body = {};
  if (state === "active" && durations.inactive !== null) timers["date_inactive"] = at(durations.inactive);
  if (state !== "closed" && durations.closed !== null) timers["date_closed"] = at(durations.closed);
  return timers;
}

/** The state that the timers of a Conversation have led to by `now`; null when none is due. */
export function dueState(conversation: StoredObject, now: number): "inactive" | "closed" | null {
  const timers = inner(conversation.body, "timers");
  const isDue = (name: string): boolean =>
    timers[name] !== undefined && Date.parse(text(timers, name)) <= now;
  if (isDue("date_closed")) return "closed";
  return isDue("date_inactive") ? "inactive" : null;
}

/** When the clock comes back to each Conversation. */
const armedTimers: State<Map<string, number>> = { ofStore: true, open: () => new Map() };

/**
 * Has the clock come back to a Conversation when its next timer is due. A timer that activity has moved on fires at
 * its old time, finds nothing due and is armed anew: that spares every message the cancelling of timers.
 */
export function armTimers(
  twilio: Twilio,
  conversation: StoredObject,
  onDue: (conversation: StoredObject, state: "inactive" | "closed") => void,
): void {
  const dates = Object.values(inner(conversation.body, "timers")).map((date) =>
    typeof date === "string" ? Date.parse(date) : NaN,
  );
  if (dates.length === 0) return;
  const next = Math.min(...dates);
  const armed = twilio.state(armedTimers);
  const { sid } = conversation;
  if ((armed.get(sid) ?? Infinity) <= next) return;
  armed.set(sid, next);
  twilio.clock.at(next, () => {
    if (armed.get(sid) === next) armed.delete(sid);
    const current = twilio.store.find(tokens.conversation, sid);
    if (!current || current.body["state"] === "closed") return;
    const state = dueState(current, twilio.clock.now());
    if (state === null) armTimers(twilio, current, onDue);
    else onDue(current, state);
  });
}
