/** The policy pack, run by the real engine: what is forbidden stops the preview, and says why and what to do. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployedStage } from "../deployed/stage.ts";
import { pulumi } from "../plain-pulumi.ts";

const root = process.cwd();
const pack = join(root, "packages/policy/pulumi-analyzer-support-line");
const program = fileURLToPath(new URL("program", import.meta.url));
let folder: string;
let local: LocalTwilio;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "support-line-"));
  local = await startLocalTwilio({ folder: join(folder, "twilio"), port: 0 });
});
afterAll(async () => {
  await local.close();
  await rm(folder, { recursive: true, force: true });
  await rm(join(program, "Pulumi.prod.yaml"), { force: true });
});

const run = (...words: string[]) =>
  pulumi(
    program,
    {
      PATH: [join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter),
      PULUMI_BACKEND_URL: `file://${folder}`,
      PULUMI_CONFIG_PASSPHRASE: "fictional",
      SUPPORT_LINE_PROJECT: program,
      TWILIO_ACCOUNT_SID: local.accountSid,
      TWILIO_AUTH_TOKEN: local.authToken,
      NO_COLOR: "1",
    },
    ...words,
    "--non-interactive",
  );

test("what is forbidden stops the preview, with its reason and the way out", async () => {
  expect(await run("stack", "init", "prod")).toMatchObject({ code: 0 });
  expect(await run("config", "set", "twilio:endpoint", local.endpoint)).toMatchObject({ code: 0 });
  const { code, stdout } = await run("preview", "--policy-pack", pack);
  expect(code).not.toBe(0);
  expect(stdout).toContain("functions-that-act-are-protected");
  expect(stdout).toContain("Name its file everybody.protected.ts");
  expect(stdout).toContain("what-cannot-be-had-back-is-protected");
  expect(stdout).toContain("pulumi state unprotect");
  // The project's own.
  expect(stdout).toContain("names-of-ours");
  expect(stdout).toContain('Call forbidden "Ours: Forbidden".');
});

test("the stack is within them", async () => {
  await using stage = await deployedStage();
  const words = ["--policy-pack", pack, "--non-interactive"];
  const { code, stdout } = await stage.pulumi("preview", ...words);
  expect({ code, violations: /❌|\[mandatory\].*/.exec(stdout)?.[0] }).toEqual({
    code: 0,
    violations: undefined,
  });
});
