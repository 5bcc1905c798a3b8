import { describe, expect, test } from "vitest";
import { thing } from "../testing/row.ts";
import { secret, type ValueMap } from "../values/value.ts";
import { fillPath, inputsToCreate, inputsToUpdate } from "./inputs-to-request.ts";

const path = { ServiceSid: "ZS1", Sid: "ZT1" };
const { create, update } = thing.operations;
if (create === undefined || update === undefined) throw new Error("the row of the test has both");

test("a create sends every input under Twilio's name: lists repeated, objects with dots, JSON as text", () => {
  const inputs: ValueMap = {
    serviceSid: "ZS1",
    friendlyName: "x",
    key: "k",
    type: "SMS",
    retries: 2,
    autoCreation: { enabled: false, flowSid: "FW1" },
    filters: ["a", "b"],
    definition: { b: 1, a: { c: null } },
    secret: secret("s"),
  };
  expect(inputsToCreate(thing, create, inputs, path)).toEqual({
    method: "POST",
    host: "serverless.twilio.com",
    path: "/v1/Services/ZS1/Things",
    form: [
      ["FriendlyName", "x"],
      ["Key", "k"],
      ["Type", "sms"],
      ["Retries", "2"],
      ["AutoCreation.Enabled", "false"],
      ["AutoCreation.FlowSid", "FW1"],
      ["Filters", "a"],
      ["Filters", "b"],
      ["Definition", '{"a":{"c":null},"b":1}'],
      ["Secret", "s"],
    ],
  });
});

describe("an update", () => {
  const before: ValueMap = {
    friendlyName: "x",
    type: "sms",
    retries: 2,
    filters: ["a", "b"],
    autoCreation: { enabled: true, flowSid: "FW1" },
  };
  const send = (after: ValueMap) => inputsToUpdate(thing, update, before, after, path)?.form;

  test("sends what changed and what the operation demands", () => {
    expect(send({ ...before, retries: 3 })).toEqual([
      ["FriendlyName", "x"],
      ["Retries", "3"],
    ]);
    expect(send({ ...before, autoCreation: { enabled: true, flowSid: "FW2" } })).toEqual([
      ["FriendlyName", "x"],
      ["AutoCreation.FlowSid", "FW2"],
    ]);
  });

  test("sends nothing when nothing changed by meaning", () => {
    expect(send({ ...before, filters: ["b", "a"] })).toBeUndefined();
  });

  test("clears texts and lists that the program no longer has; what cannot be cleared stays", () => {
    expect(send({ ...before, filters: null })).toContainEqual(["Filters", ""]);
    expect(send({ ...before, filters: [] })).toContainEqual(["Filters", ""]);
    expect(send({ ...before, retries: null })).toBeUndefined();
  });
});

test("what an update would empty by leaving it out is said again", () => {
  const inputs = thing.inputs.map((input) =>
    input.name === "Filters" ? { ...input, forgotten: true as const } : input,
  );
  const before: ValueMap = { serviceSid: "ZS1", friendlyName: "x", filters: ["a", "b"] };
  const request = inputsToUpdate({ ...thing, inputs }, update, before, { ...before, retries: 3 }, path);
  expect(request).toMatchObject({
    form: expect.arrayContaining([
      ["Filters", "a"],
      ["Filters", "b"],
      ["Retries", "3"],
    ]) as unknown,
  });
  expect(inputsToUpdate({ ...thing, inputs }, update, before, before, path)).toBeUndefined();
});

test("path parameters are escaped", () => {
  expect(fillPath("/v1/Users/{Sid}", { Sid: "a/b c" })).toBe("/v1/Users/a%2Fb%20c");
});
