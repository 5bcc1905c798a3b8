/** Dates as they are written. No date is later than the last one of the calendar: what would be stands there. */
import { limits } from "./limits.ts";

/** Milliseconds since 1970 that are a date: the last one for what is later, and for what never comes. */
export function onCalendar(at: number): number {
  return Math.min(at, limits.date.latest);
}

/** With milliseconds: `2026-01-31T12:00:00.000Z`. */
export function isoOf(at: number): string {
  return new Date(onCalendar(at)).toISOString();
}

/** In whole seconds, as Twilio's v1 and v2 APIs write dates: `2026-01-31T12:00:00Z`. */
export function isoSecondsOf(at: number): string {
  return isoOf(at).replace(/\.\d{3}Z$/, "Z");
}
