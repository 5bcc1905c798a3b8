import type { Twilio as Client } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const flow = "FW0123456789abcdef0123456789abcdef";
let local: TestTwilio;
let client: Client;
beforeAll(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterAll(() => local[Symbol.asyncDispose]());

const create = (parameters: object) =>
  client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: "+15550100001",
    ...parameters,
  });

test.each([
  ["a number of somebody else", { address: "+15550100999" }, "not one of this account's addresses"],
  ["a type that does not fit", { type: "whatsapp" }, "not of type whatsapp"],
  [
    "a channel that is not carried",
    { type: "messenger", address: "messenger:4711" },
    "carries sms and whatsapp",
  ],
  ["studio without a Flow", { "autoCreation.type": "studio" }, "StudioFlowSid is needed"],
  ["webhook without a URL", { "autoCreation.type": "webhook" }, "WebhookUrl is needed"],
])("%s is refused", async (_, parameters, text) => {
  const refusal = await refusalOf(create(parameters));
  expect(refusal).toMatchObject({ code: 20001, status: 400 });
  expect(refusal.message).toContain(text);
});

test("one per address, each type with its own settings, changed one by one", async () => {
  const made = await create({
    friendlyName: "entry",
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flow,
    "autoCreation.studioRetryCount": 3,
  });
  const studio = {
    enabled: true,
    type: "studio",
    conversation_service_sid: null,
    studio_flow_sid: flow,
    studio_retry_count: 3,
  };
  expect(made.autoCreation).toEqual(studio);
  expect(await refusalOf(create({}))).toMatchObject({ code: 20409, status: 409 });

  const one = client.conversations.v1.addressConfigurations(made.sid);
  const renamed = await one.update({ friendlyName: "renamed" });
  expect(renamed).toMatchObject({ friendlyName: "renamed", autoCreation: studio });
  const off = await one.update({ "autoCreation.enabled": false });
  expect(off.autoCreation).toEqual({ ...studio, enabled: false });
  const webhook = await one.update({
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": "https://example.com/hook",
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
  expect(webhook.autoCreation).toEqual({
    enabled: false,
    type: "webhook",
    conversation_service_sid: null,
    webhook_url: "https://example.com/hook",
    webhook_method: "POST",
    webhook_filters: ["onMessageAdded"],
  });
  expect(await one.remove()).toBe(true);
});
