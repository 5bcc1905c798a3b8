import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { startReceiver, type Receiver } from "../testing/receiver.ts";

const customer = "+15550100201";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
let receiver: Receiver;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
  receiver = await startReceiver(local.authToken);
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function says(from: string, to: string, body: string): Promise<void> {
  await local.twilio.services.carrier.receive(from, to, body);
  await local.twilio.idle();
}

async function conversationOf(participant: object): Promise<string> {
  const { sid } = await client.conversations.v1.conversations.create({});
  await client.conversations.v1.conversations(sid).participants.create(participant);
  return sid;
}

const customerAtLine = { "messagingBinding.address": customer, "messagingBinding.proxyAddress": line };
const heard = () => receiver.received.map(({ parameters }) => parameters["EventType"]);
const globally = (parameters: object) => client.conversations.v1.configuration.webhooks().update(parameters);

test("an account's webhook hears the life of an auto-created Conversation in order, signed", async () => {
  await globally({
    postWebhookUrl: `${receiver.url}/post`,
    filters: ["onConversationAdded", "onParticipantAdded", "onMessageAdded", "onConversationStateUpdated"],
  });
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    "autoCreation.enabled": true,
    "autoCreation.type": "default",
  });
  await says(customer, line, "hello");
  expect(heard()).toEqual([
    "onConversationAdded",
    "onParticipantAdded",
    "onMessageAdded",
    "onConversationStateUpdated",
  ]);
  expect(receiver.received.every(({ signed }) => signed)).toBe(true);
  const [conversation] = await client.conversations.v1.conversations.list();
  expect(receiver.received[2]).toMatchObject({
    method: "POST",
    path: "/post",
    parameters: {
      AccountSid: local.accountSid,
      Source: "SMS",
      ConversationSid: conversation?.sid,
      ChatServiceSid: conversation?.chatServiceSid,
      Author: customer,
      Body: "hello",
      Index: "0",
      Attributes: "{}",
    },
  });
  expect(receiver.received[3]?.parameters).toMatchObject({
    StateFrom: "initializing",
    StateTo: "active",
    Reason: "EVENT",
  });
});

test("a REST call sets off webhooks only when it asks for them", async () => {
  const sid = await conversationOf(customerAtLine);
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.webhooks.create({
    target: "webhook",
    "configuration.url": `${receiver.url}/own`,
    "configuration.filters": ["onMessageAdded", "onParticipantAdded"],
  });
  await conversation.messages.create({ body: "silent" });
  await conversation.participants.create({ identity: "silent" });
  await local.twilio.idle();
  expect(heard()).toEqual([]);
  await conversation.messages.create({ body: "loud", xTwilioWebhookEnabled: "true" });
  await conversation.participants.create({ identity: "loud", xTwilioWebhookEnabled: "true" });
  await says(customer, line, "by carrier");
  expect(receiver.received.map(({ parameters }) => parameters["Body"] ?? parameters["Identity"])).toEqual([
    "loud",
    "loud",
    "by carrier",
  ]);
});

test("messages reach a slow webhook in the order they were said", async () => {
  const sid = await conversationOf(customerAtLine);
  await client.conversations.v1.conversations(sid).webhooks.create({
    target: "webhook",
    "configuration.url": receiver.url,
    "configuration.filters": ["onMessageAdded"],
  });
  const said = Array.from({ length: 12 }, (_, index) => `message ${index}`);
  await Promise.all(said.map((body) => says(customer, line, body)));
  expect(receiver.received.map(({ parameters }) => parameters["Body"])).toEqual(said);
});

test("a trigger webhook hears its keywords alone", async () => {
  const sid = await conversationOf(customerAtLine);
  await client.conversations.v1.conversations(sid).webhooks.create({
    target: "trigger",
    "configuration.url": receiver.url,
    "configuration.triggers": ["agent", "human"],
  });
  for (const body of ["hello", "an AGENT please", "a human?", "thanks"]) await says(customer, line, body);
  expect(receiver.received.map(({ parameters }) => parameters["Body"])).toEqual([
    "an AGENT please",
    "a human?",
  ]);
});

