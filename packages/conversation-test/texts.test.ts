import type { FlowDefinition, State } from "@support-line/studio";
import { expect, test } from "vitest";
import { textsOf } from "./texts.ts";

const widget = (name: string, properties: State["properties"]): State => ({
  name,
  type: "send-message",
  properties,
  transitions: [],
});
const flow: FlowDefinition = {
  initial_state: "hello",
  states: [
    widget("hello", { body: "Hello (you)." }),
    widget("call", { say: "We call." }),
    widget("closed", { body: "Closed{% if opens %} and back {{opens}}{% endif %}. Goodbye?" }),
    widget("silent", { body: "" }),
  ],
};
const text = textsOf(flow);

test("a text is expected word for word, of a message or a call", () => {
  expect([text("hello"), text("call")]).toEqual(["Hello (you).", "We call."]);
});

test.each([
  ["Closed and back tomorrow. Goodbye?", true],
  ["Closed. Goodbye?", true],
  ["Closed and back tomorrow. Goodbyes", false],
  ["We are closed. Goodbye?", false],
])("where Liquid stands, anything may: %s, %s", (heard, isIt) => {
  const closed = text("closed");
  expect(closed instanceof RegExp && closed.test(heard)).toBe(isIt);
});

test.each(["silent", "nowhere"])("a widget that says nothing is named with those that do: %s", (name) => {
  expect(() => text(name)).toThrow(`No widget ${name} of this Flow says anything`);
  expect(() => text(name)).toThrow("hello, call, closed");
});
