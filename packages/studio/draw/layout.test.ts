import { expect, test } from "vitest";
import type { FlowDefinition, State } from "../types.ts";
import { layout, type LayoutNode } from "./layout.ts";
import { withLayout } from "./offsets.ts";

const say = (name: string, next?: string): State => ({
  name,
  type: "send-message",
  properties: { body: `I am ${name}` },
  transitions: [{ event: "sent", ...(next === undefined ? {} : { next }) }, { event: "failed" }],
});
const flow: FlowDefinition = {
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: { offset: { x: 0, y: 0 } },
      transitions: [{ event: "incomingMessage", next: "one" }, { event: "incomingCall" }],
    },
    say("one", "two"),
    {
      ...say("two"),
      transitions: [
        { event: "sent", next: "three" },
        { event: "failed", next: "one" },
      ],
    },
    say("three", "nowhere"),
    say("alone"),
  ],
};

const overlaps = (one: LayoutNode, other: LayoutNode) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

test("everything has a place of its own, from the Trigger down", () => {
  const { nodes, edges } = layout(flow);
  expect(nodes.map(({ id, kind }) => [id, kind])).toEqual([
    ["Trigger", "widget"],
    ["one", "widget"],
    ["two", "widget"],
    ["three", "widget"],
    ["alone", "widget"],
    ["nowhere", "missing"],
    ["end of alone", "end"],
  ]);
  for (const [at, one] of nodes.entries()) {
    expect(nodes.slice(at + 1).filter((other) => overlaps(one, other))).toEqual([]);
  }
  expect(edges.map(({ from, to, quiet, words }) => [from, to, quiet, words?.lines[0]?.text])).toEqual([
    ["Trigger", "one", false, "a message comes in"],
    ["one", "two", false, undefined],
    ["two", "three", false, undefined],
    ["two", "one", true, "fails"],
    ["three", "nowhere", false, undefined],
    ["alone", "end of alone", false, undefined],
  ]);
});

test("a widget may lead to itself, and a Flow may have no widget", () => {
  const itself: FlowDefinition = { initial_state: "one", states: [say("one", "one")] };
  expect(layout(itself).edges[0]?.points.length).toBeGreaterThan(2);
  expect(layout({ initial_state: "Trigger", states: [] })).toMatchObject({ nodes: [], edges: [] });
});

test("widgets without a place on the canvas get one, the others keep theirs", () => {
  const moved = {
    ...flow,
    states: flow.states.map((state) =>
      state.name === "two"
        ? { ...state, properties: { ...state.properties, offset: { x: 5000, y: 7000 } } }
        : state,
    ),
  };
  const placed = withLayout(moved);
  const offsets = placed.states.map(({ properties }) => properties.offset);
  expect(offsets[0]).toEqual({ x: 0, y: 0 });
  expect(offsets[2]).toEqual({ x: 5000, y: 7000 });
  expect(new Set(offsets.map((offset) => JSON.stringify(offset))).size).toBe(flow.states.length);
  expect(withLayout(placed)).toBe(placed);
});
