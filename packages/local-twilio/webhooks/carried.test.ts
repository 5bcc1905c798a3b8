/**
 * What webhooks carry, field for field, against requests of Twilio's that people recorded and published. A field more or
 * less than was seen is a difference that somebody's webhook may stumble over; what stands in no record is named so in
 * the tables of fields, and here.
 */
import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { conversationFields, messageFields, participantFields } from "../conversations/parameters.ts";
import { smsFields, whatsAppFields } from "../carrier/inbound-parameters.ts";
import { clientOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { startReceiver, type Received, type Receiver } from "../testing/receiver.ts";
import type { Fields } from "./fields.ts";

const customer = "+15550100201";
const line = "+15550100001";
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const withMilliseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

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

async function says(
  from: string,
  to: string,
  body: string,
  media: { url: string; contentType: string }[] = [],
) {
  await local.twilio.services.carrier.receive(from, to, body, media);
  await local.twilio.idle();
}

async function autocreate(type: "sms" | "whatsapp" = "sms", address = line): Promise<void> {
  await client.conversations.v1.configuration.webhooks().update({
    preWebhookUrl: `${receiver.url}/pre`,
    postWebhookUrl: `${receiver.url}/post`,
    filters: [
      ...["onConversationAdd", "onMessageAdd", "onConversationAdded", "onParticipantAdded"],
      ...["onMessageAdded", "onMessageUpdated"],
    ],
  });
  await client.conversations.v1.addressConfigurations.create({
    type,
    address,
    "autoCreation.enabled": true,
    "autoCreation.type": "default",
  });
}

function heard(event: string): Received {
  const found = receiver.received.find(({ parameters }) => parameters["EventType"] === event);
  if (found === undefined) throw new Error(`nobody told of ${event}`);
  return found;
}

/** The fields of a table that are known from a record. */
function recordedOf(...tables: Fields<never>[]): string[] {
  return tables.flatMap((fields) =>
    Object.entries(fields).flatMap(([name, { known }]) => (known === "recorded" ? [name] : [])),
  );
}

const common = ["RetryCount", "EventType", "AccountSid", "Source"];

test.each([
  [
    "onConversationAdd",
    conversationFields.onConversationAdd,
    [
      ...["MessagingServiceSid", "State", "Attributes", "ChatServiceSid", "MessageBody"],
      ...["MessagingBinding.ProxyAddress", "MessagingBinding.Address"],
    ],
    [],
  ],
  [
    "onMessageAdd",
    messageFields.onMessageAdd,
    ["Attributes", "Author", "ParticipantSid", "Body", "ConversationSid", "ChatServiceSid"],
    ["Media"],
  ],
  [
    "onMessageAdded",
    messageFields.onMessageAdded,
    [
      ...["Attributes", "DateCreated", "Author", "Index", "MessageSid", "ParticipantSid", "Body"],
      ...["ConversationSid", "ChatServiceSid"],
    ],
    ["Media"],
  ],
  [
    "onParticipantAdded",
    participantFields.onParticipantAdded,
    [
      ...["RoleSid", "Attributes", "DateCreated", "ParticipantSid", "ConversationSid"],
      ...["MessagingBinding.Type", "MessagingBinding.ProxyAddress", "MessagingBinding.Address"],
    ],
    [],
  ],
])("%s of an autocreated Conversation carries what was recorded", async (event, fields, seen, withMedia) => {
  await autocreate();
  await says(customer, line, "hello");
  const { parameters } = heard(event);
  expect(recordedOf(fields as Fields<never>).sort()).toEqual([...seen, ...withMedia].sort());
  // Beside the record stand fields that Twilio's page names.
  const documentedToo = Object.keys(parameters).filter((name) => ![...common, ...seen].includes(name));
  for (const name of documentedToo) expect(fields).toHaveProperty([name, "known"], "documented");
  expect(Object.keys(parameters)).toEqual(expect.arrayContaining([...common, ...seen]));
  expect(parameters).toMatchObject({ Source: "SMS", RetryCount: "0", Attributes: "{}" });
});

test("what was added says when to the millisecond, and has no DateUpdated; what was updated has one", async () => {
  await autocreate();
  await says(customer, line, "hello");
  for (const event of ["onConversationAdded", "onParticipantAdded", "onMessageAdded"]) {
    const { parameters } = heard(event);
    expect(parameters["DateCreated"]).toMatch(withMilliseconds);
    expect(parameters).not.toHaveProperty("DateUpdated");
  }
  const { ConversationSid = "", MessageSid = "", DateCreated } = heard("onMessageAdded").parameters;
  await client.conversations.v1
    .conversations(ConversationSid)
    .messages(MessageSid)
    .update({ body: "changed", xTwilioWebhookEnabled: "true" });
  await local.twilio.idle();
  const { parameters } = heard("onMessageUpdated");
  expect(parameters["DateUpdated"]).toMatch(withMilliseconds);
  expect(parameters["DateCreated"]).toBe(DateCreated);
});

test("onConversationAdded of an autocreated Conversation names the pair of addresses; of one made by REST it does not", async () => {
  await autocreate();
  await says(customer, line, "hello");
  expect(heard("onConversationAdded").parameters).toMatchObject({
    Source: "SMS",
    "MessagingBinding.Address": customer,
    "MessagingBinding.ProxyAddress": line,
  });
  receiver.received.length = 0;
  await client.conversations.v1.conversations.create({ xTwilioWebhookEnabled: "true" });
  await local.twilio.idle();
  const names = Object.keys(heard("onConversationAdded").parameters);
  expect(names.filter((name) => name.startsWith("MessagingBinding"))).toEqual([]);
});

test("Media is a list with Sid, Filename, ContentType and Size, the same before and after the fact", async () => {
  await autocreate();
  await says(customer, line, "look", [{ url: `${receiver.url}/cat.jpg`, contentType: "image/jpeg" }]);
  const before = heard("onMessageAdd").parameters["Media"] ?? "";
  expect(JSON.parse(before)).toEqual([
    {
      Sid: expect.stringMatching(/^ME[0-9a-f]{32}$/) as string,
      Filename: "cat.jpg",
      ContentType: "image/jpeg",
      Size: 0,
    },
  ]);
  expect(heard("onMessageAdded").parameters["Media"]).toBe(before);
});

test("every webhook has the headers of Twilio's; Conversations' say their charset", async () => {
  await autocreate();
  const [other] = await client.incomingPhoneNumbers.list({ phoneNumber: "+15550100002" });
  await client.incomingPhoneNumbers(other?.sid ?? "").update({ smsUrl: `${receiver.url}/sms` });
  await says(customer, line, "hello");
  await says(customer, "+15550100002", "hello");
  for (const { headers } of receiver.received) {
    expect(headers).toMatchObject({
      accept: "*/*",
      "user-agent": "TwilioProxy/1.1",
      "x-home-region": "us1",
      "x-twilio-signature": expect.any(String) as string,
      "i-twilio-idempotency-token": expect.stringMatching(uuid) as string,
    });
  }
  const form = "application/x-www-form-urlencoded";
  const types = new Map(receiver.received.map(({ path, headers }) => [path, headers["content-type"]]));
  expect(types).toEqual(
    new Map([
      ["/pre", `${form}; charset=utf-8`],
      ["/post", `${form}; charset=utf-8`],
      ["/sms", form],
    ]),
  );
  const given = receiver.received.map(({ headers }) => headers["i-twilio-idempotency-token"]);
  expect(new Set(given).size).toBe(receiver.received.length);
});

test.each([
  ["a connection that breaks is tried once more", "", "cut", 2],
  ["rc=0 tries nothing again", "#rc=0", "cut", 1],
  ["rc=3 tries three times more", "#rc=3", "cut", 4],
  ["an answer of 500 stands", "", { status: 500 }, 1],
  ["rp=5xx tries an answer of 500 again", "#rc=2&rp=5xx", { status: 500 }, 3],
  ["rp=all tries an answer of 404 again", "#rp=all", { status: 404 }, 2],
] as const)("%s, with the same idempotency token", async (_, fragment, answer, times) => {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: `${receiver.url}/sms${fragment}` });
  receiver.answer = () => answer;
  await says(customer, line, "hello");
  const tokens = receiver.received.map(({ headers }) => headers["i-twilio-idempotency-token"]);
  expect(tokens).toHaveLength(times);
  expect(new Set(tokens).size).toBe(1);
  expect(receiver.received.every(({ signed }) => signed)).toBe(true);
});

