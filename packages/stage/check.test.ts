import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkStage, checkValues } from "./check.ts";
import { pairsOf } from "./pairs.ts";
import { boundFlow } from "./templates/line-bindings.ts";
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
  expect(faults).toEqual(["Pulumi.nowhere.yaml: * is not there: the stage has no file"]);
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

/** The small project's template with another text in a widget. */
const says = (body: string) =>
  readFileSync(join(smallProject.folder, "flow-templates/support.json"), "utf8").replace(
    /("body": )"[^"]*"/,
    (_, key: string) => key + JSON.stringify(body),
  );

test("Liquid that is not closed is an error in every check, and what deploys the Flow refuses it", async () => {
  const project = projectWith({ "flow-templates/support.json": says("Hello {{flow.data.name") });
  const said =
    /^flow-templates\/support\.json:\d+: the Liquid in "added" cannot be read: .*not closed; close every \{\{ and \{%.* \(#\/states\/2\/properties\/body\)$/;
  const { faults } = await checkStage(project, "local");
  expect(faults).toEqual([expect.stringMatching(new RegExp(said.source.replace("^", "^line support: ")))]);
  const stage = project.stage("local");
  const [line] = stage.lines;
  if (line === undefined) throw new Error("no line");
  const values = await checkValues(project, stage, line);
  const template = await project.template("support");
  expect(() => boundFlow({ ...stage, adopted: null }, template, values)).toThrow(said);
});

test("what is wrong with a Flow of two lines is said once, with both", async () => {
  const text = readFileSync(join(smallProject.folder, "Pulumi.local.yaml"), "utf8");
  const second =
    "    - { name: sales, channel: sms, address: '+15550100003', flow: support, agents: [ada] }\n";
  const project = projectWith({
    "Pulumi.local.yaml": text.replace("  my-line:agents:", `${second}  my-line:agents:`),
    "flow-templates/support.json": says("Hello {{flow.data.name"),
  });
  expect((await checkStage(project, "local")).faults).toEqual([
    expect.stringMatching(/^lines support, sales: flow-templates\/support\.json:\d+: the Liquid in/),
  ]);
});

test("a tab in a stage file is one sentence with file and line, also where another stage is checked", async () => {
  const text = readFileSync(join(smallProject.folder, "Pulumi.local.yaml"), "utf8");
  const project = projectWith({ "Pulumi.tabbed.yaml": text.replace(/\n {4}/, "\n\t\t") });
  const { faults } = await checkStage(project, "tabbed");
  expect(faults).toEqual([
    expect.stringMatching(
      /^Pulumi\.tabbed\.yaml:\d+: \* is not YAML, line \d+, column \d+: .*indent with blanks$/,
    ),
  ]);
  expect((await checkStage(project, "local")).faults).toEqual([]);
});

test.each([
  [
    "export default {",
    /^line support: flow-templates\/support\.bindings\.ts(:\d+)? does not load: .*; fix it there, or delete/,
  ],
  [
    'import "./nothing.ts";\nexport default {};\n',
    /^line support: flow-templates\/support\.bindings\.ts(:\d+)? does not load: Cannot find/,
  ],
  [
    "export const bindings = {};\n",
    /^line support: flow-templates\/support\.bindings\.ts has no bindings as its default export; write it like/,
  ],
])("bindings that do not load are named with their file: %s", async (text, said) => {
  const project = projectWith({ "flow-templates/support.bindings.ts": text });
  expect((await checkStage(project, "local")).faults).toEqual([expect.stringMatching(said)]);
});

test("a program of ES modules wants a package.json that says so", async () => {
  const project = projectWith({
    "infra/main.ts": "export {};\n",
    "package.json": '{"dependencies":{"twilio":"6.2.0"}}',
  });
  expect((await checkStage(project, "local")).faults).toEqual([
    'package.json says nothing of modules, and infra/main.ts is one: write "type": "module" into it',
  ]);
});

test("a Flow that does nothing at what reaches its line is a fault, with what to draw", async () => {
  const flow = readFileSync(join(smallProject.folder, "flow-templates/support.json"), "utf8");
  const silent = flow.replace(/("event": "incomingConversationMessage"),\s*"next": "[^"]*"/, "$1");
  const { faults } = await checkStage(projectWith({ "flow-templates/support.json": silent }), "local");
  expect(faults).toEqual([
    expect.stringMatching(
      /^line support: flow-templates\/support\.json:\d+: widget Trigger does nothing at incomingConversationMessage, which starts a line of sms, so customers would get no answer; draw a transition there \(/,
    ),
  ]);
});

test.each([
  ["incomingMessage", "lead it to $next, as incomingMessage does"],
  [
    "incomingCall",
    "draw a transition there, or have the line's channel be voice: this Flow begins by incomingCall",
  ],
])("a Flow that begins by %s says how it can begin here", async (event, wayOut) => {
  const flow = readFileSync(join(smallProject.folder, "flow-templates/support.json"), "utf8");
  const [, next = ""] = /"event": "incomingConversationMessage",\s*"next": "([^"]*)"/.exec(flow) ?? [];
  // The two change places.
  const other = flow
    .replace(`"event": "${event}"`, '"event": ""')
    .replace('"event": "incomingConversationMessage"', `"event": "${event}"`)
    .replace('"event": ""', '"event": "incomingConversationMessage"');
  const { faults } = await checkStage(projectWith({ "flow-templates/support.json": other }), "local");
  expect(faults).toEqual([expect.stringContaining(`; ${wayOut.replace("$next", next)} (`)]);
});

test("a line without agents whose Flow asks for some is a fault that names both", async () => {
  const stage = readFileSync(join(smallProject.folder, "Pulumi.local.yaml"), "utf8");
  const alone = stage.replace(/^ +agents: .*\n/m, "");
  const code = `import { joinFirstFree } from "@support-line/functions/join";\nexport const handler = joinFirstFree;\n`;
  const project = projectWith({ "Pulumi.local.yaml": alone, [agentFunction]: code });
  expect((await checkStage(project, "local")).faults).toEqual([
    expect.stringMatching(
      /^Pulumi\.local\.yaml:\d+: lines\[0\]\.agents is missing: the Flow of line support runs functions\/add-support-agent\.protected\.ts, which asks the line's agents; name them, or take that widget out$/,
    ),
  ]);
});

test("a Function and an Asset at one path are named both", async () => {
  const project = projectWith({ "functions/prices.js": "exports.handler = String;\n", "assets/prices": "1" });
  expect((await checkStage(project, "local")).faults).toEqual([
    "functions/prices.js and assets/prices both answer at /prices, and Twilio runs only one of them; delete or rename one",
  ]);
});

test("two Functions for one path are named both, also when no line runs them", async () => {
  const project = projectWith({ "functions/hello.js": "", "functions/hello.protected.ts": "export {};\n" });
  expect((await checkStage(project, "local")).faults).toEqual([
    "functions/hello.js and functions/hello.protected.ts both answer at /hello, and Twilio runs only one of them; delete or rename one",
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
