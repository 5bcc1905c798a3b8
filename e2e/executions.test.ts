/**
 * Executions that wait, on the whole local Twilio: whoever writes moves them on, and each ends on the revision of its
 * Flow that it began on. The stack's own Flow ends at each turn, so these bring a Flow of their own.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";

const line = "+15550100001";
let folder: string;
let local: LocalTwilio;
let client: Twilio;
let flowSid: string;

/** Asks for an order number, says it back with these words, and ends. */
const definition = (words: string) => ({
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: {},
      transitions: [{ event: "incomingConversationMessage", next: "ask" }],
    },
    {
      name: "ask",
      type: "send-and-wait-for-reply",
      properties: { from: "{{flow.channel.address}}", body: "Which order?", timeout: "3600" },
      transitions: [
        { event: "incomingMessage", next: "answer" },
        { event: "timeout", next: "too-late" },
        { event: "deliveryFailure" },
      ],
    },
    {
      name: "answer",
      type: "send-message",
      properties: { from: "{{flow.channel.address}}", body: `${words} {{widgets.ask.inbound.Body}}` },
      transitions: [{ event: "sent" }, { event: "failed" }],
    },
    {
      name: "too-late",
      type: "send-message",
      properties: { from: "{{flow.channel.address}}", body: "Ask again when you have it." },
      transitions: [{ event: "sent" }, { event: "failed" }],
    },
  ],
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "executions-"));
  local = await startLocalTwilio({ folder, port: 0 });
  client = foreignClient(local);
  const flow = await client.studio.v2.flows.create({
    friendlyName: "orders",
    status: "published",
    definition: definition("Looking for"),
  });
  flowSid = flow.sid;
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flowSid,
  });
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
});

const phone = (address: string) => new LocalPhone(local.endpoint, address);
const texts = async (each: LocalPhone) => (await each.heard()).map(({ body }) => body);

/** Adds somebody to the Conversation that a phone is in. */
async function invite(customer: LocalPhone, address: string): Promise<LocalPhone> {
  const [open] = await client.conversations.v1.participantConversations.list({ address: customer.address });
  await client.conversations.v1.conversations(open?.conversationSid ?? "").participants.create({
    "messagingBinding.address": address,
    "messagingBinding.proxyAddress": line,
  });
  return phone(address);
}

test("two participants move one Execution forward: the second answers what the first was asked", async () => {
  const customer = phone("+15550100201");
  await customer.says(line, "hello");
  expect(await texts(customer)).toEqual(["Which order?"]);
  const partner = await invite(customer, "+15550100202");
  await partner.says(line, "4711");
  expect(await texts(customer)).toEqual(["4711", "Looking for 4711"]);
  expect(await texts(partner)).toEqual(["Looking for 4711"]);
  const executions = await client.studio.v2.flows(flowSid).executions.list();
  expect(executions.map(({ status }) => status)).toEqual(["ended"]);
});

test("an Execution that waits outlives a restart, and ends on the revision it began on; the next one runs the new one", async () => {
  await phone("+15550100203").says(line, "hello");
  await client.studio.v2
    .flows(flowSid)
    .update({ status: "published", definition: definition("Searching"), commitMessage: "other words" });
  await local.close();
  local = await startLocalTwilio({ folder, port: 0 });
  const customer = phone("+15550100203");
  await customer.says(line, "1");
  await customer.says(line, "hello again");
  await customer.says(line, "2");
  expect(await texts(customer)).toEqual(["Which order?", "Looking for 1", "Which order?", "Searching 2"]);
});

test("nobody answers: the wait ends when its time is up, by the local Twilio's own clock", async () => {
  const customer = phone("+15550100204");
  await customer.says(line, "hello");
  await customer.control("clock/advance", { seconds: 3601 });
  await customer.control("idle");
  expect(await texts(customer)).toEqual(["Which order?", "Ask again when you have it."]);
});