test("a webhook asked beforehand changes a message, or forbids it", async () => {
  const sid = await conversationOf(customerAtLine);
  await globally({ preWebhookUrl: `${receiver.url}/pre`, filters: ["onMessageAdd"] });
  const conversation = client.conversations.v1.conversations(sid);
  receiver.answer = ({ parameters }) =>
    parameters["Body"]?.includes("rude") === true
      ? { status: 403 }
      : { body: JSON.stringify({ body: parameters["Body"]?.toUpperCase(), attributes: '{"checked":true}' }) };

  await says(customer, line, "hello");
  await says(customer, line, "something rude");
  const loud = await conversation.messages.create({ body: "from us", xTwilioWebhookEnabled: "true" });
  expect(loud).toMatchObject({ body: "FROM US", attributes: '{"checked":true}' });
  const forbidden = conversation.messages.create({ body: "rude", xTwilioWebhookEnabled: "true" });
  expect(await refusalOf(forbidden)).toMatchObject({ code: 50107, status: 403 });
  await conversation.messages.create({ body: "rude, unasked" });
  expect((await conversation.messages.list()).map(({ body }) => body)).toEqual([
    "HELLO",
    "FROM US",
    "rude, unasked",
  ]);
  expect(receiver.received[0]).toMatchObject({
    signed: true,
    parameters: { EventType: "onMessageAdd", Source: "SMS" },
  });
});

test("a webhook that does not answer in five seconds lets things happen", async () => {
  await conversationOf(customerAtLine);
  await globally({ preWebhookUrl: `${receiver.url}/pre`, filters: ["onMessageAdd"] });
  const asked = Promise.withResolvers<void>();
  receiver.answer = () => {
    asked.resolve();
    return "never";
  };
  const said = local.twilio.services.carrier.receive(customer, line, "hello");
  await asked.promise;
  await local.control("POST", "clock/advance", { seconds: 5 });
  await said;
  await local.twilio.idle();
  const added = local.twilio.events.after(0, 1000).filter(({ type }) => type === "message.added");
  expect(added.map(({ data }) => data["body"])).toEqual(["hello"]);
});

test.each([
  [true, ["onMessageAdded", "onDeliveryUpdated"]],
  [false, ["onDeliveryUpdated"]],
])("a service's webhook hears what comes from a carrier: %s", async (position, names) => {
  await local.control("POST", "switches", { serviceWebhookHearsCarrier: position });
  const { defaultChatServiceSid } = await client.conversations.v1.configuration().fetch();
  const sid = await conversationOf(customerAtLine);
  await client.conversations.v1.conversations(sid).participants.create({
    "messagingBinding.address": "+15550100301",
    "messagingBinding.proxyAddress": line,
  });
  await client.conversations.v1
    .services(defaultChatServiceSid)
    .configuration.webhooks()
    .update({ postWebhookUrl: receiver.url, filters: ["onMessageAdded", "onDeliveryUpdated"] });
  await says(customer, line, "hello");
  expect([...new Set(heard())]).toEqual(names);
  const last = receiver.received.at(-1)?.parameters;
  expect(last).toMatchObject({ EventType: "onDeliveryUpdated", Status: "delivered" });
  expect(last?.["ChannelMessageSid"]).toMatch(/^SM/);
});

test("a Function of the account is called signed, in this process", async () => {
  const { domain } = await deploy(local, "hooks", [
    {
      path: "/hook",
      visibility: "protected",
      source: "exports.handler = (context, event, callback) => callback(null, { body: `${event.Body}!` });",
    },
  ]);
  const sid = await conversationOf(customerAtLine);
  await globally({ preWebhookUrl: `https://${domain}/hook`, filters: ["onMessageAdd"] });
  await says(customer, line, "hello");
  const messages = await client.conversations.v1.conversations(sid).messages.list();
  expect(messages.map(({ body }) => body)).toEqual(["hello!"]);
});

