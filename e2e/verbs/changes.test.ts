/** One run of each command that deploys, or takes back, with the real CLI; what else they meet is in the long tests. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageCommand } from "../commands.ts";
import { deployedStage } from "../deployed/stage.ts";
import { LocalPhone } from "../local-world.ts";
import { supportStage, type TestStage } from "../stage.ts";

const line = "+15550100001";
let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const run = (verb: string, ...words: string[]) =>
  stageCommand(stage, verb, "local", ...words, "--config-file", stage.stageFile);

/** What a customer whom nobody knows yet reads last, who asks for support. */
async function answerTo(customer: string): Promise<string | undefined> {
  const phone = new LocalPhone(stage.twilio.endpoint, customer);
  await phone.says(line, "support");
  return (await phone.heard()).at(-1)?.body;
}

test("preview and apply: what was shown is deployed", async () => {
  await stage.configure({ ...supportStage, wordings: { agentAdded: "Here I am." } });
  const { text } = await run("preview");
  expect(text).toContain("support-confirmation-message");
  const digest = text.trim().split("\n").at(-1) ?? "";
  expect(await run("apply", "--shown", digest)).toMatchObject({ code: 0 });
  expect(await answerTo("+15550100201")).toBe("Here I am.");
});

test("rollback: the line says what it said before", async () => {
  const { code, text } = await run("rollback", "--yes");
  expect(code, text).toBe(0);
  expect(await answerTo("+15550100202")).toBe("Added support agent");
});
