import { expect, test } from "vitest";
import { knownCodes, meaningOf } from "./codes.ts";

test.each(knownCodes)("%s has a meaning and a way out, a sentence each", (code) => {
  const { meaning, wayOut } = meaningOf(code);
  for (const sentence of [meaning, wayOut]) {
    expect(sentence).toMatch(/^\S.*[.]$/);
    expect(sentence.length).toBeLessThan(120);
  }
});

test("a code that is in no table leads to Twilio's own page", () => {
  expect(meaningOf("99999")).toMatchObject({
    layer: "twilio",
    wayOut: "See https://www.twilio.com/docs/errors/99999.",
    hurts: true,
  });
});

test("a widget that was left by its failure hurts, without a code", () => {
  expect(meaningOf(null)).toMatchObject({ layer: "flow", hurts: true });
});
