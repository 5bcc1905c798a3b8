/** The provider for those who use nothing else of this project: one bundled file, and a program without our stack. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { bundleProvider } from "@support-line/provider/bundle";
import { exampleConfiguration, readWritten } from "@support-line/provider/examples";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pulumi } from "./plain-pulumi.ts";

const root = process.cwd();

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "provider-alone-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("is one file that starts anywhere, and the CLI reads its schema from it", async () => {
  const alone = join(folder, "bundle");
  await mkdir(alone);
  const executable = join(alone, "pulumi-resource-twilio");
  await bundleProvider(executable);
  expect(await readdir(alone)).toEqual(["pulumi-resource-twilio"]);
  const { code, stdout, stderr } = await pulumi(alone, {}, "package", "get-schema", executable);
  expect([code, stderr]).toEqual([0, ""]);
  const schema = JSON.parse(stdout) as { resources: object; functions: object };
  expect(Object.keys(schema.resources)).toContain("twilio:taskrouter:Workflow");
  expect(Object.keys(schema.functions)).toContain("twilio:studio:getFlow");
});

test("deploys every example of its documentation, and changes nothing the second time", async () => {
  const local = await startLocalTwilio({ folder: join(folder, "twilio-of-examples"), port: 0 });
  // Below the checkout, where the program finds its packages and the provider.
  const program = join(root, "examples", `.run-examples-${process.pid}`);
  try {
    await cp(join(root, "examples/contact-center"), program, { recursive: true });
    await writeFile(join(program, "index.ts"), readWritten().programs["all"]?.typescript ?? "");
    await mkdir(join(program, "dist"));
    await writeFile(join(program, "dist/add-agent.js"), "exports.handler = (c, e, done) => done();");
    await writeFile(join(program, "hours.json"), "{}");
    await mkdir(join(folder, "state-of-examples"));
    const run = async (...words: string[]) => {
      const environment = {
        PULUMI_BACKEND_URL: `file://${join(folder, "state-of-examples")}`,
        PULUMI_CONFIG_PASSPHRASE: "fictional",
        TWILIO_ACCOUNT_SID: local.accountSid,
        TWILIO_AUTH_TOKEN: local.authToken,
      };
      const answer = await pulumi(program, environment, ...words, "--non-interactive");
      expect([answer.code, answer.code === 0 ? "" : answer.stdout + answer.stderr]).toEqual([0, ""]);
    };
    await run("stack", "init", "test");
    await run("config", "set", "twilio:endpoint", local.endpoint);
    for (const [name, value] of Object.entries(await happened(local))) {
      await run("config", "set", name, value);
    }
    for (const [name, isSecret] of exampleConfiguration) {
      if (isSecret) await run("config", "set", "--secret", name, "Fictional-2026");
    }
    await run("up", "--yes", "--skip-preview");
    await run("preview", "--refresh", "--expect-no-changes");
  } finally {
    await local.close();
    await rm(program, { recursive: true, force: true });
  }
});

test("deploys a program that has nothing of our stack, changes nothing the second time, and takes it down", async () => {
  const local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
  // Below the checkout, where the program finds its packages and the provider.
  const program = join(root, "examples", `.run-${process.pid}`);
  try {
    await cp(join(root, "examples/contact-center"), program, { recursive: true });
    await mkdir(join(folder, "state"));
    const environment = {
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "fictional",
      TWILIO_ACCOUNT_SID: local.accountSid,
      TWILIO_AUTH_TOKEN: local.authToken,
    };
    const run = async (...words: string[]) => {
      const answer = await pulumi(program, environment, ...words, "--non-interactive");
      expect([answer.code, answer.code === 0 ? "" : answer.stdout + answer.stderr]).toEqual([0, ""]);
      return answer.stdout;
    };
    await run("stack", "init", "test");
    await run("config", "set", "twilio:endpoint", local.endpoint);
    await run("up", "--yes", "--skip-preview");
    const outputs = JSON.parse(await run("stack", "output", "--json")) as Record<string, string>;
    expect(outputs).toMatchObject({
      workflowSid: expect.stringMatching(/^WW/) as string,
      keySid: expect.stringMatching(/^SK/) as string,
      keySecret: "[secret]",
      notesSid: expect.stringMatching(/^IS/) as string,
    });
    await run("up", "--yes", "--skip-preview", "--refresh", "--expect-no-changes");
    await run("destroy", "--yes", "--skip-preview");
  } finally {
    await local.close();
    await rm(program, { recursive: true, force: true });
  }
});

/** What an example names that no program makes: a room, a session, a call; each as somebody has begun it. */
async function happened(local: LocalTwilio): Promise<Record<string, string>> {
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  const made = async (place: string, form: Readonly<Record<string, string>>) => {
    const body = new URLSearchParams(form);
    const answer = await fetch(`${local.endpoint}/${place}`, {
      method: "POST",
      headers: { authorization },
      body,
    });
    return ((await answer.json()) as { sid: string }).sid;
  };
  const proxyServiceSid = await made("proxy.twilio.com/v1/Services", { UniqueName: "couriers-of-today" });
  return {
    proxyServiceSid,
    sessionSid: await made(`proxy.twilio.com/v1/Services/${proxyServiceSid}/Sessions`, { UniqueName: "one" }),
    roomSid: await made("video.twilio.com/v1/Rooms", { UniqueName: "room" }),
    roomParticipantSid: `PA${"1".repeat(32)}`,
    callSid: `CA${"1".repeat(32)}`,
    shortCodeSid: `SC${"1".repeat(32)}`,
    publicKeyPem: "a fictional key in PEM",
  };
}
