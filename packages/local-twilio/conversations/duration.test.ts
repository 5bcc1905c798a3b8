import { expect, test } from "vitest";
import { parseDuration } from "./duration.ts";

test.each([
  ["PT1M", 60_000],
  ["PT10M", 600_000],
  ["PT90S", 90_000],
  ["PT0.5S", 500],
  ["P1D", 86_400_000],
  ["P1DT12H", 129_600_000],
  ["P2W", 1_209_600_000],
  ["P1M", 2_592_000_000],
  ["P", null],
  ["PT", null],
  ["P1DT", null],
  ["10M", null],
  ["PT10", null],
  ["pt10m", null],
  ["ten minutes", null],
])("%s is %s ms", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});
