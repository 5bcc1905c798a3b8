import type { Twilio as Client } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
let client: Client;
beforeAll(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterAll(() => local[Symbol.asyncDispose]());

test("the short path means the default service, and no other", async () => {
  const { defaultChatServiceSid } = await client.conversations.v1.configuration().fetch();
  const other = await client.conversations.v1.services.create({ friendlyName: "other" });
  const short = await client.conversations.v1.conversations.create({ uniqueName: "on the short path" });
  const long = await client.conversations.v1
    .services(other.sid)
    .conversations.create({ uniqueName: "on the long path" });

  expect(short.chatServiceSid).toBe(defaultChatServiceSid);
  const again = await client.conversations.v1
    .services(defaultChatServiceSid)
    .conversations("on the short path")
    .fetch();
  expect(again.sid).toBe(short.sid);
  expect(again.url).toContain(`/v1/Services/${defaultChatServiceSid}/Conversations/${short.sid}`);
  expect((await client.conversations.v1.services(other.sid).conversations.list())[0]?.sid).toBe(long.sid);

  for (const call of [
    client.conversations.v1.conversations(long.sid).fetch(),
    client.conversations.v1.conversations(long.sid).participants.list(),
    client.conversations.v1.conversations(long.sid).messages.create({ body: "hello" }),
    client.conversations.v1.services(other.sid).conversations(short.sid).fetch(),
    client.conversations.v1.services(other.sid).conversations(short.sid).webhooks.list(),
  ]) {
    expect(await refusalOf(call)).toMatchObject({ code: 20404, status: 404 });
  }
});

test("messages have an index, an author and attributes; a unique name stands for the SID", async () => {
  const conversation = client.conversations.v1.conversations("indexed");
  await client.conversations.v1.conversations.create({ uniqueName: "indexed" });
  await conversation.participants.create({ identity: "ada" });
  await conversation.messages.create({ body: "one" });
  await conversation.messages.create({ body: "two", author: "ada", attributes: '{"mood":"calm"}' });

  const messages = await conversation.messages.list();
  expect(messages.map(({ index, author, body }) => [index, author, body])).toEqual([
    [0, "system", "one"],
    [1, "ada", "two"],
  ]);
  const [ada] = await conversation.participants.list();
  expect(messages[1]).toMatchObject({
    attributes: '{"mood":"calm"}',
    participantSid: ada?.sid,
    delivery: null,
  });
  const newestFirst = await conversation.messages.list({ order: "desc" });
  expect(newestFirst.map(({ index }) => index)).toEqual([1, 0]);
});

test("a chat participant is a user, found by identity, with the default role", async () => {
  const { sid, chatServiceSid } = await client.conversations.v1.conversations.create({
    friendlyName: "users",
  });
  const participant = await client.conversations.v1
    .conversations(sid)
    .participants.create({ identity: "grace@example.com" });
  const user = await client.conversations.v1.users("grace@example.com").fetch();
  expect(user.identity).toBe("grace@example.com");
  const roles = await client.conversations.v1.services(chatServiceSid).roles.list();
  expect(roles.find((role) => role.sid === participant.roleSid)?.friendlyName).toBe("channel user");

  const found = await client.conversations.v1.participantConversations.list({
    identity: "grace@example.com",
  });
  expect(found.map((one) => [one.conversationSid, one.participantUserSid])).toEqual([[sid, user.sid]]);
  const own = await client.conversations.v1.users(user.sid).userConversations.list();
  expect(own.map((one) => [one.conversationSid, one.participantSid])).toEqual([[sid, participant.sid]]);
  await client.conversations.v1.conversations(sid).participants("grace@example.com").remove();
  expect(await client.conversations.v1.conversations(sid).participants.list()).toEqual([]);
});

const create = (parameters: object) => client.conversations.v1.conversations.create(parameters);

test.each([
  [50374, { state: "" }],
  [50375, { state: "active", "timers.inactive": "PT59S" }],
  [50376, { state: "active", "timers.closed": "PT9M" }],
  [50378, { state: "asleep" }],
  [50379, { state: "active", "timers.inactive": "ten minutes" }],
  [50380, { state: "active", "timers.closed": "600" }],
  [50384, { state: "closed" }],
  [50390, { uniqueName: "CH0123456789abcdef0123456789abcdef" }],
  [50303, { attributes: JSON.stringify({ long: "x".repeat(16 * 1024) }) }],
  [50304, { attributes: "{" }],
])("creating is refused with %i: %j", async (code, parameters) => {
  expect(await refusalOf(create(parameters))).toMatchObject({ code, status: 400 });
});

test("a unique name is taken once in a service", async () => {
  await create({ uniqueName: "taken" });
  expect(await refusalOf(create({ uniqueName: "taken" }))).toMatchObject({ code: 50353, status: 409 });
  const other = await client.conversations.v1.services.create({ friendlyName: "free" });
  const conversations = client.conversations.v1.services(other.sid).conversations;
  expect((await conversations.create({ uniqueName: "taken" })).uniqueName).toBe("taken");
});

test("closed is final", async () => {
  const { sid } = await create({ friendlyName: "done" });
  const closed = await client.conversations.v1.conversations(sid).update({ state: "closed" });
  expect(closed.state).toBe("closed");
  for (const call of [
    client.conversations.v1.conversations(sid).update({ state: "active" }),
    client.conversations.v1.conversations(sid).update({ friendlyName: "again" }),
    client.conversations.v1.conversations(sid).messages.create({ body: "hello" }),
    client.conversations.v1.conversations(sid).participants.create({ identity: "ada" }),
  ]) {
    expect(await refusalOf(call)).toMatchObject({
      code: 50377,
      message: "Can't update conversation as it's in final closed state",
    });
  }
  expect(await client.conversations.v1.conversations(sid).remove()).toBe(true);
});

test.each([
  [50503, {}],
  [50504, { body: "x".repeat(32 * 1024 + 1) }],
  [50304, { body: "hello", attributes: "calm" }],
])("a message is refused with %i", async (code, parameters) => {
  const { sid } = await create({});
  expect(
    await refusalOf(client.conversations.v1.conversations(sid).messages.create(parameters)),
  ).toMatchObject({
    code,
  });
});

test("the default service stays, another goes with everything below it", async () => {
  const { defaultChatServiceSid } = await client.conversations.v1.configuration().fetch();
  const kept = client.conversations.v1.services(defaultChatServiceSid).remove();
  expect(await refusalOf(kept)).toMatchObject({ code: 20001, status: 400 });

  const { sid } = await client.conversations.v1.services.create({ friendlyName: "short-lived" });
  const service = client.conversations.v1.services(sid);
  const pair = {
    "messagingBinding.address": "+15550100299",
    "messagingBinding.proxyAddress": "+15550100009",
  };
  const first = await service.conversations.create({});
  await service.conversations(first.sid).participants.create(pair);
  await service.remove();
  const next = await create({});
  const joined = await client.conversations.v1.conversations(next.sid).participants.create(pair);
  expect(joined.messagingBinding).toEqual({
    type: "sms",
    address: "+15550100299",
    proxy_address: "+15550100009",
  });
});

test("several people at once: a Conversation with its participants", async () => {
  const opened = await client.conversations.v1.conversationWithParticipants.create({
    friendlyName: "together",
    participant: [
      JSON.stringify({ identity: "ada" }),
      JSON.stringify({ messaging_binding: { address: "+15550100298", proxy_address: "+15550100009" } }),
    ],
  });
  expect(opened.state).toBe("initializing");
  await local.twilio.idle();
  const conversation = client.conversations.v1.conversations(opened.sid);
  expect((await conversation.fetch()).state).toBe("active");
  expect((await conversation.participants.list()).map(({ identity }) => identity)).toEqual(["ada", null]);
  const again = client.conversations.v1.conversationWithParticipants.create({
    participant: [
      JSON.stringify({ messaging_binding: { address: "+15550100298", proxy_address: "+15550100009" } }),
    ],
  });
  expect(await refusalOf(again)).toMatchObject({ code: 50425, status: 409 });
});
