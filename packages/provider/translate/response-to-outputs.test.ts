import { describe, expect, test } from "vitest";
import { rowToShape } from "../shape/row-to-shape.ts";
import { thing } from "../testing/row.ts";
import { secret, type ValueMap } from "../values/value.ts";
import { responseToImported, responseToInputs, responseToOutputs } from "./response-to-outputs.ts";

const body = {
  sid: "ZT1",
  account_sid: "AC1",
  friendly_name: "x",
  key: "k",
  type: "sms",
  retries: "2",
  token: "t",
  auto_creation: { enabled: true, flow_sid: "FW1", extra: 1 },
  filters: ["b", "a"],
  definition: { a: 1 },
  date_created: null,
  links: { more: "https://…" },
};
const inputs: ValueMap = {
  serviceSid: "ZS1",
  friendlyName: secret("x"),
  key: "k",
  type: "SMS",
  filters: ["a", "b"],
  secret: secret("s"),
};

test("outputs show inputs as the program wrote them where Twilio means the same, and all else as Twilio has it", () => {
  expect(responseToOutputs(thing, rowToShape(thing), body, inputs)).toEqual({
    serviceSid: "ZS1",
    friendlyName: secret("x"),
    key: "k",
    type: "SMS",
    retries: 2,
    autoCreation: { enabled: true, flowSid: "FW1" },
    filters: ["a", "b"],
    definition: { a: 1 },
    secret: secret("s"),
    sid: "ZT1",
    accountSid: "AC1",
    token: secret("t"),
  });
});

describe("for a refresh", () => {
  test("what is the same stays as it was, and what the program left to Twilio stays out", () => {
    expect(responseToInputs(thing, body, inputs)).toEqual(inputs);
  });

  test("what somebody changed is what Twilio shows, and as secret as it was", () => {
    const drifted = { ...body, friendly_name: "y", filters: ["a"], type: null };
    expect(responseToInputs(thing, drifted, inputs)).toEqual({
      ...inputs,
      friendlyName: secret("y"),
      filters: ["a"],
      type: null,
    });
  });

  test("null and an empty text or list mean the same", () => {
    const empty = { ...inputs, friendlyName: "", filters: [] };
    expect(responseToInputs(thing, { ...body, friendly_name: null, filters: null }, empty)).toEqual(empty);
  });
});

test("an import has every input that Twilio shows and that says something", () => {
  const imported = responseToImported(thing, { ...body, filters: [], type: null }, { serviceSid: "ZS1" });
  expect(imported).toEqual({
    serviceSid: "ZS1",
    friendlyName: "x",
    key: "k",
    retries: 2,
    autoCreation: { enabled: true, flowSid: "FW1" },
    definition: { a: 1 },
  });
});
