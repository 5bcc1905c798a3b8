import { describe, expect, test } from "vitest";
import { bind, defineBindings, unbind, type Bindings } from "./bindings.ts";
import { diff } from "./diff.ts";
import { StudioError } from "./errors.ts";
import { statesToArray } from "./states.ts";
import type { FlowDefinition } from "./types.ts";

const sid = `ZH${"0".repeat(32)}`;
const template: FlowDefinition = {
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: {},
      transitions: [{ event: "incomingMessage", next: "check" }],
    },
    {
      name: "check",
      type: "split-based-on",
      properties: { input: "{{trigger.message.Body}}" },
      transitions: [
        { event: "noMatch" },
        {
          event: "match",
          next: "call",
          conditions: [
            {
              friendly_name: "Says yes. Or ja",
              arguments: ["{{trigger.message.Body}}"],
              type: "equal_to",
              value: "yes",
            },
          ],
        },
      ],
    },
    {
      name: "call",
      type: "run-function",
      properties: {
        url: "https://x.twil.io/f",
        function_sid: sid,
        parameters: [
          { key: "line", value: "a" },
          { key: "twice", value: "1" },
          { key: "twice", value: "2" },
        ],
      },
      transitions: [{ event: "success", next: "tell" }, { event: "fail" }],
    },
    { name: "tell", type: "send-message", properties: { body: "hello" }, transitions: [{ event: "sent" }] },
  ],
};
interface Values {
  readonly sid?: unknown;
  readonly body?: string;
}
const bindings = defineBindings<Values>()({
  "call.function_sid": (values) => values.sid,
  "call.parameters.line": () => "b",
  "check.conditions.Says yes. Or ja.value": () => "ja",
  "tell.body": ({ body }) => body,
});

/** What looks at itself without end, as a host's own objects may. */
function opaque(): object {
  const output: { self?: unknown } = {};
  output.self = output;
  return output;
}

describe("bind", () => {
  test("fills the places that bindings name with whatever the host gives, and leaves the rest", () => {
    const output = opaque();
    const { states } = bind(template, bindings, { sid: output });
    expect(states.call?.properties.function_sid).toBe(output);
    expect(states.call?.properties.parameters).toEqual([
      { key: "line", value: "b" },
      { key: "twice", value: "1" },
      { key: "twice", value: "2" },
    ]);
    expect(states.check?.transitions[1]?.conditions?.[0]?.value).toBe("ja");
    expect(states.tell?.properties.body).toBe("hello");
    expect(template.states[2]?.properties.function_sid).toBe(sid);
  });

  test("names every place that is not there, with those that are", () => {
    const wrong: Bindings<unknown> = Object.fromEntries(
      [
        "nobody.url",
        "call.uri",
        "call.parameters.lane",
        "check.conditions.No.value",
        "call.parameters.twice",
      ].map((place) => [place, () => "x"]),
    );
    expect(() => bind(template, wrong, null)).toThrow(
      new StudioError("no-such-place", {
        problems: [
          "nobody.url: no widget of that name; there are Trigger, check, call, tell",
          "call.uri: call has url, function_sid, parameters, parameters.line, parameters.twice, parameters.twice",
          "call.parameters.lane: call has url, function_sid, parameters, parameters.line, parameters.twice, parameters.twice",
          "check.conditions.No.value: check has input, conditions.Says yes. Or ja.value",
          "call.parameters.twice: 2 places of call have that name",
        ].join("; "),
      }),
    );
  });

  test("refuses to leave a placeholder, whether nothing names it or what names it gives nothing", () => {
    for (const each of [{}, bindings]) {
      expect(() => bind(template, each, {})).toThrow(`call.function_sid holds ${sid}`);
    }
  });

  test("finds placeholders inside texts and lists", () => {
    const nested: FlowDefinition = {
      ...template,
      states: template.states.map((state) => ({
        ...state,
        properties: state.name === "tell" ? { body: `see ${sid}.`, list: [{ a: sid }] } : {},
      })),
    };
    expect(() => bind(nested, {}, {})).toThrow(
      `tell.body holds ${sid}; tell.properties.list.0.a holds ${sid}`,
    );
  });
});

describe("unbind", () => {
  const bound = statesToArray(bind(template, bindings, { sid: "ZH1", body: "hi" })) as FlowDefinition;

  test("puts back what the template has", () => {
    expect(diff(template, unbind(bound, template, bindings))).toEqual([]);
  });

  test("keeps what was edited elsewhere, and passes over what is gone", () => {
    const edited: FlowDefinition = {
      ...bound,
      states: bound.states.flatMap((state) => {
        if (state.name === "tell") return [];
        return state.name === "call"
          ? [{ ...state, properties: { ...state.properties, url: "https://y" } }]
          : [state];
      }),
    };
    expect(diff(template, unbind(edited, template, bindings)).map(({ words }) => words)).toEqual([
      '"call" url: "https://x.twil.io/f" → "https://y"',
      '"tell" is gone',
    ]);
  });
});
