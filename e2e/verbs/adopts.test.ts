/** A line that others made, taken into code with the real CLI; the rest of its life is in `adopt.long.test.ts`. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationEntry, deployedProject, functionAt, greetingFlow } from "../adopted/foreign-account.ts";
import { callsDuring } from "../calls.ts";
import { ProjectCopy } from "../project-copy.ts";
import { foreignClient } from "../foreign-client.ts";

let folder: string;
let twilio: LocalTwilio;
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "adopts-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  copy = await ProjectCopy.create({
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
  await deployedProject({ ...twilio, folder });
  const client = foreignClient(twilio);
  const definition = greetingFlow(await functionAt(client, "/greet"));
  await conversationEntry(client, { address: "+15550100004", definition });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

test("adopt: only reads, and after pulumi import nothing changes", async () => {
  const calls = await callsDuring({ twilio }, async () => {
    const words = ["adopt", "prod", "--name", "helpline", "--endpoint", twilio.endpoint];
    expect(await copy.stage(words)).toMatchObject({ code: 0, stderr: "" });
  });
  expect(calls.filter(({ method }) => method !== "GET")).toEqual([]);
  const file = ["--file", "Pulumi.prod.import.json", "--generate-code=false", "--protect=false"];
  const stage = ["-s", "prod", "--non-interactive"];
  expect(await copy.pulumi("import", ...file, "--yes", ...stage)).toMatchObject({ code: 0 });
  expect(await copy.pulumi("preview", "--expect-no-changes", ...stage)).toMatchObject({ code: 0 });
});
