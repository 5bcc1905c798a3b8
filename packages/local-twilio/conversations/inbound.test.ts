import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { startReceiver, type Receiver } from "../testing/receiver.ts";

const customer = "+15550100201";
const agent = "+15550100301";
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

function inboxOf(address: string): string[] {
  return local.twilio.services.carrier.handset(address).inbox.map(({ body }) => body);
}

function entry(parameters: object = {}, address = line) {
  return client.conversations.v1.addressConfigurations.create({
    type: address.startsWith("whatsapp:") ? "whatsapp" : "sms",
    address,
    "autoCreation.enabled": true,
    "autoCreation.type": "default",
    ...parameters,
  });
}

test("an address configuration opens a Conversation, and later messages find it", async () => {
  const service = await client.conversations.v1.services.create({ friendlyName: "support" });
  await entry({ "autoCreation.conversationServiceSid": service.sid });
  await says(customer, line, "hello");
  await says(customer, line, "anybody there?");

  const own = client.conversations.v1.services(service.sid).conversations;
  const [opened, ...others] = await own.list();
  expect(others).toEqual([]);
  expect(opened).toMatchObject({ state: "active", chatServiceSid: service.sid });
  const sid = opened?.sid ?? "";
  const [participant] = await own(sid).participants.list();
  expect(participant?.messagingBinding).toEqual({ type: "sms", address: customer, proxy_address: line });
  const messages = await own(sid).messages.list();
  expect(messages.map(({ author, body, participantSid }) => [author, body, participantSid])).toEqual([
    [customer, "hello", participant?.sid],
    [customer, "anybody there?", participant?.sid],
  ]);
  expect(inboxOf(customer)).toEqual([]);
});

test("a burst from one handset is one Conversation, in order", async () => {
  await entry();
  const bodies = ["a", "b", "c", "d", "e"];
  await Promise.all(bodies.map((body) => says(customer, line, body)));
  const conversations = await client.conversations.v1.conversations.list();
  expect(conversations).toHaveLength(1);
  const messages = await client.conversations.v1.conversations(conversations[0]?.sid ?? "").messages.list();
  expect(messages.map(({ body }) => body)).toEqual(bodies);
});

test("everybody but the author gets a message, from the number they write to", async () => {
  await entry();
  await says(customer, line, "hello");
  const [{ sid } = { sid: "" }] = await client.conversations.v1.conversations.list();
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.participants.create({
    "messagingBinding.address": agent,
    "messagingBinding.proxyAddress": "+15550100002",
  });
  await conversation.participants.create({ identity: "supervisor" });

  await says(customer, line, "are you there?");
  await says(agent, "+15550100002", "yes");
  const last = await conversation.messages.create({ body: "This chat is recorded." });
  await local.twilio.idle();

  const { carrier } = local.twilio.services;
  expect(carrier.handset(agent).inbox.map(({ from, body }) => [from, body])).toEqual([
    ["+15550100002", "are you there?"],
    ["+15550100002", "This chat is recorded."],
  ]);
  expect(carrier.handset(customer).inbox.map(({ from, body }) => [from, body])).toEqual([
    [line, "yes"],
    [line, "This chat is recorded."],
  ]);
  const message = await conversation.messages(last.sid).fetch();
  expect(message.delivery).toEqual({
    total: 2,
    sent: "all",
    delivered: "all",
    read: "none",
    failed: "none",
    undelivered: "none",
  });
  expect((await conversation.messages(last.sid).deliveryReceipts.list()).map((one) => one.status)).toEqual([
    "delivered",
    "delivered",
  ]);
});

test("one agent takes part in two Conversations on two proxies", async () => {
  await entry();
  const customers = [customer, "+15550100202"];
  for (const [index, one] of customers.entries()) {
    await says(one, line, "hello");
    const [found] = await client.conversations.v1.participantConversations.list({ address: one });
    await client.conversations.v1.conversations(found?.conversationSid ?? "").participants.create({
      "messagingBinding.address": agent,
      "messagingBinding.proxyAddress": `+1555010000${index + 2}`,
    });
  }
  await says(agent, "+15550100003", "to the second");
  await says(agent, "+15550100002", "to the first");
  expect(customers.map(inboxOf)).toEqual([["to the first"], ["to the second"]]);
});

test("a failed delivery shows in the receipt, and the others get theirs", async () => {
  await entry();
  await says(customer, line, "hello");
  local.twilio.services.carrier.setRules(customer, [
    { from: null, outcome: "undelivered", errorCode: 30003, times: 1 },
  ]);
  const [{ sid } = { sid: "" }] = await client.conversations.v1.conversations.list();
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.participants.create({
    "messagingBinding.address": agent,
    "messagingBinding.proxyAddress": "+15550100002",
  });
  const message = await conversation.messages.create({ body: "hi" });
  await local.twilio.idle();
  const receipts = await conversation.messages(message.sid).deliveryReceipts.list();
  expect(receipts.map(({ status, errorCode }) => [status, errorCode])).toEqual([
    ["undelivered", 30003],
    ["delivered", 0],
  ]);
  expect((await conversation.messages(message.sid).fetch()).delivery).toMatchObject({
    delivered: "some",
    undelivered: "some",
  });
});

