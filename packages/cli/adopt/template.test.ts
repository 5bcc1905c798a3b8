import { bind, type FlowDefinition } from "@support-line/studio";
import { drawnFlow, drawnFlows } from "@support-line/studio/testing";
import { describe, expect, test } from "vitest";
import { functionsOf } from "@support-line/stage/templates";
import type { DeployedFunctions } from "./functions.ts";
import { placesCalled, toTemplate } from "./template.ts";

const sid = (prefix: string, digit: string) => `${prefix}${digit.repeat(32)}`;
const domainName = "by-hand-1234-dev.twil.io";
const functions: DeployedFunctions = {
  service: {
    sid: sid("ZS", "1"),
    uniqueName: "by-hand",
    friendlyName: "by-hand",
    includeCredentials: true,
    uiEditable: false,
  },
  environment: { sid: sid("ZE", "2"), uniqueName: "dev", domainSuffix: "dev", domainName },
  buildSid: sid("ZB", "3"),
  deploymentSid: sid("ZD", "4"),
  runtime: null,
  dependencies: {},
  functions: [
    {
      sid: sid("ZH", "5"),
      versionSid: sid("ZN", "6"),
      friendlyName: "/inner/greet",
      path: "/inner/greet",
      visibility: "protected",
      file: "inner/greet.protected.js",
      code: "",
    },
  ],
  assets: [],
  variables: [],
  hidden: [],
  undeployed: [],
};

const runs = (name: string, properties: Record<string, unknown>) => ({
  name,
  type: "run-function",
  transitions: [{ event: "success" }, { event: "fail" }],
  properties,
});
const flow = {
  initial_state: "greet",
  states: [
    runs("greet", {
      service_sid: sid("ZS", "1"),
      environment_sid: sid("ZE", "2"),
      function_sid: sid("ZH", "5"),
      url: `https://${domainName}/inner/greet`,
    }),
    // An old widget knows the URL alone.
    runs("old", { url: `https://${domainName}/inner/greet` }),
    runs("with query", { url: `https://${domainName}/inner/greet?loud=1` }),
    runs("elsewhere", {
      service_sid: sid("ZS", "9"),
      function_sid: sid("ZH", "9"),
      url: "https://other-9999.twil.io/inner/greet",
    }),
    { name: "flex", type: "send-to-flex", transitions: [], properties: { workflow: sid("WW", "8") } },
  ],
} as unknown as FlowDefinition;

type Places = { functions: Readonly<Record<string, Readonly<Record<string, string>>>> };

/** The bindings that a file's text says. */
function written(text: string | null): Record<string, (values: Places) => unknown> {
  const line = /^ {2}"([^"\n]+)": \(\{ functions \}\) => functions\["([^"]+)"\]\?\.(\w+),$/gm;
  return Object.fromEntries(
    [...(text ?? "").matchAll(line)].map(([, place = "", name = "", property = ""]) => [
      place,
      ({ functions: all }: Places) => all[name]?.[property],
    ]),
  );
}

test("what fills a template is what stood there: bound again, the Flow is the same", () => {
  const { template, bindings } = toTemplate("helpline", flow, functions);
  expect(JSON.stringify(template.states.slice(0, 2))).not.toMatch(/1{32}|2{32}|5{32}|by-hand/);
  expect([...functionsOf({ ...template, states: template.states.slice(0, 2) })]).toEqual(["inner/greet"]);
  const place = {
    serviceSid: sid("ZS", "1"),
    environmentSid: sid("ZE", "2"),
    functionSid: sid("ZH", "5"),
    url: `https://${domainName}/inner/greet`,
  };
  const bound = bind(template, written(bindings), { functions: { "inner/greet": place } });
  expect(bound).toEqual(bind(flow, {}, null));
});

test("what is this account's and nothing fills is named with its widget", () => {
  expect(toTemplate("helpline", flow, functions).kept).toEqual([
    `widget with query: https://${domainName}/inner/greet?loud=1`,
    `widget elsewhere: ${sid("ZS", "9")}`,
    `widget elsewhere: ${sid("ZH", "9")}`,
    "widget elsewhere: https://other-9999.twil.io/inner/greet",
    `widget flex: ${sid("WW", "8")}`,
  ]);
});

test("the Environment that most widgets call comes first", () => {
  const place = (name: string) => ({ serviceSid: "", environmentSid: sid("ZE", "0"), domainName: name });
  const called = placesCalled(flow, [
    place("nobody.twil.io"),
    place("other-9999.twil.io"),
    place(domainName),
  ]);
  expect([...called].map(([{ domainName: name }, count]) => [name, count])).toEqual([
    [domainName, 3],
    ["other-9999.twil.io", 1],
  ]);
});

describe("Flows as people draw them", () => {
  test.each(drawnFlows)("%s is its own template where it runs no Function of the account", (file) => {
    const real = drawnFlow(file);
    const { template, bindings } = toTemplate("real", real, functions);
    expect(template).toEqual(real);
    expect(bindings).toBeNull();
  });
});
