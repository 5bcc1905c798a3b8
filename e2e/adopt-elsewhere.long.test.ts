/** What was adopted in one account is deployed into another from the same files, as new things under the same names. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationEntry, deployedProject, functionAt, greetingFlow } from "./adopted/foreign-account.ts";
import { ProjectCopy } from "./project-copy.ts";
import { foreignClient } from "./foreign-client.ts";
import { LocalPhone } from "./local-world.ts";

const line = "+15550100004";

let folder: string;
let one: LocalTwilio;
let other: LocalTwilio;
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "adopt-elsewhere-"));
  one = await startLocalTwilio({ folder: join(folder, "one"), port: 0 });
  other = await startLocalTwilio({ folder: join(folder, "other"), port: 0 });
  copy = await ProjectCopy.create({
    TWILIO_ACCOUNT_SID: one.accountSid,
    TWILIO_AUTH_TOKEN: one.authToken,
  });
  const client = foreignClient(one);
  await deployedProject({ ...one, folder: join(folder, "one") });
  const definition = greetingFlow(await functionAt(client, "/greet"));
  await conversationEntry(client, { address: line, definition });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await Promise.all([one.close(), other.close()]);
  await rm(folder, { recursive: true, force: true });
});

test("the line works there, with Functions, Variables and secrets of its own", async () => {
  const adopted = await copy.stage(["adopt", "prod", "--name", "helpline", "--endpoint", one.endpoint]);
  expect(adopted.stderr).toBe("");
  const text = await readFile(join(copy.folder, "Pulumi.prod.yaml"), "utf8");
  const dev = text
    .replaceAll(one.endpoint, other.endpoint)
    .replace("GREETING: hello", "GREETING: hey")
    // Secrets and their salt are each stack's own.
    .replace(/ {2}support-line:secrets:[^]*/, "");
  await writeFile(join(copy.folder, "Pulumi.dev.yaml"), dev);
  for (const words of [
    ["stack", "init", "dev", "--no-select"],
    ["config", "set", "--secret", "--path", "support-line:secrets.CRM_TOKEN", "another", "-s", "dev"],
    ["up", "--yes", "--skip-preview", "-s", "dev"],
  ]) {
    const run = await copy.pulumi(...words, "--non-interactive");
    expect(run.code, run.stdout + run.stderr).toBe(0);
  }
  const customer = new LocalPhone(other.endpoint, "+15550100331");
  await customer.says(line, "hi");
  expect(await customer.heard()).toEqual([{ from: line, body: "hey, you said: hi" }]);
});
