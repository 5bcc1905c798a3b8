/** The opening hours of a stage file: read, and what is wrong with them. */
import { DateTime, IANAZone } from "luxon";
import {
  readSpan,
  weekdays,
  type Hours,
  type Span,
  type Weekday,
} from "@support-line/functions/variables-v1/hours";
import type { Fault } from "./errors.ts";
import type { RawStage } from "./stage-schema.ts";

type RawHours = RawStage["hours"][number];

/** Opening hours as the Functions read them; spans that are none are left out, `hoursFaults` names them. */
export function hoursOf({ timeZone, week, holidays, exceptions }: RawHours): Hours {
  const dates: Record<string, readonly Span[]> = {};
  for (const date of holidays) dates[date] = [];
  for (const [date, spans] of Object.entries(exceptions)) dates[date] = spansOf(spans);
  const days: Partial<Record<Weekday, readonly Span[]>> = {};
  for (const day of weekdays) if (week[day] !== undefined) days[day] = spansOf(week[day]);
  return { timeZone, week: days, dates };
}

function spansOf(texts: readonly string[]): Span[] {
  return texts
    .map(readSpan)
    .filter((span) => span !== null)
    .sort(([one], [other]) => one - other);
}

/** What is wrong with the hours of a stage, and with the lines that name them. */
export function hoursFaults({ hours, lines }: RawStage): Fault[] {
  const names = hours.map(({ name }) => name);
  return [
    ...hours.flatMap((each, at) => [...placeFaults(each, `hours[${at}]`), ...nameFault(names, at)]),
    ...lines.flatMap(({ hours: value }, at) =>
      value === undefined || names.includes(value)
        ? []
        : [
            {
              key: `lines[${at}].hours`,
              value,
              problem: `names no opening hours of this stage; there are ${names.join(", ") || "none: add them under hours"}`,
            },
          ],
    ),
  ];
}

function nameFault(names: readonly string[], at: number): Fault[] {
  const value = names[at];
  const first = names.findIndex((name) => name === value);
  if (value === undefined || first === at) return [];
  return [
    {
      key: `hours[${at}].name`,
      value,
      problem: `is the same as hours[${first}].name; each may be given only once`,
    },
  ];
}

function placeFaults({ timeZone, week, holidays, exceptions }: RawHours, key: string): Fault[] {
  const zone = IANAZone.isValidZone(timeZone)
    ? []
    : [
        {
          key: `${key}.timeZone`,
          value: timeZone,
          problem: 'is not a time zone of the IANA list; write it like "Europe/Berlin"',
        },
      ];
  const dates = [
    ...holidays.map((date, at) => ({ place: `${key}.holidays[${at}]`, date })),
    ...Object.keys(exceptions).map((date) => ({ place: `${key}.exceptions.${date}`, date })),
  ];
  return [
    ...zone,
    ...dates.flatMap(({ place, date }) => dateFault(place, date)),
    ...holidays.flatMap((date, at) =>
      exceptions[date] === undefined
        ? []
        : [{ key: `${key}.holidays[${at}]`, value: date, problem: "is also under exceptions; keep one" }],
    ),
    ...weekdays.flatMap((day) => spanFaults(`${key}.week.${day}`, week[day] ?? [])),
    ...Object.entries(exceptions).flatMap(([date, texts]) => spanFaults(`${key}.exceptions.${date}`, texts)),
  ];
}

function dateFault(key: string, value: string): Fault[] {
  const isDate = /^\d{4}-\d\d-\d\d$/.test(value) && DateTime.fromISO(value).isValid;
  return isDate
    ? []
    : [{ key, value, problem: "is not a day of the calendar; write it like 2026-12-25, in quotes" }];
}

function spanFaults(key: string, texts: readonly string[]): Fault[] {
  const read = texts.map((text, at) => ({ at, text, span: readSpan(text) }));
  const wrong = read.flatMap(({ at, text, span }) =>
    span === null
      ? [
          {
            key: `${key}[${at}]`,
            value: text,
            problem:
              "is not a span of a day like 09:00-17:00, or ends before it begins; split one that goes past midnight into 22:00-24:00 and 00:00-06:00 of the next day",
          },
        ]
      : [],
  );
  const overlapping = read.flatMap(({ at, text, span }) =>
    read.some((other) => other.at < at && overlap(span, other.span))
      ? [{ key: `${key}[${at}]`, value: text, problem: "overlaps another span of that day; join the two" }]
      : [],
  );
  return [...wrong, ...overlapping];
}

function overlap(one: Span | null, other: Span | null): boolean {
  return one !== null && other !== null && one[0] < other[1] && other[0] < one[1];
}
