/** A project of another kind: a Flow that takes calls, one Function, nobody who answers. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { foreignClient } from "./foreign-client.ts";
import { ProjectCopy } from "./project-copy.ts";

const line = "+15550100001";
let project: ProjectCopy;
let twilio: LocalTwilio;

beforeAll(async () => {
  project = await ProjectCopy.create({}, "hotline");
  twilio = await startLocalTwilio({ folder: join(project.folder, "twilio"), port: 0 });
  const file = join(project.folder, "Pulumi.local.yaml");
  const text = await readFile(file, "utf8");
  await writeFile(file, text.replace("http://127.0.0.1:4010", twilio.endpoint));
});
afterAll(async () => {
  await twilio.close();
  await project[Symbol.asyncDispose]();
});

test("its own conversations are tests, run as a project's npm test runs them", async () => {
  await expect(project.ownTests()).resolves.toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/Tests .*\b2 passed/) as string,
  });
});

test("somebody who points the number's calls elsewhere is noticed, and what else the number does is theirs", async () => {
  const stack = ["--yes", "--skip-preview", "--non-interactive", "-s", "local"];
  expect(await project.pulumi("up", ...stack)).toMatchObject({ code: 0 });
  expect(await project.stage(["drift", "local"])).toMatchObject({ code: 0, stdout: "local  as deployed\n" });
  const client = foreignClient(twilio);
  const [found] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  const number = client.incomingPhoneNumbers(found?.sid ?? "");
  await number.update({ voiceUrl: "https://elsewhere.example/", smsUrl: "https://sms.example/" });
  const { code, stdout } = await project.stage(["drift", "local"]);
  expect(code).toBe(1);
  expect(stdout).toContain("snow (twilio:api:IncomingPhoneNumber) is otherwise at Twilio\n    voiceUrl is");
  expect(stdout).not.toContain("sms.example");
  const preview = await project.pulumi("preview", "--refresh", "--diff", "--non-interactive", "-s", "local");
  expect(preview.stdout).toContain("elsewhere.example");
  expect(await project.pulumi("up", "--refresh", ...stack)).toMatchObject({ code: 0 });
  expect(await number.fetch()).toMatchObject({ voiceUrl: found?.voiceUrl, smsUrl: "https://sms.example/" });
});
