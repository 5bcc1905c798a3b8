import { describe, expect, test } from "vitest";
import { matchesWhole, patternProblem } from "./regex.ts";

describe("a pattern", () => {
  test.each([
    ["[1-5]", "6", false],
    ["yes|yeah|yup", "Yeah", true],
    ["yes", "yes please", false],
    ["\\d{3}-?\\d{4}", "5550100", true],
    ["\\D+", "abc", true],
    ["", "", true],
    // Beyond RE2: looking ahead, and what was matched before.
    ["(?!stop$).*", "go on", true],
    ["(?!stop$).*", "STOP", false],
    ["(.)\\1", "aa", true],
    ["(.)\\1", "ab", false],
  ])("%s takes %j: %s", (pattern, text, held) => {
    expect(matchesWhole(pattern, text)).toEqual({ held });
  });

  test.each([
    ["that is none", "(", "x"],
    ["as long as a book", "a".repeat(1_001), "a"],
    ["beyond RE2 with a repeated group", "(?=a)(a+)+b", "a"],
    ["beyond RE2 with many repetitions", "(?=a)a*a*a*a*b", "a".repeat(100)],
    ["beyond RE2 with many choices", `(?=a)${"(a|a)".repeat(30)}b`, "a".repeat(31)],
    ["beyond RE2 on a long text", "(?!x).*", "a".repeat(1_001)],
    ["whose work on a text would take seconds", "[\\p{L}]{1,100}".repeat(10), "ab".repeat(100_000)],
  ])("%s is not tried, and that is said", (_, pattern, text) => {
    const { held, problem } = matchesWhole(pattern, text);
    expect(held).toBe(false);
    expect(problem).toBeTruthy();
  });

  test("is told apart from one that can be tried", () => {
    expect(patternProblem("(a+)+$")).toBeUndefined();
    expect(patternProblem("a++")).toBeTruthy();
  });
});
