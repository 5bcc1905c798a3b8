/** Several customers at one time: every Conversation gets a pair of agent and proxy of its own, until there is none. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationsOf } from "./conversations-of.ts";
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";
import type { TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const line = "+15550100001";
const phone = (address: string) => new LocalPhone(stage.twilio.endpoint, address);

test("one agent and three proxies carry three customers at once; the fourth is told that nobody is free", async () => {
  const customers = ["+15550100201", "+15550100202", "+15550100203"].map(phone);
  const agent = phone("+15550100101");
  await Promise.all(customers.map((customer) => customer.says(line, "support")));
  for (const customer of customers) {
    expect(await customer.heard()).toEqual([{ from: line, body: "Added support agent" }]);
  }
  const invitations = await agent.heard();
  expect(invitations.map(({ body }) => body)).toEqual(Array(3).fill("Added support agent"));
  expect(new Set(invitations.map(({ from }) => from))).toEqual(
    new Set(["+15550100001", "+15550100002", "+15550100003"]),
  );

  const fourth = phone("+15550100204");
  await fourth.says(line, "support");
  expect((await fourth.heard()).map(({ body }) => body)).toEqual([
    'No support agent could be reached. Write "support" to try again.',
  ]);
  expect(await agent.heard()).toEqual([]);
});

test("what is written in one Conversation stays in it, whichever number it goes by", async () => {
  const agent = phone("+15550100101");
  await agent.heard();
  const first = phone("+15550100201");
  await first.heard();
  await first.says(line, "it is me");
  const [asked, ...others] = await agent.heard();
  expect(others).toEqual([]);
  await agent.says(asked?.from ?? "", "hello to you alone");
  expect((await first.heard()).map(({ body }) => body)).toEqual(["hello to you alone"]);
  const second = phone("+15550100202");
  expect((await second.heard()).map(({ body }) => body)).not.toContain("hello to you alone");
});

test("an agent who leaves one Conversation is free for the next", async () => {
  const agent = phone("+15550100101");
  await agent.heard();
  await agent.says("+15550100002", "done");
  const fourth = phone("+15550100204");
  await fourth.heard();
  await fourth.says(line, "support");
  expect((await fourth.heard()).map(({ body }) => body)).toEqual(["Added support agent"]);
  expect(await agent.heard()).toEqual([{ from: "+15550100002", body: "Added support agent" }]);
});

test("a Conversation that is silent for its timers closes, and its numbers are free", async () => {
  await stage.control("clock/advance", { seconds: 30 * 3600 });
  await stage.control("idle");
  const conversations = await conversationsOf(stage.client, "+15550100201");
  expect(conversations.map(({ state }) => state)).toEqual(["closed"]);
  const again = phone("+15550100201");
  await again.heard();
  await again.says(line, "support");
  expect((await again.heard()).map(({ body }) => body)).toEqual(["Added support agent"]);
});
