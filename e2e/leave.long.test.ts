/** Leaving with a stage of the project's own: the unmodified Serverless Toolkit goes on with it. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployWithToolkit } from "./adopted/foreign-account.ts";
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";
import type { TestStage } from "./stage.ts";

const line = "+15550100001";
let stage: TestStage;
let out: string;
beforeAll(async () => {
  stage = await deployedStage();
  out = await mkdtemp(join(tmpdir(), "left-"));
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(out, { recursive: true, force: true });
});

const phone = (address: string) => new LocalPhone(stage.twilio.endpoint, address);

/** What a customer who asks for support, and the agent, read. */
async function supported(address: string): Promise<{ customer: string[]; agent: string[] }> {
  const [customer, agent] = [phone(address), phone("+15550100101")];
  await agent.heard();
  await customer.says(line, "support");
  const read = async (each: LocalPhone) => (await each.heard()).map(({ body }) => body);
  return { customer: await read(customer), agent: await read(agent) };
}

const command = resolve("packages/cli/stage.ts");

test("a stage without a file is named", async () => {
  const env = { ...process.env, ...stage.environment };
  const words = [command, "leave", "nowhere", "--out", join(out, "none")];
  await expect(
    promisify(execFile)(process.execPath, words, { cwd: stage.folder, env }),
  ).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^Pulumi\.nowhere\.yaml has one thing to fix.*\n.*has no file\n$/,
    ) as string,
  });
});

test("the folder deploys into the Service that runs the stage, and customers notice nothing", async () => {
  const before = await supported("+15550100321");
  const env = { ...process.env, ...stage.environment };
  const { stdout } = await promisify(execFile)(process.execPath, [command, "leave", "local", "--out", out], {
    cwd: stage.folder,
    env,
  });
  expect(stdout).toContain("functions/add-support-agent.protected.js");
  const { name } = JSON.parse(await readFile(join(out, "package.json"), "utf8")) as { name: string };
  expect(name).toBe("support-line-local");
  expect(await readFile(join(out, "functions/add-support-agent.protected.js"), "utf8")).not.toContain(
    "sourceMappingURL",
  );
  expect(await readFile(join(out, ".env.example"), "utf8")).not.toContain("+1555");

  const local = { ...stage.twilio, folder: stage.twilioFolder };
  await deployWithToolkit(local, out, "--override-existing-project", "--production", "--runtime", "node22");
  const services = await stage.client.serverless.v1.services.list();
  expect(services.map(({ uniqueName }) => uniqueName)).toEqual(["support-line-local"]);
  const versions = await stage.client.serverless.v1.services(services[0]?.sid ?? "").builds.list();
  expect(versions.length).toBeGreaterThan(1);
  const after = await supported("+15550100322");
  expect(after.customer).toEqual(before.customer);
  expect(after.agent).toHaveLength(before.agent.length);
});
