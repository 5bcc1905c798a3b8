import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkStage } from "./check.ts";
import { pairsOf } from "./pairs.ts";
import { projectWith, smallProject } from "./testing/projects.ts";

test("a stage that is fine says how many customers its lines carry at once", async () => {
  expect(await checkStage(smallProject, "local")).toEqual({
    stage: "local",
    faults: [],
    lines: [{ name: "support", flow: "support", agents: 1, proxies: 2, atOnce: 2, boundByPath: [] }],
  });
});

test("placeholders are named by key and value", async () => {
  const check = await checkStage(smallProject, "dev");
  expect(check.faults[0]).toMatch(/^Pulumi\.dev\.yaml:2: accountSid "AC0+" is a placeholder/);
});

test("a stage without a file is a fault of its own", async () => {
  const { faults } = await checkStage(smallProject, "nowhere");
  expect(faults).toEqual(["* is not there: the stage has no file"]);
});

test("a pair is an agent and a proxy of the same channel, agents of queues among them, once each", () => {
  const agent = (address: string) => ({ name: address, address, languages: [] });
  const [ada, wanda] = [agent("+15550100101"), agent("whatsapp:+15550100102")];
  const proxies = ["+15550100001", "+15550100002", "whatsapp:+15550100001"];
  const queues = [{ name: "billing", keyword: "bill", agents: [ada] }];
  expect(pairsOf({ agents: [ada, wanda], queues, proxies })).toHaveLength(3);
});

const agentFunction = "functions/add-support-agent.protected.ts";

test("a Function that a Flow runs and nobody has written is a fault of the line", async () => {
  const { faults } = await checkStage(projectWith({ [agentFunction]: undefined }), "local");
  expect(faults).toEqual([
    "line support: flow-templates/support.json:63: widget add-support-agent runs the Function add-support-agent, and functions has no such Function; write functions/add-support-agent.protected.ts, or say where it is: in Pulumi.local.yaml, under elsewhere, { name: add-support-agent, is: https://<its domain>/add-support-agent } (#/states/1/properties/url)",
  ]);
});

test("a Function that cannot be built is named with its line", async () => {
  const project = projectWith({
    [agentFunction]: 'import { x } from "@support-line/functions/nothing";\nx();\n',
  });
  const { faults } = await checkStage(project, "local");
  expect(faults).toEqual([
    expect.stringMatching(/^functions\/add-support-agent\.protected\.ts:1:\d+: Could not resolve/),
  ]);
});

test("two Functions for one path are named both, also when no line runs them", async () => {
  const project = projectWith({ "functions/hello.js": "", "functions/hello.protected.ts": "export {};\n" });
  expect((await checkStage(project, "local")).faults).toEqual([
    "functions/hello.js and functions/hello.protected.ts both answer at /hello, and Twilio runs one; delete or rename one of them",
  ]);
});

test("a Function that reads Variables of another version than the stage writes is a fault, wherever it reads them", async () => {
  const project = projectWith({
    "own/functions/variables-v2/lists.ts": "export const readList = () => [];\n",
    "functions/shared/agents.ts": 'export { readList } from "../../own/functions/variables-v2/lists.ts";\n',
    [agentFunction]: 'import { readList } from "./shared/agents.ts";\nexport const handler = readList;\n',
  });
  const { faults } = await checkStage(project, "local");
  expect(faults).toEqual([
    expect.stringMatching(
      /^functions\/add-support-agent\.protected\.ts reads Variables of version 2 .* the stage writes version 1; import variables-v1/,
    ),
  ]);
});

test("a Flow that was merged as text is named with its line and the way out", async () => {
  const flow = readFileSync(join(smallProject.folder, "flow-templates/support.json"), "utf8");
  const torn = flow.replace("\n", '\n<<<<<<< HEAD\n"a": 1,\n=======\n>>>>>>> other\n');
  const { faults } = await checkStage(projectWith({ "flow-templates/support.json": torn }), "local");
  expect(faults).toEqual([
    expect.stringMatching(/^line support: flow-templates\/support\.json:2 was merged as text, .*--install/),
  ]);
});

test("conflicts of a merge that nobody decided are a fault", async () => {
  const { faults } = await checkStage(
    projectWith({ "flow-templates/support.json.conflicts": "[]" }),
    "local",
  );
  expect(faults).toEqual([expect.stringMatching(/conflicts that nobody decided.*support\.json\.conflicts$/)]);
});
