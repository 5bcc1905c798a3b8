import { expect, test } from "vitest";
import { isReached, percentile } from "./row.ts";

test("a percentile is one of the samples, by nearest rank", () => {
  const samples = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentile(samples, 0.5)).toBe(50);
  expect(percentile(samples, 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
});

test("a row without a measure is neither reached nor missed", () => {
  expect(isReached({ what: "x", value: 1, unit: "ms" })).toBeUndefined();
  expect(isReached({ what: "x", value: 1, unit: "ms", atMost: 1 })).toBe(true);
  expect(isReached({ what: "x", value: 2, unit: "ms", atMost: 1 })).toBe(false);
});
