import type { Twilio as Client } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
let client: Client;
let sid: string;
beforeAll(async () => {
  local = await startForTest({ seed: { shortCodes: [{ shortCode: "55501" }] } });
  client = clientOf(local);
  ({ sid } = await client.conversations.v1.conversations.create({}));
});
afterAll(() => local[Symbol.asyncDispose]());

const add = (parameters: object, conversation = sid) =>
  client.conversations.v1.conversations(conversation).participants.create(parameters);
const pair = (address: string, proxy: string) => ({
  "messagingBinding.address": address,
  "messagingBinding.proxyAddress": proxy,
});

test.each([
  [50420, {}],
  [50420, { identity: "ada", ...pair("+15550100201", "+15550100001") }],
  [50420, { "messagingBinding.address": "+15550100201" }],
  [50411, pair("", "+15550100001")],
  [50412, pair("+15550100201", "")],
  [50407, pair("15550100201", "+15550100001")],
  [50407, pair("messenger:4711", "+15550100001")],
  [50408, pair("+15550100201", "the line")],
  [50409, pair("+15550100001", "+15550100001")],
  [50413, pair("+15550100201", "+15550100999")],
  [50414, pair("whatsapp:+15550100201", "+15550100001")],
  [50415, pair("whatsapp:+15550100201", "whatsapp:+15550100002")],
  [50303, { identity: "ada", attributes: JSON.stringify({ long: "x".repeat(4 * 1024) }) }],
  [50304, { identity: "ada", attributes: "tall" }],
])("is refused with %i: %j", async (code, parameters) => {
  expect(await refusalOf(add(parameters))).toMatchObject({ code, status: 400 });
});

test("a pair is in one open Conversation only, and the refusal names it", async () => {
  await add(pair("+15550100201", "+15550100001"));
  const other = await client.conversations.v1.conversations.create({});
  const text = `A binding for this participant and proxy address already exists in Conversation ${sid}`;
  const taken = { code: 50416, status: 409, message: text };
  expect(await refusalOf(add(pair("+15550100201", "+15550100001"), other.sid))).toEqual(taken);
  expect(await refusalOf(add(pair("+15550100201", "+15550100001")))).toEqual(taken);

  await add(pair("+15550100201", "+15550100002"), other.sid);
  await add(pair("whatsapp:+15550100201", "whatsapp:+15550100001"), other.sid);
  await add(pair("+15550100201", "55501"), other.sid);
});

test("leaving, closing and deleting free a pair", async () => {
  const free = pair("+15550100202", "+15550100003");
  const one = await client.conversations.v1.conversations.create({});
  const joined = await add(free, one.sid);
  await client.conversations.v1.conversations(one.sid).participants(joined.sid).remove();

  const two = await client.conversations.v1.conversations.create({});
  await add(free, two.sid);
  await client.conversations.v1.conversations(two.sid).update({ state: "inactive" });
  expect((await refusalOf(add(free, one.sid))).code).toBe(50416);
  await client.conversations.v1.conversations(two.sid).update({ state: "closed" });

  const three = await client.conversations.v1.conversations.create({});
  await add(free, three.sid);
  await client.conversations.v1.conversations(three.sid).remove();
  expect((await add(free, one.sid)).messagingBinding).toMatchObject({ address: "+15550100202" });
});

test("an identity is in a Conversation once; bindings are for creation alone", async () => {
  const { sid: participant } = await add({ identity: "grace" });
  expect(await refusalOf(add({ identity: "grace" }))).toMatchObject({ code: 50433, status: 409 });
  const one = client.conversations.v1.conversations(sid).participants(participant);
  expect(await refusalOf(one.update({ "messagingBinding.proxyAddress": "+15550100001" }))).toMatchObject({
    code: 50441,
  });
  expect((await one.update({ attributes: '{"team":"b"}' })).attributes).toBe('{"team":"b"}');
});

test("there are at most fifty participants outside chat", async () => {
  const { sid: crowd } = await client.conversations.v1.conversations.create({});
  for (let number = 0; number < 50; number += 1) {
    await add(pair(`+1555010${String(1000 + number)}`, "+15550100004"), crowd);
  }
  expect(await refusalOf(add(pair("+15550109999", "+15550100004"), crowd))).toMatchObject({ code: 50418 });
});