const both = [
  ...["SmsMessageSid", "SmsSid", "MessageSid", "SmsStatus", "NumMedia", "NumSegments"],
  ...["Body", "To", "From", "AccountSid", "ApiVersion"],
];

test("a number's webhook carries what was recorded, with the country of each number", async () => {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: receiver.url });
  const places = ["Country", "State", "City", "Zip"].flatMap((part) => [`To${part}`, `From${part}`]);
  await says("+4915550100201", line, "hallo");
  const { parameters } = receiver.received[0] as Received;
  expect(Object.keys(parameters).sort()).toEqual([...both, ...places].sort());
  expect(parameters).toMatchObject({ FromCountry: "DE", ToCountry: "US", SmsStatus: "received" });
  expect(recordedOf(smsFields as Fields<never>).sort()).toEqual(
    [...both, ...places, "MessagingServiceSid"].sort(),
  );
});

test("a WhatsApp sender's callback_url is called, with what was recorded of WhatsApp", async () => {
  const senderId = "whatsapp:+15550100001";
  const { senders } = (await local.call("GET", "messaging.twilio.com/v2/Channels/Senders?Channel=whatsapp"))
    .body as { senders: { sid: string; sender_id: string }[] };
  const { sid = "" } = senders.find((one) => one.sender_id === senderId) ?? {};
  await client.messaging.v2.channelsSenders(sid).update({
    webhook: { callback_url: `${receiver.url}/whatsapp`, callback_method: "POST" },
  } as never);
  await says("whatsapp:+15550100201", senderId, "hello");
  const { parameters, path } = receiver.received[0] as Received;
  const own = ["ProfileName", "WaId", "ReferralNumMedia", "MessageType", "ChannelMetadata"];
  expect(path).toBe("/whatsapp");
  expect(Object.keys(parameters).sort()).toEqual([...both, ...own].sort());
  expect(parameters).toMatchObject({ WaId: "15550100201", MessageType: "text", ReferralNumMedia: "0" });
  expect(JSON.parse(parameters["ChannelMetadata"] ?? "")).toMatchObject({
    type: "whatsapp",
    data: { context: { WaId: "15550100201" } },
  });
  expect(recordedOf(whatsAppFields as Fields<never>)).toEqual(expect.arrayContaining(own));
});

