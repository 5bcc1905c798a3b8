import { expect, test } from "vitest";
import { readStage, localAccountSid } from "../stage.ts";
import { boundFlow, faultText, lineBindings } from "./line-bindings.ts";
import { lineValues } from "./line-values.ts";
import type { Template } from "./load.ts";
import { linesOf } from "../lines-of-file.ts";

const sid = (prefix: string, digit: string) => prefix + digit.repeat(32);
const host = "https://florist-1234-dev.twil.io";

const runs = (name: string, path: string) => ({
  name,
  type: "run-function",
  properties: {
    service_sid: sid("ZS", "1"),
    environment_sid: sid("ZE", "1"),
    function_sid: sid("ZH", "1"),
    url: `${host}/${path}`,
  },
  transitions: [{ event: "success" }, { event: "fail" }],
});
const widget = (name: string, type: string, properties: Record<string, string>) => ({
  name,
  type,
  properties,
  transitions: [],
});

function exported(
  states: readonly Template["template"]["states"][number][],
  bindings: Template["bindings"] = {},
): Template {
  const template = { initial_state: "x", states: [...states] };
  return {
    template,
    bindings,
    file: "flow-templates/florist.json",
    bindingsFile: "flow-templates/florist.bindings.ts",
    lineAt: linesOf(JSON.stringify(template, null, 2)),
  };
}

function on(template: Template, elsewhere: readonly object[] = []) {
  const line = { name: "florist", channel: "sms", address: "+15550100001", flow: "florist" };
  const stage = readStage("flowers", "local", { accountSid: localAccountSid, lines: [line], elsewhere });
  const functions = { opening: place("opening"), "inner/greet": place("inner/greet") };
  const assets = { "/prices.html": { url: "https://here/prices.html" } };
  const [first] = stage.lines;
  if (first === undefined) throw new Error("no line");
  const values = lineValues(stage, first, functions, undefined, assets);
  const said = lineBindings(stage, template, values);
  return {
    ...said,
    texts: said.faults.map((each) => faultText(template, each)),
    bound: () => boundFlow(stage, template, values),
  };
}
const place = (name: string) => ({
  serviceSid: "ZS",
  environmentSid: "ZE",
  functionSid: "ZH",
  url: `https://here/${name}`,
});

test("a widget whose URL has the path of a Function here runs that one, and it is said", () => {
  const flow = on(exported([runs("open", "opening"), runs("greet", "inner/greet")]));
  expect(flow.texts).toEqual([]);
  expect(flow.boundByPath).toEqual([
    { widget: "open", to: "opening" },
    { widget: "greet", to: "inner/greet" },
  ]);
  expect(flow.bound().definition.states["open"]?.properties).toEqual({
    service_sid: "ZS",
    environment_sid: "ZE",
    function_sid: "ZH",
    url: "https://here/opening",
  });
});

test("a widget that leads to nothing is an error with the line, the nearest name and what to write", () => {
  expect(on(exported([runs("open", "openning")])).texts).toEqual([
    `flow-templates/florist.json:11: widget open runs the Function openning, and functions has no such Function; did you mean opening? Else write functions/openning.protected.ts, or say where it is: in Pulumi.local.yaml, under elsewhere, { name: openning, is: ${host}/openning } (#/states/0/properties/url)`,
  ]);
});

