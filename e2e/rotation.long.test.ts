/** Credentials that are rotated between two deployments, with the real CLI: what the state recorded opens nothing any more. */
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { supportStage, TestStage } from "./stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = await TestStage.create();
});
afterEach(() => stage[Symbol.asyncDispose]());

type Variables = Readonly<Record<string, string>>;
const yes = ["--yes", "--skip-preview", "--non-interactive"];

/** Runs a command of Pulumi's that must go well. */
async function well(environment: Variables, ...words: string[]): Promise<string> {
  const run = await stage.pulumiIn(environment, ...words, ...yes);
  expect(run.code, run.stdout + run.stderr).toBe(0);
  return run.stdout;
}

/** `npm run stage -- drift local` */
const drift = (environment: Variables) =>
  stageCommand(environment, "drift", "local", "--config-file", stage.stageFile);

/** `npm run stage -- …`, and what it says. */
function stageCommand(environment: Variables, ...given: string[]): Promise<string> {
  const words = [resolve("packages/cli/stage.ts"), ...given];
  const env = { ...process.env, ...stage.environment, ...environment };
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: stage.folder, env }, (_, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
}

interface ProviderState {
  readonly type: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

/** What the state has of the provider, as text. */
async function recordedProvider(): Promise<string> {
  const file = new URL(`${stage.environment["PULUMI_BACKEND_URL"]}/.pulumi/stacks/support-line/local.json`);
  const { checkpoint } = JSON.parse(await readFile(file, "utf8")) as {
    checkpoint: { latest: { resources: readonly ProviderState[] } };
  };
  const found = checkpoint.latest.resources.find(({ type }) => type === "pulumi:providers:twilio");
  return JSON.stringify([found?.inputs, found?.outputs]);
}

/** A stage goes on with other credentials than it was deployed with. */
async function goesOn(environment: Variables = {}): Promise<void> {
  expect(await recordedProvider()).not.toMatch(/authToken|apiKey|apiSecret/);
  expect(await drift(environment)).toBe("local  as deployed\n");
  expect(await well(environment, "up", "--refresh")).toMatch(/Resources:\s+\d+ unchanged/);
  await well(environment, "destroy");
  expect(await stage.client.studio.v2.flows.list()).toEqual([]);
}

async function rotateToken(): Promise<void> {
  const { accounts } = stage.client;
  await accounts.v1.secondaryAuthToken().create();
  await accounts.v1.authTokenPromotion().update();
}

test("an auth token in the stage's file", async () => {
  await stage.up();
  await rotateToken();
  await stage.configure(supportStage);
  await goesOn();
});

test("an auth token of the environment", async () => {
  await stage.configure(supportStage, { authToken: null });
  await well({ TWILIO_AUTH_TOKEN: stage.twilio.authToken }, "up");
  await rotateToken();
  await goesOn({ TWILIO_AUTH_TOKEN: stage.twilio.authToken });
});

test("an API key in the stage's file, in the place of a token", async () => {
  await stage.up();
  await rotateToken();
  const { sid, secret } = await stage.client.iam.v1.newApiKey.create({
    accountSid: stage.twilio.accountSid,
  });
  const key = { "twilio:apiKey": sid, "twilio:apiSecret": secret };
  await stage.configure({ ...supportStage, ...key }, { authToken: null });
  // Set to nothing, as a workflow sets a secret that is not there, is not set.
  const nothing = { TWILIO_API_KEY: "", TWILIO_API_SECRET: "", TWILIO_AUTH_TOKEN: "" };
  expect(await stageCommand(nothing, "status", "local")).toContain("revision");
  await goesOn();
});

test("an API key of the environment that is followed by another", async () => {
  const { accountSid } = stage.twilio;
  const newKey = async () => {
    const { sid, secret } = await stage.client.iam.v1.newApiKey.create({ accountSid });
    return { TWILIO_API_KEY: sid, TWILIO_API_SECRET: secret };
  };
  await stage.configure(supportStage, { authToken: null });
  const first = await newKey();
  await well(first, "up");
  const second = await newKey();
  await stage.client.iam.v1.apiKey(first.TWILIO_API_KEY).remove();
  await goesOn(second);
});
