/** What else a local Twilio that was reset means, with the real CLI: a refresh, another port, a stage that is kept and told. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { deployedStage } from "./deployed/stage.ts";
import { supportStage, type TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await deployedStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

const flows = async () => (await stage.client.studio.v2.flows.list()).length;

test("a preview says before that it is deployed anew, and deletes nothing", async () => {
  await stage.control("reset", {});
  const steps = await stage.preview();
  expect(steps.length).toBeGreaterThan(0);
  expect(new Set(steps.map(({ op }) => op))).not.toContain("delete");
});

test("pulumi up --refresh, as npm start runs it, deploys it anew", async () => {
  await stage.control("reset", {});
  const run = await stage.pulumi("up", "--refresh", "--yes", "--skip-preview", "--non-interactive");
  expect(run.stdout + run.stderr).not.toContain("error:");
  expect(run.code).toBe(0);
  expect(await flows()).toBe(1);
});

test("the same local Twilio at another port is where the stage is, also for a refresh", async () => {
  await stage.moveTwilio();
  await stage.configure(supportStage);
  const run = await stage.pulumi("up", "--refresh", "--yes", "--skip-preview", "--non-interactive");
  expect(run.code).toBe(0);
  expect(run.stdout).not.toMatch(/ (created|replaced|deleted)/);
  expect(await flows()).toBe(1);
});

test("a stage that says it is elsewhere is refused by name, and so is a region", async () => {
  await stage.configure({ ...supportStage, "twilio:region": "ie1", "twilio:endpoint": null });
  const run = await stage.pulumi("preview", "--non-interactive");
  expect(run.code).not.toBe(0);
  expect(run.stdout + run.stderr).toMatch(/this stack was deployed to http:.*would be Twilio itself/s);
  await stage.configure(supportStage);
});

/** The commands that a message has in backquotes, with their variables. */
function commandsIn(text: string) {
  const found = text.matchAll(/`((?:[A-Z_]+=\S+ )*)npx pulumi ([^`]+) -s local`/g);
  return Array.from(found, ([, variables = "", words = ""]) => ({
    environment: Object.fromEntries(
      variables
        .trim()
        .split(" ")
        .filter(Boolean)
        .map((each) => each.split("=") as [string, string]),
    ),
    words: words.split(" "),
  }));
}

test("a stage that has something to keep is told of a reset, and the way out that is said is one", async () => {
  const kept = { ...supportStage, "twilio:deletable": null };
  await stage.configure(kept);
  await stage.up();
  await stage.control("reset", {});
  const { code, stdout, stderr } = await stage.pulumi("up", "--yes", "--skip-preview", "--non-interactive");
  expect(code).not.toBe(0);
  const [up] = commandsIn(stdout + stderr);
  expect(up?.words).toEqual(["up", "--refresh"]);
  const words = [...(up?.words ?? []), "--yes", "--skip-preview", "--non-interactive"];
  const run = await stage.pulumiIn(up?.environment ?? {}, ...words);
  expect(run.code, run.stdout + run.stderr).toBe(0);
  expect(await flows()).toBe(1);
  await stage.configure(supportStage);
  await stage.up();
});

test("of a stage of which everything was deleted by hand, one error says so, and its way out is one", async () => {
  const { studio, serverless, conversations } = stage.client;
  for (const { sid } of await studio.v2.flows.list()) await studio.v2.flows(sid).remove();
  for (const { sid } of await serverless.v1.services.list()) await serverless.v1.services(sid).remove();
  for (const { sid } of await conversations.v1.addressConfigurations.list()) {
    await conversations.v1.addressConfigurations(sid).remove();
  }
  for (const { friendlyName, sid } of await conversations.v1.services.list()) {
    if (friendlyName === "support-line-local") await conversations.v1.services(sid).remove();
  }
  const { code, stdout, stderr } = await stage.pulumi(
    "refresh",
    "--yes",
    "--skip-preview",
    "--non-interactive",
  );
  expect(code).not.toBe(0);
  expect(stderr + stdout).toContain("Twilio has none of the");
  const [refresh] = commandsIn(stdout + stderr);
  const run = await stage.pulumiIn(
    refresh?.environment ?? {},
    ...(refresh?.words ?? []),
    "--yes",
    "--skip-preview",
    "--non-interactive",
  );
  expect(run.code, run.stdout + run.stderr).toBe(0);
  await stage.up();
  expect(await flows()).toBe(1);
});

test("destroy of a stage whose Twilio was reset ends well", async () => {
  await stage.control("reset", {});
  await stage.destroy();
});
