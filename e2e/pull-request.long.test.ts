/** What a pull request's run and a deployment ask of a stage: a preview that asks Twilio nothing, applied as it was shown. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { supportStage, TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
});
afterAll(() => stage[Symbol.asyncDispose]());

const command = resolve("packages/cli/stage.ts");

async function run(environment: NodeJS.ProcessEnv, ...words: string[]): Promise<string> {
  const env = { ...process.env, ...stage.environment, ...environment };
  return (
    await promisify(execFile)(process.execPath, [command, ...words, "--config-file", stage.stageFile], {
      cwd: stage.folder,
      env,
    })
  ).stdout;
}
const digestIn = (text: string) => text.trim().split("\n").at(-1) ?? "";

test("what was shown is applied, and something else is not", async () => {
  await expect(run({}, "apply", "local", "--shown", "another")).rejects.toThrow("Nothing was applied");
  expect(await stage.client.studio.v2.flows.list()).toEqual([]);
  const text = await run({}, "preview", "local");
  expect(text).toContain("created");
  expect(text).not.toContain("+15550100101");
  await run({}, "apply", "local", "--shown", digestIn(text));
  expect(await stage.client.studio.v2.flows.list()).toHaveLength(1);
  expect(await run({}, "preview", "local")).toContain("Nothing changes.");
});

test("a preview needs no Twilio and no credentials of it", async () => {
  await stage.configure(supportStage, { authToken: null });
  await stage.stop();
  expect(await run({}, "preview", "local")).toMatch(/^### Stage local\n/);
});
