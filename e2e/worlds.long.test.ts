/**
 * One script in three worlds: the engine alone, the whole local Twilio, and an account with numbers as phones. The account is a
 * local Twilio's here, reached as Twilio itself would be: nobody here has a real one.
 */
import { engineAlone, functionsFrom } from "@support-line/conversation-test/engine";
import { onAccount, onLocalTwilio } from "@support-line/conversation-test/http";
import { play } from "@support-line/conversation-test/play";
import type { Script, WorldKind } from "@support-line/conversation-test";
import type { FlowDefinition } from "@support-line/studio";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { TestStage } from "./stage.ts";

const line = { channel: "sms", flow: "support" };
const people = { line: "+15550100001", customer: "+15550100201", agent: "+15550100101" };
const numbers = { line: "+15550100002", customer: "+15550100009", agent: "+15550100008" };
const project = inject("project");
const definition = JSON.parse(
  readFileSync(join(project, "flow-templates/support.json"), "utf8"),
) as FlowDefinition;
let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
  await stage.configure({
    lines: [
      { ...line, name: "support", address: people.line, agents: ["ada"] },
      // Its agent's phone is a number of the account, as it has to be where nobody holds a phone.
      { ...line, name: "numbers", address: numbers.line, agents: ["bot"] },
    ],
    agents: [
      { name: "ada", address: people.agent },
      { name: "bot", address: numbers.agent },
    ],
  });
  await stage.up();
});
afterAll(() => stage[Symbol.asyncDispose]());

const turn: Script = async ({ customer, agent }) => {
  await customer.says("support");
  await customer.hears("Added support agent");
  await agent.hears("Added support agent");
  await agent.says("hello");
  await customer.hears("hello");
  await customer.says("thank you");
  await agent.hears("thank you");
  await agent.says("done");
  await customer.hears("done", "The support agent has left the conversation.");
};

const settle = async (): Promise<void> => void (await stage.control("idle"));

const worlds: readonly (readonly [string, () => WorldKind])[] = [
  [
    "the engine alone",
    () =>
      engineAlone({
        definition,
        people: { customer: people.customer, agent: people.agent },
        line: people.line,
        functions: functionsFrom(join(project, "functions"), {
          variables: {
            SUPPORT_AGENTS: people.agent,
            SUPPORT_PROXIES: people.line,
            SUPPORT_FLOW_SID: `FW${"0".repeat(32)}`,
            CONVERSATIONS_SERVICE_SID: `IS${"0".repeat(32)}`,
            INACTIVE_AFTER: "PT4H",
            CLOSED_AFTER: "P1D",
          },
        }),
      }),
  ],
  [
    "an account, its numbers as phones",
    () => {
      const { endpoint, accountSid, authToken } = stage.twilio;
      const { line: own, ...phones } = numbers;
      return onAccount({ endpoint, accountSid, authToken, people: phones, line: own, settle });
    },
  ],
  [
    "the local Twilio",
    () => {
      const close = () => Promise.resolve();
      return onLocalTwilio({
        start: () => Promise.resolve({ endpoint: stage.twilio.endpoint, close }),
        people: { customer: people.customer, agent: people.agent },
        line: people.line,
      });
    },
  ],
];

test.each(worlds)("the support conversation plays on %s", async (_, kind) => {
  const world = kind();
  try {
    const heard = (await play(world, turn)).split("\n").filter((text) => /hears|says/.test(text));
    expect(heard.map((text) => text.trim().replace(/\s+/g, " "))).toEqual([
      "customer says support",
      "customer hears Added support agent",
      "agent hears Added support agent",
      "agent says hello",
      "customer hears hello",
      "customer says thank you",
      "agent hears thank you",
      "agent says done",
      "customer hears done",
      "customer hears The support agent has left the conversation.",
    ]);
  } finally {
    await world.close?.();
  }
});