test("a Messaging Service's webhooks are called for the numbers of its pool", async () => {
  const service = await client.messaging.v1.services.create({
    friendlyName: "pool",
    inboundRequestUrl: `${receiver.url}/service`,
    statusCallback: `${receiver.url}/status`,
  });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  const phoneNumberSid = number?.sid ?? "";
  await client.incomingPhoneNumbers(phoneNumberSid).update({ smsUrl: `${receiver.url}/number` });
  await client.messaging.v1.services(service.sid).phoneNumbers.create({ phoneNumberSid });
  await says(customer, line, "to the service");
  await client.messaging.v1.services(service.sid).update({ useInboundWebhookOnNumber: true });
  await says(customer, line, "to the number");
  expect(receiver.received.map(({ path, parameters }) => [path, parameters["MessagingServiceSid"]])).toEqual([
    ["/service", service.sid],
    ["/number", service.sid],
  ]);
  receiver.received.length = 0;
  await client.messages.create({ messagingServiceSid: service.sid, to: customer, body: "hello" });
  await local.twilio.idle();
  expect(receiver.received.map(({ path, parameters }) => [path, parameters["MessageStatus"]])).toEqual([
    ["/status", "sent"],
    ["/status", "delivered"],
  ]);
});

test("a status callback carries what was recorded; ErrorCode only when it failed", async () => {
  local.twilio.services.carrier.setRules(customer, [
    { from: null, outcome: "undelivered", errorCode: 30003, times: 1 },
  ]);
  await client.messages.create({ from: line, to: customer, body: "hi", statusCallback: receiver.url });
  await local.twilio.idle();
  const names = [
    "SmsSid",
    "SmsStatus",
    "MessageStatus",
    "To",
    "MessageSid",
    "AccountSid",
    "From",
    "ApiVersion",
  ];
  const [sent, undelivered] = receiver.received;
  expect(Object.keys(sent?.parameters ?? {}).sort()).toEqual([...names].sort());
  expect(Object.keys(undelivered?.parameters ?? {}).sort()).toEqual([...names, "ErrorCode"].sort());
});