test("a message wakes an inactive Conversation; after a closed one a new one begins", async () => {
  await entry();
  await says(customer, line, "hello");
  const [{ sid } = { sid: "" }] = await client.conversations.v1.conversations.list();
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.update({ state: "inactive" });
  await says(customer, line, "still here");
  expect((await conversation.fetch()).state).toBe("active");
  await conversation.update({ state: "closed" });
  await says(customer, line, "me again");
  expect(await client.conversations.v1.conversations.list()).toHaveLength(2);
});

test("WhatsApp and SMS of one number are two channels", async () => {
  await entry();
  await entry({}, `whatsapp:${line}`);
  await says(customer, line, "by SMS");
  await says(`whatsapp:${customer}`, `whatsapp:${line}`, "by WhatsApp");
  const conversations = await client.conversations.v1.conversations.list();
  expect(conversations).toHaveLength(2);
  await client.conversations.v1
    .conversations(conversations[0]?.sid ?? "")
    .messages.create({ body: "welcome" });
  await local.twilio.idle();
  expect([inboxOf(customer), inboxOf(`whatsapp:${customer}`)]).toEqual([[], ["welcome"]]);
});

test.each([
  [true, ["/sms", "/sms"]],
  [false, ["/sms"]],
])("the number's own webhook hears of Conversations' messages: %s", async (position, paths) => {
  await local.control("POST", "switches", { numberWebhookHearsConversations: position });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: `${receiver.url}/sms` });
  await says(customer, line, "before");
  await entry();
  await says(customer, line, "after");
  expect(receiver.received.map(({ path }) => path)).toEqual(paths);
});

test("auto-creation of type webhook gives the Conversation its own webhook", async () => {
  await entry({
    "autoCreation.type": "webhook",
    "autoCreation.webhookUrl": `${receiver.url}/own`,
    "autoCreation.webhookFilters": ["onMessageAdded"],
  });
  await says(customer, line, "hello");
  expect(receiver.received.map(({ path, parameters }) => [path, parameters["Body"]])).toEqual([
    ["/own", "hello"],
  ]);
});

test("a picture goes to every handset", async () => {
  await entry();
  const picture = { url: "https://api.twilio.com/picture.png", contentType: "image/png" };
  await local.twilio.services.carrier.receive(customer, line, "look", [picture]);
  const [{ sid } = { sid: "" }] = await client.conversations.v1.conversations.list();
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.participants.create({
    "messagingBinding.address": agent,
    "messagingBinding.proxyAddress": "+15550100002",
  });
  await local.twilio.services.carrier.receive(customer, line, "", [picture]);
  await local.twilio.idle();
  const [first] = await conversation.messages.list();
  expect(first?.media).toMatchObject([{ content_type: "image/png", filename: "picture.png" }]);
  const [shown] = local.twilio.services.carrier.handset(agent).inbox;
  expect(shown).toMatchObject({ body: "", media: [picture] });
  expect(shown?.sid).toMatch(/^MM/);
});

test("what handsets wrote and got can be told from the event stream alone", async () => {
  await entry();
  await says(customer, line, "hello");
  const [{ sid } = { sid: "" }] = await client.conversations.v1.conversations.list();
  await client.conversations.v1.conversations(sid).messages.create({ body: "welcome", author: "desk" });
  await local.twilio.idle();
  const events = local.twilio.events.after(0, 1000);
  const of = (type: string) => events.filter((event) => event.type === type);
  const [received] = of("message.received");
  const [hello, welcome] = of("message.added");
  const [delivered] = of("message.delivered");
  expect(received?.data).toMatchObject({ direction: "inbound", handset: customer, to: line, body: "hello" });
  expect(hello).toMatchObject({ parent: sid, data: { author: customer, channelMessageSid: received?.sid } });
  expect(delivered).toMatchObject({
    parent: sid,
    data: { direction: "outbound", handset: customer, from: line, body: "welcome", conversationSid: sid },
  });
  expect([delivered?.data["messageSid"], welcome?.data["author"]]).toEqual([welcome?.sid, "desk"]);
});

test("an address that leads to a service that is gone opens nothing, and says so", async () => {
  const service = await client.conversations.v1.services.create({ friendlyName: "gone" });
  await entry({ "autoCreation.conversationServiceSid": service.sid });
  await client.conversations.v1.services(service.sid).remove();
  await says(customer, line, "hello");
  expect(await client.conversations.v1.conversations.list()).toEqual([]);
  const [event] = local.twilio.events.after(0, 1000).filter(({ type }) => type === "conversation.notCreated");
  expect(event?.data["reason"]).toContain(service.sid);
});
