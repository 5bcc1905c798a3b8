/** What somebody changed past the project, with the real CLI: said in words, changed by nobody, and over once it is put back. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployedStage } from "./deployed/stage.ts";
import type { TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const command = resolve("packages/cli/stage.ts");

/** `npm run stage -- drift local …` */
function drift(...words: string[]): Promise<{ code: number; text: string }> {
  const args = [command, "drift", "local", ...words, "--config-file", stage.stageFile];
  return new Promise((resolve) => {
    const env = { ...process.env, ...stage.environment };
    execFile(process.execPath, args, { cwd: stage.folder, env, maxBuffer: 64e6 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
      resolve({ code, text: stdout + stderr });
    });
  });
}

test("edits by Twilio's own client are named by resource and property, and the account is only read", async () => {
  expect(await drift()).toEqual({ code: 0, text: "local  as deployed\n" });

  const { studio, serverless, conversations } = stage.client;
  const [flow] = await studio.v2.flows.list();
  const { definition } = (await studio.v2.flows(flow?.sid ?? "").fetch()) as { definition: unknown };
  const edited = JSON.parse(
    JSON.stringify(definition).replace("Added support agent", "Somebody is with you"),
  ) as object;
  await studio.v2
    .flows(flow?.sid ?? "")
    .update({ status: "published", commitMessage: "friendlier", definition: edited });
  const [service] = await serverless.v1.services.list();
  const [environment] = await serverless.v1.services(service?.sid ?? "").environments.list();
  const variables = serverless.v1.services(service?.sid ?? "").environments(environment?.sid ?? "").variables;
  const agents = (await variables.list()).find(({ key }) => key === "SUPPORT_AGENTS");
  await serverless.v1
    .services(service?.sid ?? "")
    .environments(environment?.sid ?? "")
    .variables(agents?.sid ?? "")
    .update({ value: "+15550100177" });
  const [address] = await conversations.v1.addressConfigurations.list();
  await conversations.v1.addressConfigurations(address?.sid ?? "").remove();

  const { code, text } = await drift();
  expect(code).toBe(1);
  expect(text).toContain("local  3 resources differ");
  expect(text).toContain(
    '"support-confirmation-message" says "Somebody is with you" instead of "Added support agent"',
  );
  expect(text).toContain('saved as "friendlier"');
  expect(text).toContain('value is "…0177" instead of "…0101"');
  expect(text).toContain("support (twilio:conversations:AddressConfiguration) is no longer at Twilio");
  expect(JSON.parse((await drift("--json")).text)).toMatchObject([{ stage: "local", drifted: [{}, {}, {}] }]);
  expect(await conversations.v1.addressConfigurations.list()).toEqual([]);
});

test("the way out that is said is one", async () => {
  const [flow] = await stage.client.studio.v2.flows.list();
  const revision = stage.client.studio.v2.flows(flow?.sid ?? "").revisions("1");
  const { definition } = (await revision.fetch()) as { definition: object };
  await stage.client.studio.v2
    .flows(flow?.sid ?? "")
    .update({ status: "published", commitMessage: "back", definition });
  const up = await stage.pulumi("up", "--refresh", "--yes", "--skip-preview", "--non-interactive");
  expect(up.code).toBe(0);
  expect(await drift()).toEqual({ code: 0, text: "local  as deployed\n" });
});

test("a stage that cannot be asked is unknown, and not free of drift", async () => {
  await stage.stop();
  const { code, text } = await drift();
  expect(code).toBe(2);
  expect(text).toContain("local  could not be compared:");
  expect(text).toContain("Not compared: local. Whether they have drifted is unknown.");
});
