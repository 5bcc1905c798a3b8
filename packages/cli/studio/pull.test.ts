import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import {
  bind,
  inOrderOf,
  statesToArray,
  type FlowDefinition,
  type JsonObject,
  type State,
} from "@support-line/studio";
import { expect, test } from "vitest";
import { lineValues, loadTemplate } from "@support-line/stage/templates";
import { readStage, localAccountSid } from "@support-line/stage";
import { restore, type BoundTemplate, type PulledStage } from "./pull-restore.ts";
import { templateText, withFilled } from "./pull-text.ts";

const sid = (prefix: string, digit: string) => `${prefix}${digit.repeat(32)}`;
const domain = "support-line-dev-1234.twil.io";
const place = (name: string, digit: string) => ({
  serviceSid: sid("ZS", "1"),
  environmentSid: sid("ZE", "1"),
  functionSid: sid("ZH", digit),
  url: `https://${domain}/${name}`,
});
const functions = {
  "add-support-agent": place("add-support-agent", "1"),
  "remove-support-agent": place("remove-support-agent", "2"),
  "start-conversation": place("start-conversation", "3"),
};
const stage = readStage("support-line", "dev", {
  accountSid: localAccountSid,
  lines: [{ name: "support", channel: "sms", address: "+15550100001", flow: "support", agents: ["ada"] }],
  agents: [{ name: "ada", address: "+15550100101" }],
  wordings: { agentAdded: "Ada is here" },
});
const [line] = stage.lines;
if (line === undefined) throw new Error("the stage has no line");
const values = lineValues(stage, line, functions);
const { template, bindings } = await loadTemplate(resolve("flow-templates"), "support");
const bound: BoundTemplate = {
  name: "support",
  template,
  bindings,
  filled: new Set(Object.entries(bindings).flatMap(([at, fill]) => (fill(values) === undefined ? [] : [at]))),
};
const deployed = statesToArray(bind(template, bindings, values)) as FlowDefinition;
const known: PulledStage = {
  name: "dev",
  line: "support",
  domain,
  functions: Object.fromEntries(
    Object.entries(functions).map(([name, { functionSid, url }]) => [functionSid, { name, url }]),
  ),
  sids: { [sid("IS", "1")]: "the Service conversations" },
  addresses: { "+15550100001": "line support", "+15550100101": "agent ada" },
};

/** The Flow as deployed, with one widget edited. */
function edited(widget: string, edit: (state: State) => State): FlowDefinition {
  return {
    ...deployed,
    states: deployed.states.map((state) => (state.name === widget ? edit(state) : state)),
  };
}
const withProperties = (properties: JsonObject) => (state: State) => ({
  ...state,
  properties: { ...state.properties, ...properties },
});
const pulled = (flow: FlowDefinition) => restore(flow, deployed, bound, known);
const textOf = (name: string) => readFileSync(`flow-templates/${name}`, "utf8");

test("what was deployed is the template again, to the letter", async () => {
  const { template: back, findings } = pulled(deployed);
  expect(findings).toEqual([]);
  expect(await templateText(inOrderOf(back, template))).toBe(textOf("support.json"));
});

test("a text that the stage leaves to the template comes back, and so does where a widget stands", () => {
  const { template: back, findings } = pulled(
    edited("no-agent-message", withProperties({ body: "Nobody is free.", offset: { x: 7, y: 8 } })),
  );
  expect(findings).toEqual([]);
  expect(back.states.find(({ name }) => name === "no-agent-message")?.properties).toMatchObject({
    body: "Nobody is free.",
    offset: { x: 7, y: 8 },
  });
});

test("a text that the stage fills is left out, and it is said where it belongs", () => {
  const { template: back, findings } = pulled(
    edited("support-confirmation-message", withProperties({ body: "Hold on" })),
  );
  expect(back).toEqual(pulled(deployed).template);
  expect(findings).toMatchObject([{ kind: "lost", widget: "support-confirmation-message", place: "body" }]);
  expect(findings[0]?.message).toContain('was "Ada is here" and is "Hold on" now');
});

const called = (functionSid: string, url: string, more: JsonObject = {}): State => ({
  name: "also-add",
  type: "run-function",
  transitions: [{ event: "success" }, { event: "fail" }],
  properties: {
    service_sid: sid("ZS", "1"),
    environment_sid: sid("ZE", "1"),
    function_sid: functionSid,
    url,
    ...more,
  },
});

test("a new widget that runs a Function of the stage gets placeholders, and a line in the bindings", () => {
  const parameters = [{ key: "line", value: "support" }];
  const state = called(sid("ZH", "1"), `https://${domain}/add-support-agent`, { parameters });
  const { template: back, findings, runs } = pulled({ ...deployed, states: [...deployed.states, state] });
  expect(findings).toEqual([]);
  expect(back.states.at(-1)?.properties).toEqual({
    service_sid: sid("ZS", "0"),
    environment_sid: sid("ZE", "0"),
    function_sid: sid("ZH", "0"),
    url: "https://support-line-0000.twil.io/add-support-agent",
    parameters,
  });
  expect(withFilled(textOf("support.bindings.ts"), runs)).toContain(
    '  ...runsFunctionOfLine("also-add", "add-support-agent"),\n});',
  );
  const [first] = runs;
  if (first === undefined) throw new Error("no widget runs a Function");
  expect(withFilled(textOf("support.bindings.ts"), [{ ...first, withLine: false }])).toContain(
    'import { runsFunction, runsFunctionOfLine, type LineValues } from "@support-line/stage/templates";',
  );
  expect(withFilled("export default {};", runs)).toBeNull();
});

test("a SID that is nothing of the stage is named with widget, property and way out", () => {
  const other = sid("ZH", "9");
  const state = called(other, "https://other-9.twil.io/x");
  const { findings } = pulled({ ...deployed, states: [...deployed.states, state] });
  expect(findings.map(({ widget, place: at }) => `${widget}.${at}`)).toEqual([
    "also-add.service_sid",
    "also-add.environment_sid",
    "also-add.function_sid",
  ]);
  const [finding] = findings.filter(({ place: at }) => at === "function_sid");
  expect(finding?.message).toContain(`holds ${other}, which is nothing of stage dev`);
  expect(finding?.message).toContain('Fill it in support.bindings.ts ("also-add.function_sid")');
});

test("the stage's own SIDs, domain and numbers in other places are named, the numbers without themselves", () => {
  const { findings } = pulled(
    edited(
      "no-agent-message",
      withProperties({ body: `Call +15550100001 or see https://${domain}/x of ${sid("IS", "1")}` }),
    ),
  );
  const said = findings.map(({ message }) => message).join("\n");
  expect(said).toContain("the Service conversations of stage dev alone");
  expect(said).toContain(`holds ${domain}`);
  expect(said).toContain("holds the number of line support");
  expect(said).not.toContain("+15550100001");
});

test("a bound widget that was renamed or deleted is named, with what to do in the bindings", () => {
  const renamed = JSON.parse(
    JSON.stringify(deployed).replaceAll('"add-support-agent"', '"bring-agent"'),
  ) as FlowDefinition;
  const { template: back, findings } = pulled(renamed);
  expect(findings).toMatchObject([{ kind: "to-bind", widget: "bring-agent" }]);
  expect(findings[0]?.message).toContain('was called "add-support-agent"');
  expect(JSON.stringify(back)).not.toContain(domain);
  const states = deployed.states.filter(({ name }) => name !== "agent-removed-message");
  expect(pulled({ ...deployed, states }).findings).toMatchObject([
    { kind: "to-bind", widget: "agent-removed-message" },
  ]);
});
