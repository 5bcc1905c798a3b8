/** One run of each command that looks at a deployed stage, with the real CLI; what else they meet is in the long tests. */
import type { FlowDefinition } from "@support-line/studio";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { stageCommand, studioCommand } from "../commands.ts";
import { deployedStage } from "../deployed/stage.ts";
import { LocalPhone } from "../local-world.ts";
import type { TestStage } from "../stage.ts";

const [line, customer] = ["+15550100001", "+15550100201"];
const edited = "Somebody is with you.";
let stage: TestStage;
let folder: string;
beforeAll(async () => {
  stage = await deployedStage();
  folder = await mkdtemp(join(tmpdir(), "support-line-looks-"));
  await new LocalPhone(stage.twilio.endpoint, customer).says(line, "support");
  const [flow] = await stage.client.studio.v2.flows.list();
  const place = stage.client.studio.v2.flows(flow?.sid ?? "");
  const definition = (await place.fetch()).definition as FlowDefinition;
  const states = definition.states.map((state) =>
    state.name === "support-confirmation-message"
      ? { ...state, properties: { ...state.properties, body: edited } }
      : state,
  );
  await place.update({ status: "published", commitMessage: "kinder", definition: { ...definition, states } });
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

test("status: nobody is hurt, who talks, and whose edit is there", async () => {
  const { code, text } = await stageCommand(stage, "status", "local");
  expect(text).toContain("Nobody is being hurt.");
  expect(text).toMatch(/line support: one Execution in the last day/);
  expect(text).toContain("1 open Conversation");
  expect(text).toMatch(/drift +the Flow of line support is at revision \d+, .*"kinder"/);
  expect(code).toBe(0);
});

test("logs: what happened, and which revision was published in between", async () => {
  const { code, text } = await stageCommand(stage, "logs", "local");
  expect(text).toMatch(/line support, …0201, FN\w+: Trigger > check-support > add-support-agent > .*; ended/);
  expect(text).toMatch(/published +revision \d+ of line support at .* \("kinder"\)/);
  expect(text).not.toMatch(/\+1?5550100201/);
  expect(code).toBe(0);
});

test("why: one conversation as a story", async () => {
  const [flow] = await stage.client.studio.v2.flows.list();
  const [{ sid = "" } = {}] = await stage.client.studio.v2.flows(flow?.sid ?? "").executions.list();
  const { code, text } = await stageCommand(stage, "why", "local", sid);
  expect(text).toContain('…0201 wrote "support"');
  expect(text).toContain("with ada");
  expect(text).toContain("Nothing failed:");
  expect(code).toBe(0);
});

test("doctor: whose credentials, which numbers, who answers them", async () => {
  const { code, text } = await stageCommand(stage, "doctor", "local");
  expect(text).toMatch(/fine +credentials +the account's auth token opens account AC10ca…0001/);
  expect(text).toMatch(/fine +numbers +line support has all of its numbers/);
  expect(text).toMatch(
    /fine +webhooks +line support: address configuration IG\w+ opens Conversations for Flow FW/,
  );
  expect(text).toMatch(/fine +journal/);
  expect(text).not.toMatch(/wrong/);
  expect(code).toBe(0);
});

test("drift: what was edited, resource by resource", async () => {
  const { code, text } = await stageCommand(stage, "drift", "local", "--config-file", stage.stageFile);
  expect(text).toContain(`"support-confirmation-message" says "${edited}"`);
  expect(code).toBe(1);
});

test("pull: the edit as the template has it", async () => {
  const out = join(folder, "support.json");
  const { code, text } = await studioCommand(stage, "pull", "support", "--stage", "local", "--out", out);
  expect(text).toContain(`"support-confirmation-message" says "${edited}"`);
  expect(code).toBe(0);
  expect(await readFile(out, "utf8")).toContain(edited);
});

test("leave: a folder that the Serverless Toolkit goes on with", async () => {
  const out = join(folder, "left");
  expect(await stageCommand(stage, "leave", "local", "--out", out)).toMatchObject({ code: 0 });
  expect(await readFile(join(out, "functions/add-support-agent.protected.js"), "utf8")).toContain("handler");
});

test("forget: what there is of a customer, deleted when told to", async () => {
  const words = ["forget", "local", "--address", customer, "--json", "--yes"];
  const { code, text } = await stageCommand(stage, ...words);
  expect(JSON.parse(text)).toMatchObject({ deleted: true, conversations: 1, executions: 1 });
  expect(code).toBe(0);
});

test("status of all stages: exit code 1 when somebody is hurt, and the next command", async () => {
  const unreachable = "+15550100202";
  await stage.control(`handsets/${encodeURIComponent(unreachable)}/rules`, {
    rules: [{ outcome: "undelivered", errorCode: 30003 }],
  });
  await new LocalPhone(stage.twilio.endpoint, unreachable).says(line, "support");
  const { code, text } = await stageCommand(stage, "status");
  expect(text).toContain("Somebody is being hurt");
  expect(text).toMatch(/30003 in messages to phones \(the last to …0202\): The receiver's phone is off/);
  expect(text).toMatch(/next: npm run stage -- why local CH[0-9a-f]{32}/);
  expect(code).toBe(1);
});
