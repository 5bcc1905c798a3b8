import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder: string;
let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "local-twilio-"));
  local = await startForTest({ folder });
  client = clientOf(local);
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const pass = (minutes: number) => local.control("POST", "clock/advance", { seconds: minutes * 60 });
const stateOf = async (sid: string) => (await client.conversations.v1.conversations(sid).fetch()).state;
const changes = () =>
  local.twilio.events
    .after(0, 1000)
    .filter(({ type }) => type === "conversation.stateUpdated")
    .map(({ data }) => [data["from"], data["to"], data["reason"]]);

test("a Conversation falls inactive, then closed, when nothing happens in it", async () => {
  const created = await client.conversations.v1.conversations.create({
    state: "active",
    "timers.inactive": "PT10M",
    "timers.closed": "PT30M",
  });
  const { sid } = created;
  const now = local.twilio.clock.now();
  const shown = created.timers as { date_inactive: string; date_closed: string };
  expect(Date.parse(shown.date_inactive)).toBeCloseTo(now + 600_000, -4);
  expect(Date.parse(shown.date_closed)).toBeCloseTo(now + 1_800_000, -4);
  await pass(9);
  expect(await stateOf(sid)).toBe("active");
  await pass(1);
  expect(await stateOf(sid)).toBe("inactive");
  await pass(20);
  expect(await stateOf(sid)).toBe("closed");
  expect(changes()).toEqual([
    ["active", "inactive", "TIMER"],
    ["inactive", "closed", "TIMER"],
  ]);
});

test("every message starts the timers anew, and wakes who sleeps", async () => {
  const { sid } = await client.conversations.v1.conversations.create({
    state: "active",
    "timers.inactive": "PT10M",
    "timers.closed": "PT30M",
  });
  for (let count = 0; count < 4; count += 1) {
    await pass(9);
    await client.conversations.v1.conversations(sid).messages.create({ body: "still here" });
  }
  expect(await stateOf(sid)).toBe("active");
  await pass(20);
  expect(await stateOf(sid)).toBe("inactive");
  await client.conversations.v1.conversations(sid).messages.create({ body: "back" });
  expect(await stateOf(sid)).toBe("active");
  await pass(29);
  expect(await stateOf(sid)).toBe("inactive");
  await pass(1);
  expect(await stateOf(sid)).toBe("closed");
});

test("timers need no state", async () => {
  const { sid, state } = await client.conversations.v1.conversations.create({ "timers.closed": "PT10M" });
  expect(state).toBe("active");
  await pass(10);
  expect(await stateOf(sid)).toBe("closed");
});

test("a closed Conversation frees its pair", async () => {
  const pair = {
    "messagingBinding.address": "+15550100201",
    "messagingBinding.proxyAddress": "+15550100001",
  };
  const first = await client.conversations.v1.conversations.create({
    state: "active",
    "timers.closed": "PT10M",
  });
  await client.conversations.v1.conversations(first.sid).participants.create(pair);
  await pass(10);
  const second = await client.conversations.v1.conversations.create({});
  const joined = await client.conversations.v1.conversations(second.sid).participants.create(pair);
  expect(joined.conversationSid).toBe(second.sid);
});

test("the account's default timers are those of Conversations that say nothing", async () => {
  await client.conversations.v1
    .configuration()
    .update({ defaultInactiveTimer: "PT1M", defaultClosedTimer: "PT10M" });
  const { sid } = await client.conversations.v1.conversations.create({});
  await pass(1);
  expect(await stateOf(sid)).toBe("inactive");
  await pass(9);
  expect(await stateOf(sid)).toBe("closed");
});

test("timers are changed and taken away", async () => {
  const { sid } = await client.conversations.v1.conversations.create({
    state: "active",
    "timers.closed": "PT10M",
  });
  const later = await client.conversations.v1.conversations(sid).update({ "timers.closed": "PT2H" });
  expect(Object.keys(later.timers as object)).toEqual(["date_closed"]);
  await pass(30);
  expect(await stateOf(sid)).toBe("active");
  const never = await client.conversations.v1.conversations(sid).update({ "timers.closed": "" });
  expect(never.timers).toEqual({});
  await pass(180);
  expect(await stateOf(sid)).toBe("active");
});

test("timers go on after a restart", async () => {
  const { sid } = await client.conversations.v1.conversations.create({
    state: "active",
    "timers.inactive": "PT10M",
  });
  await local[Symbol.asyncDispose]();
  local = await startForTest({ folder });
  client = clientOf(local);
  await pass(9);
  expect(await stateOf(sid)).toBe("active");
  await pass(1);
  expect(await stateOf(sid)).toBe("inactive");
});
