import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeChanges, diff } from "./diff.ts";
import { withNames } from "./renames.ts";
import { statesByName, statesToArray } from "./states.ts";
import type { Condition, FlowDefinition, JsonObject, State, Transition } from "./types.ts";

const yes: Condition = { friendly_name: "Yes", arguments: ["{{a}}"], type: "equal_to", value: "yes" };
const no: Condition = { ...yes, friendly_name: "No", value: "no" };
const match = (next: string, ...conditions: Condition[]): Transition => ({
  event: "match",
  next,
  conditions,
});

const trigger: State = {
  name: "Trigger",
  type: "trigger",
  properties: {},
  transitions: [{ event: "incomingMessage", next: "check" }],
};
const check: State = {
  name: "check",
  type: "split-based-on",
  properties: { input: "{{a}}", offset: { x: 0, y: 0 } },
  transitions: [{ event: "noMatch" }, match("tell", yes), match("call", no)],
};
const call: State = {
  name: "call",
  type: "run-function",
  properties: { url: "https://x.twil.io/f", parameters: [{ key: "line", value: "a" }] },
  transitions: [{ event: "success", next: "tell" }, { event: "fail" }],
};
const tell: State = {
  name: "tell",
  type: "send-message",
  properties: { body: "hello", from: "{{flow.channel.address}}" },
  transitions: [{ event: "sent" }, { event: "failed", next: null }],
};
const flow: FlowDefinition = { initial_state: "Trigger", states: [trigger, check, call, tell] };

/** The Flow with other states in place of those of the same name. */
const withStates = (...changed: State[]): FlowDefinition => ({
  ...flow,
  states: flow.states.map((state) => changed.find(({ name }) => name === state.name) ?? state),
});
const withProperties = (state: State, properties: JsonObject) =>
  withStates({ ...state, properties: { ...state.properties, ...properties } });
const withTransitions = (state: State, ...transitions: Transition[]) => withStates({ ...state, transitions });
const words = (after: FlowDefinition) => diff(flow, after).map((change) => change.words);

describe("diff says", () => {
  test.each<[string, FlowDefinition, string]>([
    ["a wording", withProperties(tell, { body: "hi" }), '"tell" says "hi" instead of "hello"'],
    [
      "a property",
      withProperties(call, { url: "https://y" }),
      '"call" url: "https://x.twil.io/f" → "https://y"',
    ],
    ["a new property", withProperties(tell, { service: "s" }), '"tell" service: nothing → "s"'],
    [
      "a parameter by its key",
      withProperties(call, { parameters: [{ key: "line", value: "b" }] }),
      '"call" parameters.line: "a" → "b"',
    ],
    [
      "a transition",
      withTransitions(tell, { event: "sent" }, { event: "failed", next: "call" }),
      '"tell" on failed goes to "call" instead of ending',
    ],
    [
      "the end of one",
      withTransitions(call, { event: "fail" }),
      '"call" on success ends instead of going to "tell"',
    ],
    [
      "a new match",
      withTransitions(
        check,
        ...check.transitions,
        match("call", { ...yes, friendly_name: "Ja", value: "ja" }),
      ),
      '"check" now also matches Ja: it is "ja", goes to "call"',
    ],
    [
      "a match that is gone",
      withTransitions(check, match("tell", yes)),
      '"check" no longer matches No: it is "no", goes to "call"',
    ],
    [
      "a match that changed",
      withTransitions(check, match("tell", { ...yes, value: "ja" }), match("call", no)),
      '"check" matches Yes when it is "ja" instead of when it is "yes"',
    ],
    [
      "what a match looks at",
      withTransitions(check, match("tell", { ...yes, arguments: ["{{b}}"] }), match("call", no)),
      '"check" matches Yes when {{b}} is "yes" instead of when {{a}} is "yes"',
    ],
    [
      "where a match leads",
      withTransitions(check, match("call", yes), match("call", no)),
      '"check" goes to "call" on Yes instead of going to "tell"',
    ],
    [
      "another order of matches, because the first that holds is taken",
      withTransitions(check, match("call", no), match("tell", yes)),
      '"check" tries No, Yes instead of Yes, No',
    ],
    ["a type", withStates({ ...tell, type: "say-play" }), '"tell" is "say-play" instead of "send-message"'],
    [
      "a new widget",
      { ...flow, states: [...flow.states, { ...tell, name: "bye" }] },
      '"bye" is new (send-message)',
    ],
    ["a widget that is gone", { ...flow, states: flow.states.slice(0, 3) }, '"tell" is gone'],
    [
      "a move, and no more",
      withProperties(check, { offset: { x: 9, y: 9 } }),
      '"check" was moved on the canvas',
    ],
    ["what is the Flow's own", { ...flow, description: "d" }, 'the Flow\'s description: nothing → "d"'],
  ])("%s", (_, after, expected) => {
    expect(words(after)).toEqual([expected]);
  });

  test("nothing of the order of states and keys, of ends, or of the editor's own counting", () => {
    const variables = (...order: string[]): State => ({
      name: "set",
      type: "set-variables",
      properties: { variables: order.map((key, index) => ({ key, value: key, index: String(index) })) },
      transitions: [],
    });
    const before = { ...flow, states: [...flow.states, variables("a", "b")] };
    const after: FlowDefinition = {
      states: [
        variables("b", "a"),
        { ...tell, transitions: [], properties: { from: "{{flow.channel.address}}", body: "hello" } },
        call,
        check,
        trigger,
      ],
      initial_state: "Trigger",
    };
    expect(diff(before, after)).toEqual([]);
  });

  test("each of two matches of one name", () => {
    const twice = (value: string) =>
      withTransitions(check, match("tell", yes), match("call", { ...yes, value }));
    expect(diff(twice("ja"), twice("oui"))).toMatchObject([
      { widget: "check", part: "match", what: "Yes (2)" },
    ]);
  });
});

