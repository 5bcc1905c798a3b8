import { expect, test } from "vitest";
import { isAtLeast } from "./version.mjs";

test.each([
  ["3.250.0", "3.250.0", true],
  ["3.251.0", "3.250.0", true],
  ["3.249.9", "3.250.0", false],
  ["3.1000.0", "3.250.0", true],
  ["0", "20.0.0", false],
])("%s is at least %s: %s", (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});
