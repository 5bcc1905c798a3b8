/**
 * What the explorer tells, on Flows that real people drew too, where they lie beside the checkout: they belong to their authors and are
 * not copied.
 */
import { advance, type FindSubflow, type FlowDefinition, type Turn } from "@support-line/studio";
import { drawnFlow, drawnFlows } from "@support-line/studio/testing";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Coverage } from "../coverage/coverage.ts";
import { explore, type PlayableWay } from "./index.ts";
import { unreachableIn } from "./unreachable.ts";

const support = JSON.parse(readFileSync("flow-templates/support.json", "utf8")) as FlowDefinition;

/** What ways walk when they are played again. */
function replayed(
  definition: FlowDefinition,
  ways: readonly PlayableWay[],
  subflows?: FindSubflow,
): Coverage {
  const coverage = new Coverage("again", definition);
  for (const { events, now } of ways) {
    let turn: Turn | null = null;
    for (const event of events) {
      turn = advance(definition, turn?.execution ?? null, event, {
        now,
        ...(subflows === undefined ? {} : { subflows }),
      });
      coverage.take(turn.trace);
    }
  }
  return coverage;
}

test("the support Flow is explored whole, and its ways walk it again", () => {
  const { playable, ways, reached, missed } = explore(support);
  expect(missed).toEqual([]);
  expect(playable.map(({ events }) => events.length)).toEqual(ways.map((way) => way.length));
  expect(reached.reached).toBeGreaterThan(10);
  expect(replayed(support, playable).summary().transitions.reached).toBe(reached.reached);
});

/** A menu whose second split looks at the same keys again. */
const keysTwice: FlowDefinition = {
  initial_state: "Trigger",
  states: [
    {
      name: "Trigger",
      type: "trigger",
      properties: {},
      transitions: [{ event: "incomingCall", next: "menu" }],
    },
    {
      name: "menu",
      type: "gather-input-on-call",
      properties: { say: "One or two", timeout: 5 },
      transitions: [{ event: "keypress", next: "first" }, { event: "speech" }, { event: "timeout" }],
    },
    split("first", "menu", "second"),
    split("second", "menu", undefined),
    split("third", "nowhere", undefined),
  ],
};

function split(name: string, widget: string, next: string | undefined): FlowDefinition["states"][number] {
  const argument = `{{widgets.${widget}.Digits}}`;
  const condition = { friendly_name: "One", arguments: [argument], type: "equal_to", value: "1" };
  return {
    name,
    type: "split-based-on",
    properties: { input: argument },
    transitions: [
      { event: "noMatch", next: name === "second" ? "third" : "" },
      { event: "match", conditions: [condition], ...(next === undefined ? {} : { next }) },
    ],
  };
}

test("what was decided before cannot be decided otherwise, and the reason is told", () => {
  const { reached, missed, unreachable } = explore(keysTwice);
  expect(missed).toEqual([]);
  expect(reached).toEqual({ reached: 7, of: 7 });
  const told = unreachable.map(({ widget, event, why }) => [widget, event, why]);
  expect(told.sort((one, other) => String(one).localeCompare(String(other)))).toEqual([
    ["second", "noMatch", "no value of {{widgets.menu.Digits}} leads there"],
    ["third", "match", "it looks at the widget nowhere, which is not there"],
    ["third", "noMatch", "no value of {{widgets.menu.Digits}} leads there"],
  ]);
});

describe("Flows as people draw them", () => {
  test.each(drawnFlows)("of %s 97 of 100 transitions are reached", (file) => {
    const definition = drawnFlow(file);
    const { reached, unreachable, coverage } = explore(definition);
    expect(reached.reached).toBeGreaterThanOrEqual(0.97 * reached.of);
    expect(unreachable.filter(({ reach, why }) => reach === "nothing" && (why ?? "").trim() === "")).toEqual(
      [],
    );
    // What was walked is never called unreachable.
    const { transitions } = coverage.counts();
    const wrong = [...unreachableIn(definition)].flatMap(([widget, dead]) =>
      [...dead]
        .filter(([at]) => transitions[widget]?.[at] !== undefined)
        .map(([at, why]) => [widget, at, why]),
    );
    expect(wrong).toEqual([]);
  });
});
