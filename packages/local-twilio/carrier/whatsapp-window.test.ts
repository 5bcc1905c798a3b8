import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const agent = "whatsapp:+15550100104";
const sender = "whatsapp:+15550100001";

let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

async function outcomeOf(create: { body: string } | { contentSid: string; contentVariables?: string }) {
  const { sid } = await client.messages.create({ from: sender, to: agent, ...create });
  await local.twilio.idle();
  const { status, errorCode, body } = await client.messages(sid).fetch();
  return { status, errorCode, body };
}

async function write(): Promise<void> {
  await local.twilio.services.carrier.receive(agent, sender, "hello");
  await local.twilio.idle();
}

/** A template, made over HTTP as JSON: the client of this version sends no `types` of its own. */
async function template(body: string): Promise<string> {
  const { sid } = await client.content.v1.contents.create({
    friendlyName: "briefing",
    language: "en",
    variables: { "1": "nothing yet" },
    types: { twilioText: { body } },
  });
  return sid;
}

test("WhatsApp takes a business's own words for 24 hours after the user wrote", async () => {
  expect(await outcomeOf({ body: "hi" })).toMatchObject({ status: "failed", errorCode: 63016 });
  await write();
  expect(await outcomeOf({ body: "hi" })).toMatchObject({ status: "delivered", errorCode: null });
  await local.control("POST", "clock/advance", { seconds: 24 * 3600 - 60 });
  expect(await outcomeOf({ body: "hi" })).toMatchObject({ status: "delivered", errorCode: null });
  await local.control("POST", "clock/advance", { seconds: 60 });
  expect(await outcomeOf({ body: "hi" })).toMatchObject({ status: "failed", errorCode: 63016 });
});

test("a content template goes at any time, filled by the message's variables or its own", async () => {
  const contentSid = await template("A customer wrote: {{1}}");
  expect(await outcomeOf({ contentSid, contentVariables: '{"1":"my bill"}' })).toEqual({
    status: "delivered",
    errorCode: null,
    body: "A customer wrote: my bill",
  });
  expect(await outcomeOf({ contentSid })).toMatchObject({ body: "A customer wrote: nothing yet" });
});

test("a template that is not there, and variables that are no object, are refused", async () => {
  const contentSid = await template("hello");
  const create = (fields: object) => client.messages.create({ from: sender, to: agent, ...fields });
  expect(await refusalOf(create({ contentSid: `HX${"0".repeat(32)}` }))).toMatchObject({ code: 21655 });
  expect(await refusalOf(create({ contentSid, contentVariables: "[1]" }))).toMatchObject({ code: 21656 });
});

test("SMS knows no window", async () => {
  const { sid } = await client.messages.create({ from: "+15550100001", to: "+15550100101", body: "hi" });
  await local.twilio.idle();
  expect((await client.messages(sid).fetch()).status).toBe("delivered");
});
