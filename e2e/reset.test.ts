/** A local Twilio that was reset, with the real CLI: the local stage is deployed anew by itself, another stage is told. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { callsDuring } from "./calls.ts";
import { supportStage, TestStage } from "./stage.ts";

let stage: TestStage;
beforeAll(async () => {
  stage = await TestStage.create();
  await stage.up();
});
afterAll(() => stage[Symbol.asyncDispose]());

const flows = async () => (await stage.client.studio.v2.flows.list()).length;

test("pulumi up deploys a local Twilio anew that was reset, and the next one has nothing to do", async () => {
  await stage.control("reset", {});
  const steps = await stage.preview();
  expect(new Set(steps.map(({ op }) => op))).not.toContain("delete");
  await stage.up();
  expect(await flows()).toBe(1);
  expect(await stage.preview()).toEqual([]);
  expect(await callsDuring(stage, () => stage.up())).toEqual([]);
});

test("so does pulumi up --refresh, as npm start runs it", async () => {
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

test("destroy of a stage whose Twilio was reset ends well", async () => {
  await stage.control("reset", {});
  await stage.destroy();
});