describe("a widget that was given another name", () => {
  const renamed = (from: string, to: string): FlowDefinition => withNames(flow, new Map([[from, to]]));

  test.each(flow.states.map(({ name }) => name))(
    "is renamed, and nothing that leads to it has changed: %s",
    (name) => {
      expect(diff(flow, renamed(name, "other"))).toEqual([
        { kind: "renamed", widget: "other", from: name, words: `"${name}" is now called "other"` },
      ]);
    },
  );

  test("and another text is one that is gone and one that is new", () => {
    const after = renamed("tell", "other");
    const states = after.states.map((state) =>
      state.name === "other" ? { ...state, properties: { body: "hi" } } : state,
    );
    expect(diff(flow, { ...after, states }).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["added", "removed"]),
    );
  });

  test("but could be either of two is not guessed at", () => {
    const twins = (...names: string[]) => ({
      ...flow,
      states: [...flow.states, ...names.map((name) => ({ ...tell, name, properties: { body: "twin" } }))],
    });
    expect(diff(twins("a", "b"), twins("c", "d")).map(({ kind }) => kind)).toEqual([
      "removed",
      "removed",
      "added",
      "added",
    ]);
  });
});

test("Liquid that was carried along with a rename has not changed, what was left behind neither", () => {
  const asks = (name: string): State => ({
    name,
    type: "send-and-wait-for-reply",
    properties: { body: "Which?", timeout: "60" },
    transitions: [{ event: "incomingMessage", next: "tell" }],
  });
  const says = (name: string): State => ({
    ...tell,
    properties: { body: `You said {{widgets.${name}.inbound.Body}}` },
  });
  const of = (ask: State, telling: State): FlowDefinition => ({ ...flow, states: [trigger, ask, telling] });
  const renamed = '"ask" is now called "which"';
  expect(
    diff(of(asks("ask"), says("ask")), of(asks("which"), says("which"))).map(({ words: each }) => each),
  ).toEqual([renamed]);
  expect(
    diff(of(asks("ask"), says("ask")), of(asks("which"), says("ask"))).map(({ words: each }) => each),
  ).toEqual([renamed]);
});

test("changes in lines: what has a meaning first, moves in one", () => {
  const moved = (state: State) => ({ ...state, properties: { ...state.properties, offset: { x: 9, y: 9 } } });
  const after = withStates(moved(check), moved({ ...tell, properties: { ...tell.properties, body: "hi" } }));
  expect(describeChanges(diff(flow, after))).toEqual([
    '"tell" says "hi" instead of "hello"',
    "moved on the canvas: check, tell",
  ]);
});

test("diff gives what changed as data", () => {
  expect(diff(flow, withProperties(tell, { body: "hi" }))).toEqual([
    {
      kind: "changed",
      widget: "tell",
      part: "property",
      what: "body",
      before: "hello",
      after: "hi",
      words: '"tell" says "hi" instead of "hello"',
    },
  ]);
});

describe("states by name", () => {
  test("and back are the same definition, the first state first and the rest by name", () => {
    const back = statesToArray(statesByName(flow));
    expect(diff(flow, back)).toEqual([]);
    expect(back.states.map(({ name }) => name)).toEqual(["Trigger", "call", "check", "tell"]);
  });

  test("give one list whatever the order they come in", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...flow.states], { minLength: flow.states.length }), (states) => {
        expect(statesToArray(statesByName({ ...flow, states }))).toEqual(statesToArray(statesByName(flow)));
      }),
    );
  });

  test("keep names that objects have of their own, and refuse the same name twice", () => {
    const odd = {
      ...flow,
      states: [trigger, { ...tell, name: "__proto__" }, { ...tell, name: "constructor" }],
    };
    expect(statesToArray(statesByName(odd)).states.map(({ name }) => name)).toEqual([
      "Trigger",
      "__proto__",
      "constructor",
    ]);
    expect(() => statesByName({ ...flow, states: [tell, tell] })).toThrow("two widgets are called tell");
  });
});
