/** What a merge of Flows keeps, and what it calls a conflict, one kind of edit at a time. */
import { describe, expect, test } from "vitest";
import type { Condition, FlowDefinition, JsonObject, State, Transition } from "../types.ts";
import { mergeFlows, type MergeOptions } from "./index.ts";

function say(name: string, body: string, next?: string, more: JsonObject = {}): State {
  const sent: Transition = next === undefined ? { event: "sent" } : { event: "sent", next };
  return {
    name,
    type: "send-message",
    transitions: [sent, { event: "failed" }],
    properties: { body, ...more },
  };
}

const condition = (value: string): Condition => ({
  friendly_name: `is ${value}`,
  arguments: ["{{trigger.message.Body}}"],
  type: "equal_to",
  value,
});
const match = (value: string, next: string): Transition => ({
  event: "match",
  next,
  conditions: [condition(value)],
});
const split = (...transitions: Transition[]): State => ({
  name: "split",
  type: "split-based-on",
  transitions: [{ event: "noMatch" }, ...transitions],
  properties: { input: "{{trigger.message.Body}}" },
});

function flow(...states: State[]): FlowDefinition {
  const trigger: State = {
    name: "Trigger",
    type: "trigger",
    transitions: [{ event: "incomingMessage", next: "split" }],
    properties: {},
  };
  return { description: "a line", initial_state: "Trigger", states: [trigger, ...states] };
}

const base = flow(
  split(match("a", "greet"), match("b", "part")),
  say("greet", "Hello", "part"),
  say("part", "Bye, {{widgets.greet.outbound.Sid}}"),
);

/** The Flow with some widgets edited, taken away (null) or added. */
function edited(edits: Readonly<Record<string, (state: State) => State | null>>, ...added: State[]) {
  const states = base.states.flatMap((state) => {
    const edit = edits[state.name];
    const now = edit === undefined ? state : edit(state);
    return now === null ? [] : [now];
  });
  return { ...base, states: [...states, ...added] };
}

const saying = (body: string) => (state: State) => ({ ...state, properties: { ...state.properties, body } });
const moved = (x: number) => (state: State) => ({
  ...state,
  properties: { ...state.properties, offset: { x, y: 0 } },
});
const leading = (event: string, next: string) => (state: State) => ({
  ...state,
  transitions: state.transitions.map((each) => (each.event === event ? { ...each, next } : each)),
});

const widget = ({ states }: FlowDefinition, name: string) => states.find((state) => state.name === name);
const merge = (ours: FlowDefinition, theirs: FlowDefinition, options?: MergeOptions) =>
  mergeFlows(base, ours, theirs, options);
const wordsOf = (ours: FlowDefinition, theirs: FlowDefinition) =>
  merge(ours, theirs).conflicts.map(({ words }) => words);

describe("what both sides did stands", () => {
  test("in two widgets", () => {
    const { definition, conflicts } = merge(
      edited({ greet: saying("Good day") }),
      edited({ part: saying("So long") }),
    );
    expect(conflicts).toEqual([]);
    expect(widget(definition, "greet")?.properties.body).toBe("Good day");
    expect(widget(definition, "part")?.properties.body).toBe("So long");
  });

  test("in two properties, a property and a transition, or two transitions of one widget", () => {
    const { definition, conflicts } = merge(
      edited({ greet: (state) => leading("sent", "split")(saying("Good day")(state)) }),
      edited({
        greet: (state) =>
          leading("failed", "part")({ ...state, properties: { ...state.properties, from: "+15550100001" } }),
      }),
    );
    expect(conflicts).toEqual([]);
    expect(widget(definition, "greet")).toEqual({
      ...say("greet", "Good day", "split", { from: "+15550100001" }),
      transitions: [
        { event: "sent", next: "split" },
        { event: "failed", next: "part" },
      ],
    });
  });

  test("when both added a match to one split, and when one edited a match that the other led elsewhere", () => {
    const { definition, conflicts } = merge(
      edited({ split: () => split(match("a", "part"), match("b", "part"), match("c", "greet")) }),
      edited({ split: () => split(match("aa", "greet"), match("b", "part"), match("d", "part")) }),
    );
    expect(conflicts).toEqual([]);
    expect(widget(definition, "split")?.transitions).toEqual([
      { event: "noMatch" },
      match("aa", "part"),
      match("b", "part"),
      match("c", "greet"),
      match("d", "part"),
    ]);
  });

  test("when both added lines to a list of keys", () => {
    const set = (...keys: string[]): State => ({
      name: "set",
      type: "set-variables",
      transitions: [{ event: "next" }],
      properties: { variables: keys.map((key, at) => ({ key, value: key, index: String(at) })) },
    });
    const [before, one, other] = [set("x"), set("x", "y"), set("z", "x")].map((state) => flow(state));
    if (before === undefined || one === undefined || other === undefined) throw new Error("three Flows");
    const { definition, conflicts } = mergeFlows(before, one, other);
    expect(conflicts).toEqual([]);
    expect(widget(definition, "set")).toEqual(set("z", "x", "y"));
  });

  test("places on the canvas never clash", () => {
    const { definition, conflicts } = merge(edited({ greet: moved(1) }), edited({ greet: moved(2) }));
    expect(conflicts).toEqual([]);
    expect(widget(definition, "greet")?.properties.offset).toEqual({ x: 1, y: 0 });
  });

  test("a widget that one removed and the other only moved is gone, and nothing leads to it", () => {
    const { definition, conflicts } = merge(
      edited({ part: () => null, greet: leading("sent", "split") }),
      edited({ part: moved(5) }),
    );
    expect(conflicts).toEqual([]);
    expect(widget(definition, "part")).toBeUndefined();
    expect(JSON.stringify(definition)).not.toContain('"next":"part"');
  });
});

