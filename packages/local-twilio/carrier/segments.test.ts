import { expect, test } from "vitest";
import { countSegments } from "./segments.ts";

test.each([
  ["", 1],
  ["a".repeat(160), 1],
  ["a".repeat(161), 2],
  ["a".repeat(306), 2],
  ["a".repeat(307), 3],
  ["я".repeat(70), 1],
  ["я".repeat(71), 2],
  ["я".repeat(134), 2],
  ["я".repeat(135), 3],
  ["€".repeat(80), 1],
  ["€".repeat(81), 2],
  // An escaped character does not begin in one segment and end in the next.
  [`${"a".repeat(152)}€${"a".repeat(152)}`, 3],
  ["ä à é Ω ß ¿ {}".repeat(10), 1],
  ["ä à é Ω ß ¿ {}".repeat(11), 2],
  // One that no alphabet of seven bits has makes the whole text UCS-2.
  [`${"a".repeat(70)}`, 1],
  [`${"a".repeat(70)}ç`, 2],
  // 😀 is two units, which stay together.
  ["😀".repeat(35), 1],
  [`${"😀".repeat(33)}a${"😀".repeat(33)}`, 2],
  [`a${"😀".repeat(67)}`, 3],
])("I20: GSM 03.38 and UCS-2: %j is %i segments", (text, segments) => {
  expect(countSegments(text)).toBe(segments);
});
