import { expect, test } from "vitest";
import { validate } from "../validate.ts";
import { flow, part, toTypeScript } from "./index.ts";
import { composed, confirm } from "./testing/promises.ts";
import { evaluated } from "./testing/evaluated.ts";

test("a part's widgets stand under the name it is given, and its Liquid and ways follow", () => {
  expect(composed.states.map(({ name }) => name)).toEqual([
    "Trigger",
    "sure",
    "sure-answer",
    "really",
    "really-answer",
    "bye",
  ]);
  const answer = composed.states.find(({ name }) => name === "really-answer");
  expect(answer).toEqual({
    name: "really-answer",
    type: "split-based-on",
    properties: { input: "{{widgets.really.inbound.Body}}" },
    transitions: [
      { event: "noMatch", next: "really" },
      {
        event: "match",
        next: "bye",
        conditions: [
          {
            friendly_name: "Yes",
            arguments: ["{{ widgets['really'].inbound.Body }}"],
            type: "equal_to",
            value: "yes",
          },
        ],
      },
    ],
  });
  const sure = composed.states.find(({ name }) => name === "sure");
  expect(sure?.properties).toEqual({ body: "Sure?" });
  expect(sure?.transitions).toEqual([
    { event: "incomingMessage", next: "sure-answer" },
    { event: "timeout", next: null },
    { event: "deliveryFailure", next: null },
  ]);
});

test("a composed Flow is one that Studio takes, and a source of its own when converted", () => {
  expect(validate(composed)).toEqual(expect.objectContaining({ errors: [], warnings: [] }));
  expect(evaluated(toTypeScript(composed))).toStrictEqual(composed);
});

test("a part goes into a part", () => {
  const twice = part({
    initial_state: "first",
    exits: ["agreed", "left"],
    states: {
      ...confirm("Sure?").as("first", { yes: "second", no: "left" }),
      ...confirm("Really?").as("second", { yes: "agreed", no: "first-answer" }),
    },
  });
  const { states } = flow({
    initial_state: "terms",
    states: {
      ...twice.as("terms", { agreed: "bye", left: null }),
      bye: { type: "send-message", properties: { body: "Bye" }, transitions: [] },
    },
  });
  expect(states.map(({ name }) => name)).toEqual([
    "terms",
    "terms-first-answer",
    "terms-second",
    "terms-second-answer",
    "bye",
  ]);
  expect(states[3]).toMatchObject({
    properties: { input: "{{widgets.terms-second.inbound.Body}}" },
    transitions: [{ next: "terms-second" }, { next: "bye" }],
  });
  expect(states[2]?.transitions[1]).toEqual({ event: "timeout", next: "terms-first-answer" });
});

test("the canvas is the Flow's: a part put in twice does not lie on itself", () => {
  const hello = part({
    initial_state: "hello",
    exits: [],
    states: {
      hello: {
        type: "send-message",
        properties: { body: "Hello", offset: { x: 1, y: 1 } },
        transitions: [{ event: "sent" }],
      },
    },
  });
  expect(hello.as("one", {}).one.properties).toEqual({ body: "Hello" });
});

test("an exit called as a widget is refused", () => {
  expect(() =>
    part({
      initial_state: "done",
      exits: ["done"],
      states: { done: { type: "send-message", properties: {}, transitions: [] } },
    }),
  ).toThrow("a part's exit is called done as one of its widgets");
});
