import { describe, expect, test } from "vitest";
import { rowToShape } from "../shape/row-to-shape.ts";
import { thing } from "../testing/row.ts";
import { Secret, secret, unknown, type ValueMap } from "../values/value.ts";
import { inputsToChecked } from "./inputs-to-checked.ts";

const good: ValueMap = { serviceSid: "ZS00000000000000000000000000000001", friendlyName: "x", key: "k" };
const check = (more: ValueMap) => inputsToChecked(rowToShape(thing).inputs, { ...good, ...more }, "a Thing");

describe("refuses", () => {
  test.each<[string, ValueMap, string, string]>([
    ["an unknown property", { friendlyNam: "x" }, "friendlyNam", "Did you mean friendlyName?"],
    [
      "an unknown property below another",
      { autoCreation: { enable: true } },
      "autoCreation.enable",
      "Did you mean enabled?",
    ],
    ["what is required and missing", { key: null }, "key", "is required"],
    [
      "a word that is not one of the words",
      { type: "whatsap" },
      "type",
      'must be one of sms, whatsapp, not "whatsap" (did you mean "whatsapp"?)',
    ],
    ["a number where text belongs", { friendlyName: 5 }, "friendlyName", "put it in quotes"],
    ["text where a number belongs", { retries: "3" }, "retries", 'must be a number, not the text "3"'],
    ["a number that is too large", { retries: 4 }, "retries", "must be at most 3, not the number 4"],
    ["half a number", { retries: 1.5 }, "retries", "must be a whole number"],
    ["text for true", { autoCreation: { enabled: "yes" } }, "autoCreation.enabled", "must be true or false"],
    ["one value for a list", { filters: "onMessageAdded" }, "filters", "must be a list"],
    ["a wrong item", { steps: ["a", 1] }, "steps[1]", "must be text"],
    [
      "a SID of something else",
      { autoCreation: { flowSid: "ZS00000000000000000000000000000001" } },
      "autoCreation.flowSid",
      "must be a SID that begins with FW",
    ],
  ])("%s", (_, inputs, property, reason) => {
    const { failures } = check(inputs);
    expect(failures).toHaveLength(1);
    expect(failures[0]?.property).toBe(property);
    expect(failures[0]?.reason).toContain(reason);
  });
});

test("passes what is right, also what is not known yet", () => {
  const { inputs, failures } = check({
    retries: unknown,
    autoCreation: unknown,
    type: "SMS",
    filters: [unknown],
  });
  expect(failures).toEqual([]);
  expect(inputs).toMatchObject({ retries: unknown, autoCreation: unknown, type: "SMS" });
});

test("marks what must be secret, and keeps what the program made secret so, part by part", () => {
  const { inputs } = check({ secret: "s", autoCreation: new Secret({ enabled: true, flowSid: unknown }) });
  expect(inputs["secret"]).toEqual(secret("s"));
  expect(inputs["autoCreation"]).toEqual({ enabled: secret(true), flowSid: secret(unknown) });
});

test("takes JSON as text or as a value, and keeps the value", () => {
  expect(check({ definition: '{"a":[1]}' }).inputs["definition"]).toEqual({ a: [1] });
  expect(check({ definition: { a: [1] } }).inputs["definition"]).toEqual({ a: [1] });
});

test("does not say what a secret is", () => {
  const { failures } = check({
    friendlyName: secret(12345),
    secret: 67890,
    autoCreation: secret({ enabled: "hush" }),
  });
  expect(failures.map(({ property }) => property)).toEqual([
    "friendlyName",
    "autoCreation.enabled",
    "secret",
  ]);
  expect(failures.map(({ reason }) => reason).join()).not.toMatch(/12345|67890|hush/);
});

test("null is as good as absent", () => {
  expect(check({ type: null }).inputs).toEqual(good);
});
