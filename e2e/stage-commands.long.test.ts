/** What people ask of a deployed stage: how it is, and to forget somebody. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationsOf } from "./conversations-of.ts";
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";
import type { TestStage } from "./stage.ts";

const line = "+15550100001";
let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const command = resolve("packages/cli/stage.ts");

/** `npm run stage -- …`, and what it prints. */
async function run(...words: string[]): Promise<string> {
  const env = { ...process.env, ...stage.environment, TWILIO_AUTH_TOKEN: stage.twilio.authToken };
  // Who is hurt is said with exit code 1.
  return new Promise((said, refused) => {
    execFile(process.execPath, [command, ...words], { cwd: stage.folder, env }, (error, stdout) => {
      if (error === null || error.code === 1) said(stdout);
      else refused(new Error(error.message, { cause: error }));
    });
  });
}
const json = async (...words: string[]): Promise<unknown> => JSON.parse(await run(...words, "--json"));
const phone = (address: string) => new LocalPhone(stage.twilio.endpoint, address);

test("status says what is deployed, who talks, who is free and what failed", async () => {
  await phone("+15550100201").says(line, "support");
  expect(await json("status", "local")).toMatchObject({
    stage: "local",
    deployed: { buildSid: expect.stringMatching(/^ZB/) as string },
    lines: [{ name: "support", address: line, pairs: 3, busy: 1 }],
    drift: [],
    conversations: { open: 1 },
    hurt: { findings: [] },
  });
  await phone("+15550100202").says(line, "support");
  await phone("+15550100203").says(line, "support");
  await phone("+15550100204").says(line, "support");
  const text = await run("status", "local");
  expect(text).toContain("0 of 3 pairs of agent and number free");
  expect(text).toContain("4 open Conversations");
  expect(text).toMatch(/81017 in widget add-support-agent: .*one customer, one time/);
  expect(text).toMatch(/next: npm run stage -- why local FN\w{32}/);
  expect(text).not.toContain("+15550100201");
});

test("status names a Flow that somebody edited in Studio's editor", async () => {
  const [flow] = await stage.client.studio.v2.flows.list();
  await stage.client.studio.v2
    .flows(flow?.sid ?? "")
    .update({ status: "published", commitMessage: "a quick fix" });
  expect(await run("status", "local")).toMatch(
    /drift +the Flow of line support is at revision \d+, .*"a quick fix"/,
  );
});

test("forget says what there is of a customer, and deletes it when told to", async () => {
  const customer = "+15550100205";
  await phone(customer).says(line, "my name is Jo");
  const before = await json("forget", "local", "--address", customer);
  expect(before).toMatchObject({ deleted: false, conversations: 1, executions: 1 });
  expect(await conversationsOf(stage.client, customer)).toHaveLength(1);
  expect(await json("forget", "local", "--address", customer, "--yes")).toEqual({
    ...(before as object),
    deleted: true,
  });
  expect(await conversationsOf(stage.client, customer)).toEqual([]);
  expect(await json("forget", "local", "--address", customer)).toMatchObject({
    conversations: 0,
    executions: 0,
    messages: 0,
  });
});

test("forget refuses what is not an address, by name", async () => {
  await expect(run("forget", "local", "--address", "15550100205")).rejects.toThrow(
    "15550100205 is not an address",
  );
});
