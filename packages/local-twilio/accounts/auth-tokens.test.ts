import { afterEach, beforeEach, expect, test } from "vitest";
import { textOf } from "../json.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
beforeEach(async () => {
  local = await startForTest();
});
afterEach(() => local[Symbol.asyncDispose]());

const secondary = "accounts.twilio.com/v1/AuthTokens/Secondary";
const promote = "accounts.twilio.com/v1/AuthTokens/Promote";

/** The status that a token gets. */
async function opens(token: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${token}`).toString("base64")}`;
  const url = `${local.endpoint}/serverless.twilio.com/v1/Services`;
  return (await fetch(url, { headers: { authorization } })).status;
}

test("a secondary token opens the account beside the first, and alone once it is promoted", async () => {
  const made = await local.call("POST", secondary);
  const token = textOf(made.body["secondary_auth_token"]);
  expect(made.status).toBe(201);
  expect([await opens(local.authToken), await opens(token)]).toEqual([200, 200]);
  expect((await local.call("POST", promote)).body["auth_token"]).toBe(token);
  expect([await opens(local.authToken), await opens(token)]).toEqual([401, 200]);
  expect(local.twilio.settings.authToken).toBe(token);
});

test("a secondary token that is deleted opens nothing, and there is nothing to promote", async () => {
  const made = await local.call("POST", secondary);
  expect((await local.call("DELETE", secondary)).status).toBe(204);
  expect(await opens(textOf(made.body["secondary_auth_token"]))).toBe(401);
  expect((await local.call("POST", promote)).status).toBe(404);
  expect((await local.call("DELETE", secondary)).status).toBe(404);
});

test("a rotation touches nothing but the token", async () => {
  const numbers = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}/IncomingPhoneNumbers.json`;
  const before = (await local.call("GET", numbers)).body["incoming_phone_numbers"];
  await local.call("POST", secondary);
  await local.call("POST", secondary);
  await local.call("DELETE", secondary);
  const made = await local.call("POST", secondary);
  await local.call("POST", promote);
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${textOf(made.body["secondary_auth_token"])}`).toString("base64")}`;
  const after = await fetch(`${local.endpoint}/${numbers}`, { headers: { authorization } });
  expect(((await after.json()) as Record<string, unknown>)["incoming_phone_numbers"]).toEqual(before);
});

test("a reset brings the first token back", async () => {
  await local.call("POST", secondary);
  await local.call("POST", promote);
  await local.control("POST", "reset");
  expect(await opens(local.authToken)).toBe(200);
});
