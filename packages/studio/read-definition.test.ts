import { describe, expect, test } from "vitest";
import { readDefinition } from "./read-definition.ts";
import { drawnFlow, drawnFlows } from "./testing/flows.ts";
import { flow, last, play, started, state } from "./testing/play.ts";
import type { FlowDefinition } from "./types.ts";

test.each(drawnFlows)("%s, which is in form, is given back as it is", (name) => {
  const definition = drawnFlow(name);
  expect(readDefinition(definition)).toBe(definition);
});

test.each([null, 5, "text", [], {}, { states: 5 }])("%j is a Flow without widgets", (given) => {
  expect(readDefinition(given)).toEqual({ initial_state: "", states: [] });
});

test("what is no widget is left out; a transition that is none keeps its place", () => {
  const states = [
    null,
    { name: "a", type: "say-play", transitions: [null, { event: "audioComplete", next: 5 }] },
    { type: "trigger" },
    { type: "send-message" },
  ];
  expect(readDefinition({ initial_state: "Trigger", states, more: 1 })).toEqual({
    initial_state: "Trigger",
    more: 1,
    states: [
      {
        name: "a",
        type: "say-play",
        properties: {},
        transitions: [{ event: "" }, { event: "audioComplete" }],
      },
      { name: "Trigger", type: "trigger", properties: {}, transitions: [] },
    ],
  });
});

/** A definition that was written by hand. */
const loose = (definition: unknown) => definition as FlowDefinition;
const split = {
  name: "split",
  type: "split-based-on",
  properties: { input: "{{trigger.conversation.Body}}" },
  transitions: [{ event: "noMatch" }, { event: "match", conditions: [{ type: "equal_to", value: "yes" }] }],
};

describe("the engine runs what it is given", () => {
  test("a condition without arguments looks at the split's input", () => {
    const definition = flow(loose({ states: [split] }).states[0] ?? state("", "", {}));
    const { trace } = last(play(definition, started({ Body: "Yes" })));
    expect(trace.at(-1)).toMatchObject({ state: "split", left: { event: "match", transition: 1 } });
  });

  test("a widget without properties does what it does without them", () => {
    const bare = { name: "say", type: "send-message", transitions: [{ event: "sent" }] };
    const definition = flow(loose({ states: [bare] }).states[0] ?? state("", "", {}));
    expect(play(definition, started())[0]?.effects).toMatchObject([{ type: "sendMessage", body: "" }]);
  });
});
