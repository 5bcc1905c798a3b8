/**
 * Opening hours. Studio knows no time zone, so a Function decides; the stack writes the hours into a Variable as a list
 * (`Europe/Berlin`, `mon 09:00-17:00`, `2026-12-25 closed`), which a person can read in the Console.
 */
import { DateTime } from "luxon";

/** From and to, minutes since midnight, in order and apart. */
export type Span = readonly [from: number, to: number];

export interface Hours {
  /** IANA name, `Europe/Berlin`. */
  readonly timeZone: string;
  /** By weekday; a day that is missing is closed. */
  readonly week: Readonly<Partial<Record<Weekday, readonly Span[]>>>;
  /** By date (`2026-12-24`), instead of the weekday's; none at all means closed. */
  readonly dates: Readonly<Record<string, readonly Span[]>>;
}

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

const day = 24 * 60;
const closed = "closed";

/**
 * Reads `09:00-17:30`; `24:00` is the end of the day.
 *
 * @returns null when it is none, or ends before it begins
 */
export function readSpan(text: string): Span | null {
  const [, ...parts] = /^(\d\d):([0-5]\d)-(\d\d):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (parts.length === 0) return null;
  const [hour = 0, minute = 0, toHour = 0, toMinute = 0] = parts.map(Number);
  const span = [hour * 60 + minute, toHour * 60 + toMinute] as const;
  return span[0] < span[1] && span[1] <= day ? span : null;
}

/** The hours as the entries of a Variable's list; `readHours` reads them. */
export function hoursList({ timeZone, week, dates }: Hours): string[] {
  const entries = (name: string, spans: readonly Span[]) => spans.map((span) => `${name} ${said(span)}`);
  return [
    timeZone,
    ...weekdays.flatMap((name) => entries(name, week[name] ?? [])),
    ...Object.entries(dates)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([date, spans]) => (spans.length === 0 ? [`${date} ${closed}`] : entries(date, spans))),
  ];
}

/** The hours that `hoursList` wrote; null for an empty list: open at any time. */
export function readHours([timeZone, ...entries]: readonly string[]): Hours | null {
  if (timeZone === undefined) return null;
  const week: Partial<Record<Weekday, Span[]>> = {};
  const dates: Record<string, Span[]> = {};
  for (const entry of entries) {
    const [name = "", text = ""] = entry.split(" ");
    const span = readSpan(text);
    const weekday = weekdays.find((each) => each === name);
    const spans = weekday === undefined ? (dates[name] ??= []) : (week[weekday] ??= []);
    if (span !== null) spans.push(span);
  }
  return { timeZone, week, dates };
}

/** What the hours say of a moment. */
export interface Opening {
  readonly open: boolean;
  /** When they open next; null while open, and when they do not open within a year. */
  readonly opensAt: DateTime | null;
}

/**
 * Whether somebody is there, and if not, when somebody is back. Times are the wall clock's: the hour that is not there on
 * the day that clocks go forward is the one after it.
 *
 * @param now milliseconds since 1970
 */
export function openingAt(hours: Hours, now: number): Opening {
  const here = DateTime.fromMillis(now, { zone: hours.timeZone });
  for (let ahead = 0; ahead <= 366; ahead += 1) {
    const date = here.startOf("day").plus({ days: ahead });
    for (const [from, to] of spansOf(hours, date)) {
      const [begins, ends] = [at(date, from), at(date, to)];
      if (begins <= here && here < ends) return { open: true, opensAt: null };
      if (here < begins && begins < ends) return { open: false, opensAt: begins };
    }
  }
  return { open: false, opensAt: null };
}

/** The moment in a customer's words: the time alone today, the weekday within a week, the date beyond. */
export function sayMoment(moment: DateTime, now: number, language: string): string {
  const local = moment.setLocale(language);
  const days = local
    .startOf("day")
    .diff(DateTime.fromMillis(now, { zone: moment.zoneName ?? "utc" }).startOf("day"), "days").days;
  if (days < 1) return local.toFormat("HH:mm");
  return local.toFormat(days < 7 ? "cccc, HH:mm" : "d LLLL, HH:mm");
}

function spansOf({ week, dates }: Hours, date: DateTime): readonly Span[] {
  const weekday = weekdays[date.weekday - 1];
  return dates[date.toISODate() ?? ""] ?? (weekday === undefined ? [] : (week[weekday] ?? []));
}

function at(date: DateTime, minutes: number): DateTime {
  return minutes === day
    ? date.plus({ days: 1 })
    : date.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
}

function said([from, to]: Span): string {
  return [from, to]
    .map(
      (minutes) =>
        `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`,
    )
    .join("-");
}
