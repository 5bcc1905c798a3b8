import { expect, test } from "vitest";
import { localAccountSid, readStage } from "./stage.ts";
import { neededFunctions } from "./needed-functions.ts";
import { smallProject } from "./testing/projects.ts";

const stageWith = (flow: string, keys: Readonly<Record<string, unknown>> = {}) =>
  readStage("my-line", "local", {
    accountSid: localAccountSid,
    lines: [{ name: "support", channel: "sms", address: "+15550100001", flow, agents: ["ada"] }],
    agents: [{ name: "ada", address: "+15550100101" }],
    ...keys,
  });

test("a stage deploys what its Flows run and what Twilio calls, and nothing else", async () => {
  expect([...(await neededFunctions(smallProject, stageWith("support")))].sort()).toEqual([
    "add-support-agent",
    "reattach-flow",
  ]);
  expect(await neededFunctions(smallProject, stageWith("flex", { flex: {} }))).toContain("task-ended");
});

test("a line that hands over to Flex needs a stage that has it, and the other way round", async () => {
  await expect(neededFunctions(smallProject, stageWith("flex"))).rejects.toThrow(
    'my-line:lines[0].flow "flex" hands over to Flex, but this stage has no key flex; add it',
  );
  await expect(neededFunctions(smallProject, stageWith("support", { flex: {} }))).rejects.toThrow(
    "my-line:flex is there, and no line hands over to it",
  );
});
