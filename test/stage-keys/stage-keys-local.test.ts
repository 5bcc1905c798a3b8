/** The same conversations on the whole local Twilio, with the stack deployed by the real engine. */
import { startLocalTwilio } from "@support-line/local-twilio";
import { conversationsOn, onLocalTwilio } from "@support-line/conversation-test";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { TestStage } from "../stage.ts";
import { conversations } from "./conversations.ts";
import { day } from "./day.ts";
import { everyKey, nextMonday, numbers, people } from "./stage.ts";

const begins = nextMonday();
let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
  const { sid } = await stage.client.content.v1.contents.create({
    friendlyName: "briefing",
    language: "en",
    types: { twilioText: { body: "A customer wrote: {{1}}" } },
  });
  await stage.configure(everyKey(begins, sid));
  await stage.up();
  await stage.stop();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** A local Twilio in which the stack is deployed and nothing has happened. */
async function start() {
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

const conversation = conversationsOn(onLocalTwilio({ start, people, line: numbers.support, now: begins }));
for (const { name, script, onEngineAlone = false } of conversations) {
  if (!onEngineAlone) conversation(name, script);
}
conversation("a day from opening to the next morning", day);