describe("a renamed widget", () => {
  const renaming = (state: State): State => ({ ...state, name: "welcome" });
  const ours = {
    ...base,
    states: base.states.map((state) =>
      state.name === "greet"
        ? renaming(state)
        : state.name === "split"
          ? split(match("a", "welcome"), match("b", "part"))
          : state,
    ),
  };

  test("takes the other side's transitions, text and Liquid along", () => {
    const { definition, conflicts } = merge(
      ours,
      edited({ greet: saying("Good day") }, say("more", "{{widgets['greet'].outbound.Sid}}", "greet")),
    );
    expect(conflicts).toEqual([]);
    expect(widget(definition, "greet")).toBeUndefined();
    expect(widget(definition, "welcome")?.properties.body).toBe("Good day");
    expect(widget(definition, "part")?.properties.body).toBe("Bye, {{widgets.welcome.outbound.Sid}}");
    expect(widget(definition, "more")).toEqual(say("more", "{{widgets['welcome'].outbound.Sid}}", "welcome"));
  });

  test("is still that widget when its text was edited as well", () => {
    const both = {
      ...ours,
      states: ours.states.map((state) => (state.name === "welcome" ? saying("Welcome")(state) : state)),
    };
    const { definition, conflicts } = merge(both, edited({ greet: leading("failed", "part") }));
    expect(conflicts).toEqual([]);
    expect(widget(definition, "welcome")).toEqual({
      ...say("welcome", "Welcome", "part"),
      transitions: [
        { event: "sent", next: "part" },
        { event: "failed", next: "part" },
      ],
    });
  });

  test("has two names when each side gave it one", () => {
    const text = JSON.stringify(ours).replaceAll("welcome", "hail");
    const { definition, conflicts } = merge(ours, JSON.parse(text) as FlowDefinition);
    expect(conflicts.map(({ words }) => words)).toEqual([
      '"greet": ours calls it "welcome", theirs calls it "hail"',
    ]);
    expect(definition.states.map(({ name }) => name)).toEqual(["Trigger", "split", "welcome", "part"]);
  });
});

describe("what cannot both stand is named with both sides", () => {
  test("two texts", () => {
    const sides = [edited({ greet: saying("A") }), edited({ greet: saying("B") })] as const;
    expect(wordsOf(...sides)).toEqual([
      '"greet" properties.body: ours has "A", theirs has "B"; before it was "Hello"',
    ]);
    expect(widget(merge(...sides).definition, "greet")?.properties.body).toBe("A");
    expect(widget(merge(...sides, { prefer: "theirs" }).definition, "greet")?.properties.body).toBe("B");
  });

  test("two targets of one event", () => {
    expect(
      wordsOf(edited({ greet: leading("failed", "split") }), edited({ greet: leading("failed", "part") })),
    ).toEqual(['"greet" transitions.failed.next: both added one, ours "split", theirs "part"']);
  });

  test("a widget that one removed and the other edited; it stays until somebody decides", () => {
    const sides = [
      edited({ greet: () => null, split: () => split(match("a", "part"), match("b", "part")) }),
      edited({ greet: saying("Good day") }),
    ] as const;
    expect(wordsOf(...sides)).toEqual(['"greet": ours removed it, theirs edited it or leads to it']);
    expect(widget(merge(...sides).definition, "greet")?.properties.body).toBe("Good day");
    expect(widget(merge(...sides, { prefer: "ours" }).definition, "greet")).toBeUndefined();
  });

  test("a widget that one removed and to which the other leads anew", () => {
    const sides = [
      edited({}, say("more", "More", "greet")),
      edited({ greet: () => null, split: () => split(match("b", "part")) }),
    ] as const;
    expect(wordsOf(...sides)).toEqual(['"greet": theirs removed it, ours edited it or leads to it']);
    const { definition } = merge(...sides, { prefer: "theirs" });
    expect(widget(definition, "more")).toEqual(say("more", "More"));
  });

  test("two widgets of one name; the same one twice is none", () => {
    const [one, other] = [say("more", "One"), say("more", "Two")];
    expect(wordsOf(edited({}, one), edited({}, other))).toEqual([
      expect.stringMatching(/^"more": both added one, ours \{.*"One".*\}, theirs \{.*"Two".*\}$/),
    ]);
    expect(wordsOf(edited({}, one), edited({}, one))).toEqual([]);
  });

  test("a match that one edited and the other removed", () => {
    expect(
      wordsOf(
        edited({ split: () => split(match("a", "part"), match("b", "part")) }),
        edited({ split: () => split(match("b", "part")) }),
      ),
    ).toEqual(['"split" transitions.match "is a": theirs removed it, ours edited it or leads to it']);
  });

  test("matches in two orders", () => {
    const three = flow(split(match("a", "x"), match("b", "x"), match("c", "x")), say("x", "X"));
    const inOrder = (...values: string[]) =>
      flow(split(...values.map((value) => match(value, "x"))), say("x", "X"));
    const { conflicts, definition } = mergeFlows(three, inOrder("b", "a", "c"), inOrder("a", "c", "b"));
    expect(conflicts).toMatchObject([
      { kind: "reordered-twice", widget: "split", place: "transitions.order" },
    ]);
    expect(widget(definition, "split")?.transitions).toEqual(
      widget(inOrder("b", "a", "c"), "split")?.transitions,
    );
    expect(mergeFlows(three, three, inOrder("c", "b", "a")).definition).toEqual(inOrder("c", "b", "a"));
  });

  test("the Flow's own description", () => {
    expect(wordsOf({ ...base, description: "one" }, { ...base, description: "two" })).toEqual([
      'the Flow description: ours has "one", theirs has "two"; before it was "a line"',
    ]);
  });
});
