import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FlowDefinition } from "./types.ts";
import { validate } from "./validate.ts";

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
      properties: { input: "{{trigger.message.Body}}", offset: { x: 0, y: 0 } },
      transitions: [
        { event: "noMatch" },
        {
          event: "match",
          next: "call",
          conditions: [
            { friendly_name: "Yes", arguments: ["{{trigger.message.Body}}"], type: "equal_to", value: "yes" },
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
        parameters: [{ key: "line", value: "a" }],
      },
      transitions: [{ event: "success", next: "tell" }, { event: "fail" }],
    },
    {
      name: "tell",
      type: "send-message",
      properties: { body: "hello" },
      transitions: [{ event: "sent" }, { event: "failed" }],
    },
  ],
};
type Json = Record<string, unknown>;
interface Editable {
  name: string;
  type: string;
  properties: Json;
  transitions: (Json & { conditions?: Json[] })[];
}
/** A copy of the template with something done to it. */
function edited(edit: (states: { check: Editable; call: Editable; tell: Editable }) => void): FlowDefinition {
  const copy = structuredClone(template);
  edit(Object.fromEntries(copy.states.map((state) => [state.name, state])) as never);
  return copy;
}

/** The one condition of `check`. */
function condition({ transitions }: Editable): Json {
  const [found] = transitions.flatMap(({ conditions = [] }) => conditions);
  if (found === undefined) throw new Error("check has no condition");
  return found;
}

describe("validate", () => {
  const errorsOf = (definition: unknown) =>
    validate(definition).errors.map(({ property_path: path, message }) => `${path} ${message}`);

  test("finds nothing in what is right", () => {
    expect(validate(template)).toMatchObject({ errors: [], warnings: [] });
  });

  test.each<[string, unknown, string]>([
    ["no object", "text", "# string found, object expected"],
    ["no states", { initial_state: "a" }, "#/states is missing but it is required"],
    ["no state", { initial_state: "a", states: [] }, "#/states there must be a minimum of 1"],
    [
      "a wrong start",
      { ...template, initial_state: "start" },
      '#/initial_state initial state "start" does not exist',
    ],
    ["flags without their one flag", { ...template, flags: {} }, "#/flags/allow_concurrent_calls is missing"],
    [
      "a number for text",
      edited(({ tell }) => (tell.properties.body = 5)),
      "#/states/3/properties/body integer found, string expected",
    ],
    [
      "a missing property",
      edited(({ call }) => delete call.properties.url),
      "#/states/2/properties/url is missing but it is required",
    ],
    [
      "an event of another widget",
      edited(({ tell }) => (tell.transitions[0] = { event: "success" })),
      "#/states/3/transitions/0/event must be a constant value sent, failed",
    ],
    [
      "a transition to nowhere",
      edited(({ tell }) => (tell.transitions[0] = { event: "sent", next: "gone" })),
      '#/states/3/transitions/0/next transition to widget "gone"',
    ],
    [
      "a name twice",
      edited(({ tell }) => (tell.name = "call")),
      '#/states/3/name duplicate widget name "call"',
    ],
    [
      "a predicate that is none",
      edited(({ check }) => (condition(check).type = "ends_with")),
      "#/states/1/transitions/1/conditions/0/type does not have a value in the enumeration",
    ],
    [
      "another schema",
      { ...template, $schema: "https://example.com" },
      "#/$schema must be a constant value https://",
    ],
    ["flags that are none", { ...template, flags: true }, "#/flags boolean found, object expected"],
    [
      "a widget without properties",
      edited(({ tell }) => delete (tell as Partial<Editable>).properties),
      "#/states/3/properties is missing but it is required",
    ],
    [
      "a place on the canvas that is none",
      edited(({ tell }) => (tell.properties.offset = { x: "0", y: 0 })),
      "#/states/3/properties/offset/x string found, number expected",
    ],
    [
      "a name that is empty",
      edited(({ tell }) => (tell.name = "")),
      "#/states/3/name must be at least 1 characters long",
    ],
    [
      "a transition to a number",
      edited(({ tell }) => (tell.transitions[0] = { event: "sent", next: 3 })),
      "#/states/3/transitions/0/next integer found, string expected",
    ],
    [
      "arguments that are no texts",
      edited(({ check }) => (condition(check).arguments = [true])),
      "#/states/1/transitions/1/conditions/0/arguments/0 boolean found, string expected",
    ],
    [
      "null for what is required",
      edited(({ check }) => (condition(check).value = null)),
      "#/states/1/transitions/1/conditions/0/value must not be null",
    ],
    [
      "1,001 states",
      {
        ...template,
        states: Array.from({ length: 1001 }, (_, at) => ({
          ...template.states[0],
          name: at === 0 ? "Trigger" : `s${at}`,
          transitions: [],
        })),
      },
      "#/states there must be a maximum of 1000",
    ],
  ])("refuses %s", (_, definition, error) => {
    expect(errorsOf(definition)).toContainEqual(expect.stringContaining(error));
  });

  test("warns of what it does not know, and refuses nothing for it", () => {
    const newer = edited(({ tell }) => {
      tell.type = "send-hologram";
    });
    expect(validate(newer)).toMatchObject({
      errors: [],
      warnings: [{ property_path: "#/states/3/type", widget: "tell" }],
    });
    const property = edited(({ tell }) => (tell.properties.sparkle = true));
    expect(validate(property)).toMatchObject({
      errors: [],
      warnings: [{ property_path: "#/states/3/properties/sparkle" }],
    });
  });

  test("warns of keys that it does not know in the envelope", () => {
    expect(validate({ ...template, colour: "red" })).toMatchObject({
      errors: [],
      warnings: [{ property_path: "#/colour" }],
    });
  });

  test("passes over what is not known yet, wherever it is", () => {
    const unknown = Symbol("unknown");
    const isUnknown = (value: unknown) => value === unknown;
    const preview = edited(({ check, call, tell }) => {
      call.properties.url = unknown;
      call.properties.parameters = [{ key: "line", value: unknown }];
      condition(check).value = unknown;
      tell.properties.body = 5;
      tell.transitions[0] = { event: "sent", next: unknown };
    });
    const { errors } = validate(preview, { isUnknown });
    expect(errors.map(({ property_path: path }) => path)).toEqual(["#/states/3/properties/body"]);
    expect(validate(unknown, { isUnknown })).toMatchObject({ errors: [], warnings: [] });
  });

  test("judges no transition while a widget is not known", () => {
    const unknown = Symbol("unknown");
    const isUnknown = (value: unknown) => value === unknown;
    const states: unknown[] = [...template.states.filter(({ name }) => name !== "call"), unknown];
    expect(validate({ ...template, states }, { isUnknown })).toMatchObject({ errors: [], warnings: [] });
    expect(errorsOf({ ...template, states: states.slice(0, -1) })).toEqual([
      '#/states/1/transitions/1/next transition to widget "call", which does not exist',
    ]);
  });

  test("answers whatever it is given", () => {
    fc.assert(fc.property(fc.jsonValue(), (anything) => Array.isArray(validate(anything).errors)));
    const states = [
      null,
      1,
      "x",
      [],
      {},
      { type: "trigger" },
      { name: "a", type: "send-message", transitions: [[]] },
    ];
    expect(errorsOf({ initial_state: 1, states }).length).toBeGreaterThan(states.length);
  });
});
