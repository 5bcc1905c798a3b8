import { expect, test } from "vitest";
import { lastFour, plain, stretch } from "./words.ts";

test("a stretch of time is a number and its unit", () => {
  expect(["45s", "30m", "1h", "2d"].map((each) => stretch("--since", each))).toEqual([
    45_000, 1_800_000, 3_600_000, 172_800_000,
  ]);
});

test.each(["", "1", "h", "-1h", "1.5h", "0m", "31d", "1 week"])("%j is no stretch of time", (value) => {
  expect(() => stretch("--since", value)).toThrow("write a number and its unit");
});

test("nobody's number is shown whole", () => {
  expect(lastFour("whatsapp:+15550100201")).toBe("…0201");
  expect(lastFour("ab")).toBe("somebody");
  expect(plain("to +15550100201\n  refused")).toBe("to …0201 refused");
});
