/** A stage from nothing with the real CLI: its file, and a first roll-out; more of both is in `rollout.long.test.ts`. */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProjectCopy } from "../project-copy.ts";
import { foreignClient } from "../foreign-client.ts";

let folder: string;
let twilio: LocalTwilio;
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "begins-"));
  twilio = await startLocalTwilio({ folder, port: 0 });
  copy = await ProjectCopy.create({ TWILIO_AUTH_TOKEN: twilio.authToken });
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await twilio.close();
  await rm(folder, { recursive: true, force: true });
});

test("new, check and rollout", async () => {
  const line = ["--address", "+15550100001", "--agents", "ada=+15550100101"];
  const account = ["--account", twilio.accountSid, "--endpoint", twilio.endpoint];
  expect(await copy.stage(["new", "first", "--yes", ...account, ...line])).toMatchObject({ code: 0 });
  expect(await copy.stage(["check", "first"])).toMatchObject({ code: 0 });
  expect(await copy.pulumi("stack", "init", "first", "--no-select")).toMatchObject({ code: 0 });
  const { code, stdout } = await copy.stage(["rollout", "first", "--yes"]);
  expect(stdout).toMatch(/^first {2}deployed .* \d+ created/);
  expect(code).toBe(0);
  expect(await foreignClient(twilio).studio.v2.flows.list()).toHaveLength(1);
});
