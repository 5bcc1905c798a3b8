/**
 * Many accounts with the same stack, each a local Twilio of its own, with the real CLI: new stages, shown, rolled out, stopped
 * at the first that fails, and gone on with.
 */
import { startLocalTwilio, type LocalTwilio } from "@support-line/local-twilio";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProjectCopy } from "./project-copy.ts";
import { foreignClient } from "./foreign-client.ts";

const stages = ["customer-a", "customer-b", "customer-c"];

let folder: string;
let twilios: LocalTwilio[];
let copy: ProjectCopy;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "rollout-"));
  twilios = await Promise.all(
    stages.map((each) => startLocalTwilio({ folder: join(folder, each), port: 0 })),
  );
  const [first] = twilios;
  copy = await ProjectCopy.create({ TWILIO_AUTH_TOKEN: first?.authToken ?? "" });
  for (const [at, stage] of stages.entries()) {
    const { accountSid = "", endpoint = "" } = twilios[at] ?? {};
    // The three accounts are called the same here, and a number of one account has one answer.
    const line = ["--address", `+1555010000${at + 1}`, "--agents", "ada=+15550100101"];
    const words = ["--account", accountSid, "--endpoint", endpoint, ...line];
    const made = await copy.stage(["new", stage, "--yes", ...words]);
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(await copy.pulumi("stack", "init", stage, "--no-select")).toMatchObject({ code: 0 });
  }
});
afterAll(async () => {
  await copy[Symbol.asyncDispose]();
  await Promise.all(twilios.map((each) => each.close()));
  await rm(folder, { recursive: true, force: true });
});

const rollout = (...words: string[]) => copy.stage(["rollout", ...words]);
const flowsAt = (at: number) => {
  const twilio = twilios[at];
  return twilio === undefined ? Promise.resolve([]) : foreignClient(twilio).studio.v2.flows.list();
};

test("a new stage is never written over, and is fine at once", async () => {
  const before = await readFile(join(copy.folder, "Pulumi.customer-a.yaml"), "utf8");
  const again = await copy.stage(["new", "customer-a", "--yes"]);
  expect(again).toMatchObject({ code: 2 });
  expect(again.stderr).toContain("Pulumi.customer-a.yaml exists already, and nothing was written");
  expect(await readFile(join(copy.folder, "Pulumi.customer-a.yaml"), "utf8")).toBe(before);
  expect(await copy.stage(["check"])).toMatchObject({ code: 0 });
});

test("a stage file with a fault stops it before anybody is asked anything", async () => {
  const file = join(copy.folder, "Pulumi.customer-b.yaml");
  const good = await readFile(file, "utf8");
  await writeFile(file, good.replace("+15550100002", "15550100002"));
  const { code, stderr } = await rollout("customer-*", "--yes");
  expect(code).toBe(1);
  expect(stderr).toContain("is digits without a plus");
  expect(stderr).toContain("To fix: customer-b.");
  await writeFile(file, good);
});

test("it stops at the first that fails, and says of each how it came out", async () => {
  const file = join(copy.folder, "Pulumi.customer-b.yaml");
  const good = await readFile(file, "utf8");
  await writeFile(file, good.replace(/endpoint: .*/, "endpoint: http://127.0.0.1:9"));
  const { code, stdout, stderr } = await rollout("customer-*", "--yes", "--at-once", "1");
  expect(stdout).toMatch(/^customer-a {2}deployed {5} *[\d.]+ s {2}\d+ created\ncustomer-b {2}FAILED/);
  expect(stdout).toMatch(/customer-c {2}not started\n\ncustomer-b: .*127\.0\.0\.1:9/s);
  expect(stderr).toContain("Stopped: customer-b failed, and no other stage was started.");
  expect(code).toBe(1);
  expect(await Promise.all([0, 1, 2].map(async (at) => (await flowsAt(at)).length))).toEqual([1, 0, 0]);
  await writeFile(file, good);
});

test("what was shown is rolled out, and another digest is not", async () => {
  const shown = await rollout("customer-c");
  expect(shown.stdout).toMatch(/^customer-c {2}previewed .* \d+ created\n[0-9a-f]{64}\n$/);
  expect((await rollout("customer-c", "--shown", "0")).stderr).toContain("Nothing was applied");
  expect(await flowsAt(2)).toEqual([]);
  const digest = shown.stdout.trim().split("\n").at(-1) ?? "";
  expect(await rollout("customer-c", "--shown", digest)).toMatchObject({ code: 0 });
  expect(await flowsAt(2)).toHaveLength(1);
}, 240_000);

test("run again, it goes on where it stopped", async () => {
  const { code, stdout } = await rollout("customer-*", "--yes", "--at-once", "3", "--json");
  expect(code).toBe(0);
  const { stages: outcomes } = JSON.parse(stdout) as { stages: { stage: string; steps: unknown[] }[] };
  expect(outcomes.map(({ stage, steps }) => [stage, steps.length > 0])).toEqual([
    ["customer-a", false],
    ["customer-b", true],
    ["customer-c", false],
  ]);
  expect(await Promise.all([0, 1, 2].map(async (at) => (await flowsAt(at)).length))).toEqual([1, 1, 1]);
}, 240_000);