test("a tapped button: ButtonText, ButtonPayload, and its text as the body", async () => {
  const [sender] = await client.messaging.v2.channelsSenders.list({ channel: "whatsapp" });
  await client.messaging.v2.channelsSenders(sender?.sid ?? "").update({
    webhook: { callback_url: `${receiver.url}/sms`, callback_method: "POST" },
  } as never);
  const at = `handsets/${encodeURIComponent("whatsapp:+15550100201")}/messages`;
  const button = { text: "Yes, please", payload: "yes-1" };
  const tapped = await local.control("POST", at, { to: "whatsapp:+15550100001", button });
  expect(tapped.status).toBe(201);
  await local.twilio.idle();
  expect(receiver.received.at(-1)?.parameters).toMatchObject({
    Body: "Yes, please",
    ButtonText: "Yes, please",
    ButtonPayload: "yes-1",
    MessageType: "interactive",
  });
  const bySms = `handsets/${encodeURIComponent("+15550100201")}/messages`;
  expect(await local.control("POST", bySms, { to: line, button })).toMatchObject({ status: 400 });
});

test("what a client with Twilio's SDK writes is Source SDK, with ClientIdentity", async () => {
  await client.conversations.v1.configuration.webhooks().update({
    preWebhookUrl: `${receiver.url}/pre`,
    postWebhookUrl: `${receiver.url}/post`,
    filters: ["onMessageAdd", "onMessageAdded"],
  });
  const { sid } = await client.conversations.v1.conversations.create({});
  await client.conversations.v1.conversations(sid).participants.create({ identity: "ada" });
  const at = `conversations/${sid}/messages`;
  expect(await local.control("POST", at, { identity: "ada", body: "hello" })).toMatchObject({ status: 201 });
  await local.twilio.idle();
  for (const event of ["onMessageAdd", "onMessageAdded"]) {
    expect(heard(event).parameters).toMatchObject({
      Author: "ada",
      Body: "hello",
      ClientIdentity: "ada",
      Source: "SDK",
    });
  }
  expect(await local.control("POST", at, { identity: "nobody", body: "x" })).toMatchObject({
    status: 400,
    body: { error: { code: "twilio_50430" } },
  });
});

test("a Function that is a webhook gets the headers of every webhook", async () => {
  const source = `exports.handler = (context, event, callback) => {
    const { accept, "x-home-region": region, "content-type": type } = event.request.headers;
    const answer = new Twilio.twiml.MessagingResponse();
    answer.message(JSON.stringify({ accept, region, type }));
    callback(null, answer);
  };`;
  const { domain } = await deploy(local, "hooks", [{ path: "/hook", source }]);
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: `https://${domain}/hook` });
  await says(customer, line, "hello");
  const { body } = await local.control("GET", `handsets/${encodeURIComponent(customer)}/messages`);
  const [answer] = body["inbox"] as { body: string }[];
  expect(JSON.parse(answer?.body ?? "{}")).toEqual({
    accept: "*/*",
    region: "us1",
    type: "application/x-www-form-urlencoded",
  });
});
