/** A line that is paused and resumed by commands, with the real CLI; what else they meet is in `rollback.long.test.ts`. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageCommand } from "../commands.ts";
import { deployedStage } from "../deployed/stage.ts";
import { LocalPhone } from "../local-world.ts";
import type { TestStage } from "../stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const run = (verb: string, ...words: string[]) =>
  stageCommand(stage, verb, "local", ...words, "--config-file", stage.stageFile);

async function answerTo(customer: string): Promise<string[]> {
  const phone = new LocalPhone(stage.twilio.endpoint, customer);
  await phone.says("+15550100001", "support");
  return (await phone.heard()).map(({ body }) => body);
}

test("paused, the line says one text and brings nobody; resumed, it is as before", async () => {
  expect(await run("pause", "--text", "Back at nine.")).toMatchObject({ code: 0 });
  expect(await answerTo("+15550100201")).toEqual(["Back at nine."]);
  expect(await run("resume")).toMatchObject({ code: 0 });
  expect(await answerTo("+15550100202")).toEqual(["Added support agent"]);
});
