import { describe, expect, test } from "vitest";
import { holds, predicates } from "./predicates.ts";

/** type, argument, value, whether it holds */
const cases: [keyof typeof predicates, string, string, boolean][] = [
  ["equal_to", " Support ", "support", true],
  ["equal_to", "supporter", "support", false],
  ["not_equal_to", "Support", "support", false],
  ["not_equal_to", "hello", "support", true],
  ["not_equal_to", "supporter", "support", true],
  ["matches_any_of", "YUP", "yes, yeah,yup", true],
  ["matches_any_of", "ye", "yes,yeah", false],
  ["does_not_match_any_of", "no", "yes,yeah", true],
  ["does_not_match_any_of", "Yes", "yes,yeah", false],
  ["is_blank", " \n", "x", true],
  ["is_blank", "Twilio", " ", false],
  ["is_not_blank", "a", " ", true],
  ["regex", "6", "[1-5]", false],
  ["regex", "3", "[1-5]", true],
  ["regex", "ORDER 12", "order \\d+", true],
  ["regex", "my order 12", "order \\d+", false],
  ["regex", "a", "(", false],
  ["contains", "I need HELP now", "help", true],
  ["does_not_contain", "hello", "help", true],
  ["starts_with", "Help me", "help", true],
  ["does_not_start_with", "me help", "help", true],
  ["less_than", "2", "10", true],
  ["less_than", "ten", "11", false],
  ["greater_than", "10.5", "10", true],
  ["greater_than", "", "-1", false],
  ["is_before_time", "08:59", "09:00", true],
  ["is_before_time", "8:59", "09:00", false],
  ["is_after_time", "17:01", "17:00", true],
  ["is_after_time", "25:00", "17:00", false],
  ["is_before_date", "2026-01-31", "2026-02-01", true],
  ["is_before_date", "31.01.2026", "2026-02-01", false],
  ["is_before_date", "2026-01-99", "2026-02-01", false],
  ["is_after_date", "2026-02-02", "2026-02-01", true],
];

describe("holds", () => {
  test.each(cases)("%s: %j against %j is %s", (type, argument, value, expected) => {
    expect(holds(type, argument, value)).toBe(expected);
  });

  test("every predicate has a case in which it holds", () => {
    expect(new Set(cases.filter(([, , , held]) => held).map(([type]) => type))).toEqual(
      new Set(Object.keys(predicates)),
    );
  });

  test("a pattern that would run away elsewhere answers at once", () => {
    expect(holds("regex", "a".repeat(50_000) + "b", "(a+)+$")).toBe(false);
  });

  test("a predicate that Studio does not have never holds", () => {
    expect(holds("ends_with", "a", "a")).toBe(false);
    expect(holds("constructor", "a", "a")).toBe(false);
  });
});
