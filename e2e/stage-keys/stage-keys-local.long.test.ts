/** The same conversations on the whole local Twilio, with the stack deployed by the real engine. */
import { startLocalTwilio } from "@support-line/local-twilio";
import { conversationsOn, onLocalTwilio } from "@support-line/conversation-test";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { TestStage } from "../stage.ts";
import { conversations } from "./conversations.ts";
import { day, flexHour } from "./day.ts";
import { flexConversations, withFlex } from "./flex.ts";
import { everyKey, nextMonday, numbers, people } from "./stage.ts";

const begins = nextMonday();

/** A stage that is deployed and then stopped, to be copied. */
async function deployed(values: (stage: TestStage) => Promise<Record<string, unknown>>): Promise<TestStage> {
  const stage = await TestStage.create();
  await stage.configure(await values(stage));
  await stage.up();
  await stage.stop();
  return stage;
}

let desk: TestStage;
let flex: TestStage;
beforeAll(async () => {
  desk = await deployed(async ({ client }) => {
    const { sid } = await client.content.v1.contents.create({
      friendlyName: "briefing",
      language: "en",
      types: { twilioText: { body: "A customer wrote: {{1}}" } },
    });
    return everyKey(begins, sid);
  });
  flex = await deployed(() => Promise.resolve(withFlex(begins)));
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await flex[Symbol.asyncDispose]();
});

/** A local Twilio in which the stack is deployed and nothing has happened. */
async function start(stage: TestStage) {
  const folder = await mkdtemp(join(tmpdir(), "support-line-"));
  await cp(stage.twilioFolder, folder, { recursive: true });
  const twilio = await startLocalTwilio({ folder, port: 0 });
  return {
    endpoint: twilio.endpoint,
    close: async () => {
      await twilio.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const on = (stage: () => TestStage) =>
  conversationsOn(onLocalTwilio({ start: () => start(stage()), people, line: numbers.support, now: begins }));
const conversation = on(() => desk);
for (const { name, script, onEngineAlone = false } of conversations) {
  if (!onEngineAlone) conversation(name, script);
}
conversation("a day from opening to the next morning", day);

const atFlex = on(() => flex);
for (const { name, script, onEngineAlone = false } of flexConversations) {
  if (!onEngineAlone) atFlex(name, script);
}
atFlex("an hour in which nobody takes the Task", flexHour);
