import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import { hoursList, openingAt, readHours, readSpan, sayMoment, type Hours } from "./hours.ts";

const office: Hours = {
  timeZone: "Europe/Berlin",
  week: {
    mon: [
      [540, 720],
      [780, 1020],
    ],
    fri: [[540, 1020]],
    sun: [[0, 1440]],
  },
  dates: { "2026-12-25": [], "2026-12-28": [[600, 660]] },
};
const at = (text: string) => DateTime.fromISO(text, { zone: "Europe/Berlin" }).toMillis();
const opens = (text: string) => {
  const { open, opensAt } = openingAt(office, at(text));
  return open ? "open" : (opensAt?.toISO({ suppressMilliseconds: true, suppressSeconds: true }) ?? "never");
};

describe("opening hours", () => {
  test.each([
    ["2026-11-23T08:59", "2026-11-23T09:00+01:00"],
    ["2026-11-23T09:00", "open"],
    ["2026-11-23T12:00", "2026-11-23T13:00+01:00"],
    ["2026-11-23T16:59:59", "open"],
    ["2026-11-23T17:00", "2026-11-27T09:00+01:00"],
    // A Sunday that is open all day opens at midnight, and Monday is closed until nine.
    ["2026-11-28T10:00", "2026-11-29T00:00+01:00"],
    ["2026-11-29T23:59", "open"],
    // Christmas Day is a Friday; the Monday after has hours of its own.
    ["2026-12-25T10:00", "2026-12-27T00:00+01:00"],
    ["2026-12-28T09:30", "2026-12-28T10:00+01:00"],
    ["2026-12-28T11:00", "2027-01-01T09:00+01:00"],
  ])("at %s: %s", (moment, expected) => expect(opens(moment)).toBe(expected));

  test("follow the wall clock over the change to summer time and back", () => {
    // Fridays open at 08:00 UTC in winter and 07:00 UTC in summer.
    expect(openingAt(office, at("2026-03-27T08:00")).opensAt?.toUTC().hour).toBe(8);
    expect(openingAt(office, at("2026-04-03T08:00")).opensAt?.toUTC().hour).toBe(7);
    // The Sunday on which clocks go back has 25 hours, all of them open.
    const sunday = at("2026-10-25T00:00");
    for (let hour = 0; hour < 25; hour += 1) {
      expect(openingAt(office, sunday + hour * 3_600_000).open).toBe(true);
    }
    expect(openingAt(office, sunday + 25 * 3_600_000).open).toBe(false);
  });

  test("a span inside the hour that does not exist is an hour later on that day", () => {
    const night: Hours = { timeZone: "Europe/Berlin", week: { sun: [[125, 170]] }, dates: {} };
    expect(openingAt(night, at("2026-03-29T01:00")).opensAt?.toISO()).toBe("2026-03-29T03:05:00.000+02:00");
  });

  test("that never open say so", () => {
    expect(openingAt({ timeZone: "UTC", week: {}, dates: {} }, 0)).toEqual({ open: false, opensAt: null });
  });

  test("are read from a Variable as they were written", () => {
    expect(readHours(hoursList(office))).toEqual(office);
    expect(hoursList(office)[1]).toBe("mon 09:00-12:00");
    expect(readHours([])).toBeNull();
  });

  test.each(["9:00-17:00", "09:00-08:00", "09:00-09:00", "09:00-24:30", "nine to five", ""])(
    "%j is not a span",
    (text) => expect(readSpan(text)).toBeNull(),
  );

  test("say when, as briefly as is clear", () => {
    const now = at("2026-11-23T08:00");
    const say = (text: string, language: string) =>
      sayMoment(DateTime.fromISO(text, { zone: "Europe/Berlin" }), now, language);
    expect(say("2026-11-23T09:00", "en")).toBe("09:00");
    expect(say("2026-11-27T09:00", "en")).toBe("Friday, 09:00");
    expect(say("2026-11-27T09:00", "de")).toBe("Freitag, 09:00");
    expect(say("2027-01-04T09:00", "en")).toBe("4 January, 09:00");
  });
});
