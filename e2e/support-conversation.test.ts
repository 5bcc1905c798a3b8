import { afterAll, beforeAll } from "vitest";
import { deployedStage } from "./deployed/stage.ts";
import { localWorld } from "./local-world.ts";
import { realWorld, verifySettings } from "./real-world.ts";
import type { TestStage } from "./stage.ts";
import { playsSupportConversation } from "./support-conversation.ts";

const settings = verifySettings(process.env);

/** The switches that the stack touches, each in every position. */
const positions = [
  { studioWebhookOutlivesExecution: true, channelAddress: "conversation" },
  { studioWebhookOutlivesExecution: false, channelAddress: "conversation" },
  { studioWebhookOutlivesExecution: true, channelAddress: "proxy" },
] as const;

if (settings !== null) {
  playsSupportConversation("on a real account", () => Promise.resolve(realWorld(settings)));
} else {
  let stage: TestStage;
  beforeAll(async () => {
    stage = await deployedStage();
  });
  afterAll(() => stage[Symbol.asyncDispose]());

  for (const [at, switches] of positions.entries()) {
    playsSupportConversation(`on the local Twilio, ${JSON.stringify(switches)}`, async () => {
      await stage.control("switches", switches);
      return localWorld(stage, `+1555010020${at + 1}`, switches);
    });
  }
}
