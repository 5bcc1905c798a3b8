import { describe, expect, test } from "vitest";
import { checkAll, checkText } from "./check-command.ts";
import { severitiesOf } from "./severities.ts";
import { folderOf, ofProject, small } from "./testing/folder.ts";

const codes = (report: Awaited<ReturnType<typeof checkAll>>) =>
  report.flows.flatMap(({ findings }) => findings.map(({ code, severity }) => `${code} ${severity}`));
const ignore = () => undefined;

const placeholder = `ZS${"0".repeat(32)}`;
const wrong = {
  ...small("{{flow.variables.name}}"),
  states: [
    ...small("{{flow.variables.name}}").states,
    {
      name: "alone",
      type: "send-message",
      transitions: [{ event: "sent", next: "gone" }],
      properties: { body: 7 },
    },
  ],
};

describe("check", () => {
  test("the support Flow has nothing to be said of, its bindings and Functions included", async () => {
    const report = await checkAll(
      [ofProject("flow-templates/support.json")],
      { functions: ofProject("functions") },
      ignore,
    );
    expect(codes(report)).toEqual([]);
    expect(checkText(report)).toContain("1 Flow, 0 errors, 0 warnings");
  });

  test("Twilio's refusals come first, and what it refuses is said once", async () => {
    const report = await checkAll([folderOf({ "a.json": wrong })()], {}, ignore);
    expect(codes(report)).toEqual([
      "twilio-refuses error",
      "twilio-refuses error",
      "unreachable-widget warning",
      "variable-never-set warning",
    ]);
    expect(report).toMatchObject({ errors: 2, warnings: 2 });
    expect(checkText(report)).toContain(
      '"alone", properties/body: integer found, string expected; write it in quotes',
    );
    expect(checkText(report)).toContain("#/states/1/properties/body");
  });

  test("codes are switched off, to a warning and to an error", async () => {
    const flags = { off: ["unreachable-widget"], error: ["variable-never-set"] };
    const report = await checkAll([folderOf({ "a.json": wrong })()], flags, ignore);
    expect(codes(report)).toEqual([
      "twilio-refuses error",
      "twilio-refuses error",
      "variable-never-set error",
    ]);
    expect(() => severitiesOf({ off: ["unreachable"] })).toThrow(
      /no advice unreachable\. There are: unreachable-widget,/,
    );
    expect(severitiesOf({ off: ["not-in-catalogue"], warn: ["unfilled-place"] })).toEqual({
      "not-in-catalogue": "off",
      "unfilled-place": "warning",
    });
  });

  test("a Function that is not in the folder is missing", async () => {
    const definition = small();
    const states = [
      { ...definition.states[0], transitions: [{ event: "incomingMessage", next: "find" }] },
      {
        name: "find",
        type: "run-function",
        transitions: [],
        properties: { url: "https://example.com/find-agnet" },
      },
    ];
    const at = folderOf({
      "a.json": { ...definition, states },
      "functions/find-agent.protected.ts": "",
      "functions/shared/find-agnet.ts": "",
    });
    const report = await checkAll([at("a.json")], { functions: at("functions") }, ignore);
    expect(report.flows[0]?.findings).toMatchObject([
      { code: "missing-function", wayOut: 'did you mean "find-agent"?' },
    ]);
    await expect(checkAll([at("a.json")], { functions: at("a.json") }, ignore)).rejects.toThrow(
      /is not a folder: name the one that holds the Functions/,
    );
  });

  test.each([
    [`export default { "hi.body": ({ wordings }) => wordings.hello };`, []],
    [`export default { "hi.text": () => "x" };`, ["no-such-place error"]],
    [`export default {};`, ["unfilled-place error"]],
    [`export default { "hi.body": () => { throw new Error("no") } };`, ["bindings-not-tried warning"]],
    [`export const bindings = {};`, ["bindings-not-tried warning"]],
  ])("bindings beside it are complete, or it is said: %s", async (source, expected) => {
    const at = folderOf({ "a.json": small(placeholder), "a.bindings.ts": source });
    expect(codes(await checkAll([at("a.json")], {}, ignore))).toEqual(expected);
  });

  test("what cannot be read is told, and the rest checked", async () => {
    const at = folderOf({ "a.json": small(), "b.json": "{" });
    const told: string[] = [];
    const report = await checkAll([at()], {}, (error) => told.push(error.message));
    expect(report.flows.map(({ path }) => path)).toEqual([at("a.json")]);
    expect(report.unreadable).toEqual(told);
    expect(told).toHaveLength(1);
  });
});
