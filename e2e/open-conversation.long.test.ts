/** Conversations that the line begins: opened by a command that signs as Twilio does, answered by the line's Flow. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationsOf } from "./conversations-of.ts";
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";
import { supportStage, type TestStage } from "./stage.ts";

const line = "+15550100001";
let stage: TestStage;
beforeAll(async () => {
  const [support] = supportStage.lines;
  stage = await deployedStage({ ...supportStage, lines: [{ ...support, conversations: ["front-desk"] }] });
});
afterAll(() => stage[Symbol.asyncDispose]());

const command = resolve("packages/cli/stage.ts");

/** `npm run stage -- open local …`, and what it prints. */
async function open(token: string, ...words: string[]): Promise<{ conversationSid: string }> {
  const env = { ...process.env, ...stage.environment, TWILIO_AUTH_TOKEN: token };
  const args = [command, "open", "local", "--line", "support", "--json", ...words];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: stage.folder, env });
  return JSON.parse(stdout) as { conversationSid: string };
}

test('a customer who is written to first has a Flow that listens: "support" brings the agent', async () => {
  const customer = new LocalPhone(stage.twilio.endpoint, "+15550100205");
  const { conversationSid } = await open(stage.twilio.authToken, "--to", customer.address);
  const [conversation] = await conversationsOf(stage.client, customer.address);
  expect(conversation).toMatchObject({ sid: conversationSid, state: "active" });
  await customer.says(line, "support");
  expect((await customer.heard()).map(({ body }) => body)).toEqual(["Added support agent"]);
});

test("doing it again to the same Conversation changes nothing", async () => {
  const [conversation] = await conversationsOf(stage.client, "+15550100205");
  const { serviceSid = "", sid = "" } = conversation ?? {};
  const webhooks = stage.client.conversations.v1.services(serviceSid).conversations(sid).webhooks;
  const before = await webhooks.list();
  await open(stage.twilio.authToken, "--conversation", sid);
  expect((await webhooks.list()).map((each) => each.sid)).toEqual(before.map((each) => each.sid));
  expect(before.map(({ target }) => target).sort()).toEqual(["studio", "webhook"]);
});

test("what another account signed is refused", async () => {
  await expect(open("0".repeat(32), "--to", "+15550100206")).rejects.toThrow("The Function answered 403");
});

test("a standing Conversation is there from the start, and its Flow answers whoever writes in it", async () => {
  const [service] = (await stage.client.conversations.v1.services.list()).filter(({ friendlyName }) =>
    friendlyName.startsWith("support-line"),
  );
  const conversation = stage.client.conversations.v1.services(service?.sid ?? "").conversations("front-desk");
  const { sid } = await conversation.fetch();
  const guest = new LocalPhone(stage.twilio.endpoint, "+15550100207");
  await conversation.participants.create({
    "messagingBinding.address": guest.address,
    "messagingBinding.proxyAddress": "+15550100003",
  });
  await guest.says("+15550100003", "support");
  expect((await guest.heard()).map(({ body }) => body)).toEqual(["Added support agent"]);
  expect(sid).toMatch(/^CH/);
});