test("nothing leaves this machine: the event stream says where it would have gone", async () => {
  const sid = await conversationOf(customerAtLine);
  await client.conversations.v1.conversations(sid).webhooks.create({
    target: "webhook",
    "configuration.url": "https://hooks.example.com/twilio",
    "configuration.filters": ["onMessageAdded"],
  });
  await says(customer, line, "hello");
  const [failed] = local.twilio.events
    .after(0, 1000)
    .filter(({ type }) => type === "conversation.webhookFailed");
  expect(failed).toMatchObject({
    sid,
    data: { event: "onMessageAdded", url: "https://hooks.example.com/twilio" },
  });
  expect(failed?.data["reason"]).toContain("hooks.example.com is another machine");
  const [alert] = await client.monitor.v1.alerts.list();
  expect(alert).toMatchObject({
    errorCode: "50057",
    requestUrl: "https://hooks.example.com/twilio",
    resourceSid: sid,
  });
});

test.each([
  [50368, {}],
  [50364, { target: "email" }],
  [50367, { target: "studio" }],
  [50367, { target: "studio", "configuration.flowSid": "FW1" }],
  [50369, { target: "webhook", "configuration.filters": ["onMessageAdded"] }],
  [
    50372,
    {
      target: "webhook",
      "configuration.url": `https://example.com/${"a".repeat(493)}`,
      "configuration.filters": ["onMessageAdded"],
    },
  ],
  [50369, { target: "webhook", "configuration.url": "here", "configuration.filters": ["onMessageAdded"] }],
  [50370, { target: "webhook", "configuration.url": "https://example.com" }],
  [
    50365,
    { target: "webhook", "configuration.url": "https://example.com", "configuration.filters": ["onTea"] },
  ],
  [50371, { target: "trigger", "configuration.url": "https://example.com" }],
])("I10: a scoped webhook is refused with %i: %j", async (code, parameters) => {
  const { sid } = await client.conversations.v1.conversations.create({});
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    const wire = name.replace(/(?:^|\.)[a-z]/g, (letters) => letters.toUpperCase());
    for (const one of [value].flat()) body.append(wire, one);
  }
  const answer = await local.call(
    "POST",
    `conversations.twilio.com/v1/Conversations/${sid}/Webhooks`,
    Object.fromEntries(body),
  );
  expect(answer).toMatchObject({ status: 400, body: { code } });
});

test("a Conversation has five webhooks at most, five to a page", async () => {
  const { sid } = await client.conversations.v1.conversations.create({});
  const { webhooks } = client.conversations.v1.conversations(sid);
  const parameters = {
    target: "webhook" as const,
    "configuration.url": "https://example.com",
    "configuration.filters": ["onMessageAdded"],
  };
  for (let count = 0; count < 5; count += 1) await webhooks.create(parameters);
  expect(await refusalOf(webhooks.create(parameters))).toMatchObject({ code: 50361 });
  const page = await local.call("GET", `conversations.twilio.com/v1/Conversations/${sid}/Webhooks`);
  expect(page.body["meta"]).toMatchObject({ page_size: 5, next_page_url: null });
});

test("a webhook is called by GET or by POST, and another method is refused", async () => {
  const { sid } = await client.conversations.v1.services.create({ friendlyName: "line" });
  const ofService = client.conversations.v1.services(sid).configuration.webhooks();
  for (const method of ["GET", "post"]) {
    expect(await globally({ method })).toMatchObject({ method });
    expect(await ofService.update({ method })).toMatchObject({ method });
  }
  expect(await refusalOf(globally({ method: "PUT" }))).toMatchObject({ code: 20001 });
  expect(await refusalOf(ofService.update({ method: "PUT" }))).toMatchObject({ code: 20001 });
});
