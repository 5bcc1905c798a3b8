/** Drift of a line that was there before the project: what it took over is watched, what it left to others is not. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio } from "twilio";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployedProject, functionAt, greetingFlow } from "./adopted/foreign-account.ts";
import { ProjectCopy } from "./project-copy.ts";
import { foreignClient } from "./foreign-client.ts";

const line = "+15550100005";

let folder: string;
let twilio: LocalTwilio;
let client: Twilio;
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "drift-adopted-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  client = foreignClient(twilio);
  copy = await ProjectCopy.create({
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
  });
  await deployedProject({ ...twilio, folder });
  const flow = await client.studio.v2.flows.create({
    friendlyName: "By number",
    status: "published",
    commitMessage: "by hand",
    definition: greetingFlow(await functionAt(client, "/greet"), ["incomingMessage"]),
  });
  const smsUrl = `https://webhooks.twilio.com/v1/Accounts/${twilio.accountSid}/Flows/${flow.sid}`;
  await (await number()).update({ smsUrl, voiceUrl: "https://voice.example/" });
  const words = ["adopt", "prod", "--endpoint", twilio.endpoint, "--address", line, "--name", "byweb"];
  expect(await copy.stage(words)).toMatchObject({ code: 0 });
  const file = ["--file", "Pulumi.prod.import.json", "--generate-code=false", "--protect=false"];
  expect(await copy.pulumi("import", ...file, "--yes", "-s", "prod", "--non-interactive")).toMatchObject({
    code: 0,
  });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

const nonstop = ["--yes", "--skip-preview", "-s", "prod", "--non-interactive"];

async function number() {
  const [found] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  if (found === undefined) throw new Error(`there is no ${line}`);
  return client.incomingPhoneNumbers(found.sid);
}

test("a line that was adopted is as it was found", async () => {
  expect(await copy.stage(["drift", "prod"])).toEqual({ code: 0, stdout: "prod  as deployed\n", stderr: "" });
});

test("once deployed, the number's webhook is the line's, its voice is not", async () => {
  expect(await copy.pulumi("up", ...nonstop)).toMatchObject({ code: 0 });
  await (await number()).update({ voiceUrl: "https://other.example/", smsUrl: "https://elsewhere.example/" });
  const { code, stdout } = await copy.stage(["drift"]);
  expect(code).toBe(1);
  expect(stdout).toContain("byweb (twilio:api:IncomingPhoneNumber) is otherwise at Twilio\n    smsUrl is");
  expect(stdout).not.toContain("other.example");
  const fixed = await copy.pulumi("up", "--refresh", ...nonstop);
  expect(fixed).toMatchObject({ code: 0 });
  expect(await (await number()).fetch()).toMatchObject({ voiceUrl: "https://other.example/" });
  expect(await copy.stage(["drift"])).toMatchObject({ code: 0 });
});