test.each([
  ["", `, only the SID ${sid("ZH", "1")} of another account`],
  [undefined, `, only the SID ${sid("ZH", "1")} of another account`],
])(
  "a widget that names its Function by SIDs alone is an error that says what to write: url %j",
  (url, alone) => {
    const state = runs("get_order", "order");
    // As JSON: a URL that is undefined is none.
    const properties = JSON.parse(JSON.stringify({ ...state.properties, url })) as typeof state.properties;
    expect(on(exported([{ ...state, properties }])).texts).toEqual([
      expect.stringMatching(
        new RegExp(
          `^flow-templates/florist.json:\\d+: widget get_order has no URL of a Function${alone}, so it is unknown which one it runs; write "url": "/get-order" into its properties, and functions/get-order.protected.ts \\(#/states/0/properties/url\\)$`,
        ),
      ),
    ]);
    const here = { ...runs("Opening", "opening"), properties };
    expect(on(exported([here])).texts[0]).toMatch(/write "url": "\/opening" into its properties \(/);
    const written = { ...here, properties: { ...properties, url: "/opening" } };
    expect(on(exported([written])).texts).toEqual([]);
    expect(on(exported([written])).bound().definition.states["Opening"]?.properties["url"]).toBe(
      "https://here/opening",
    );
  },
);

test("a binding whose Function is not deployed leaves nothing foreign in place", () => {
  const bindings = {
    "open.url": ({ functions }: { functions: object }) =>
      (functions as Record<string, { url?: unknown }>)["order"]?.url,
  };
  expect(() => on(exported([runs("open", "order")], bindings)).bound()).toThrow(
    "widget open runs the Function order, and functions has no such Function",
  );
});

test("a Function that is elsewhere is declared so, by its name, and may be another on a stage", () => {
  const template = exported([runs("order", "order"), runs("open", "opening")]);
  const same = on(template, [{ name: "shop", is: `${host}/order` }]);
  expect(same.texts).toEqual([]);
  expect(same.bound().definition.states["order"]?.properties["url"]).toBe(`${host}/order`);
  const own = on(template, [
    { name: "shop", is: "https://shop.example.com/order", exported: `${host}/order` },
  ]);
  expect(own.bound().definition.states["order"]?.properties["url"]).toBe("https://shop.example.com/order");
});

const foreign = [
  ["Flow", widget("sub", "run-subflow", { flow_sid: sid("FW", "2") }), "sub.flow_sid"],
  ["Workflow", widget("flex", "send-to-flex", { workflow: sid("WW", "2") }), "flex.workflow"],
  ["task channel", widget("flex", "send-to-flex", { channel: sid("TC", "2") }), "flex.channel"],
  ["content template", widget("hi", "send-message", { content_sid: sid("HX", "2") }), "hi.content_sid"],
  ["Function or Asset", widget("say", "say-play", { play: `${host}/nothing.mp3` }), "say.play"],
] as const;

test.each(foreign)("a foreign %s is an error, until it is bound or declared", (what, state, key) => {
  const [text = ""] = on(exported([state])).texts;
  expect(text).toMatch(/^flow-templates\/florist\.json:\d+: widget \w+ names the /);
  expect(text).toContain(`the ${what} `);
  expect(text).toContain(`bind "${key}" in flow-templates/florist.bindings.ts`);
  expect(text).toContain("in Pulumi.local.yaml, under elsewhere, { name: ");
  expect(on(exported([state], { [key]: () => "mine" })).texts).toEqual([]);
  const [found = ""] = Object.values<string>(state.properties);
  expect(on(exported([state]), [{ name: "theirs", is: found }]).texts).toEqual([]);
});

test("what differs on a stage takes the place of what was exported, also inside a text", () => {
  const url = `https://webhooks.twilio.com/v1/Flows/${sid("FW", "2")}?FlowEvent=return`;
  const state = widget("back", "add-twiml-redirect", { url });
  const given = on(exported([state]), [{ name: "line", is: sid("FW", "3"), exported: sid("FW", "2") }]);
  expect(given.bound().definition.states["back"]?.properties["url"]).toBe(
    `https://webhooks.twilio.com/v1/Flows/${sid("FW", "3")}?FlowEvent=return`,
  );
});

test("an Asset and a Function here are found by their path in other widgets too", () => {
  const said = on(
    exported([
      widget("say", "say-play", { play: `${host}/prices.html` }),
      widget("ask", "make-http-request", { url: `${host}/opening` }),
    ]),
  );
  expect(said.texts).toEqual([]);
  const { states } = said.bound().definition;
  expect(states["say"]?.properties["play"]).toBe("https://here/prices.html");
  expect(states["ask"]?.properties["url"]).toBe("https://here/opening");
});

test("Liquid and placeholders that are bound are nobody's", () => {
  const states = [
    widget("hi", "send-message", { service: "{{trigger.message.InstanceSid}}", content_sid: sid("HX", "0") }),
    { ...runs("open", "opening"), properties: { url: "{{flow.variables.host}}/opening" } },
  ];
  expect(on(exported(states, { "hi.content_sid": () => sid("HX", "5") })).texts).toEqual([]);
});
