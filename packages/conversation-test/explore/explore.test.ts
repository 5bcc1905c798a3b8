import type { Condition, FlowDefinition, State } from "@support-line/studio";
import { drawnFlow, drawnFlows } from "@support-line/studio/testing";
import { describe, expect, test } from "vitest";
import { explore } from "./explore.ts";

const state = (
  name: string,
  type: string,
  properties: State["properties"],
  next: Record<string, string>,
): State => ({
  name,
  type,
  properties,
  transitions: Object.entries(next).map(([event, to]) => ({ event, next: to })),
});

/** A message whose text has to fit a condition. */
function asking(condition: Pick<Condition, "type" | "value">): FlowDefinition {
  const input = "{{widgets.ask.inbound.Body}}";
  return {
    initial_state: "Trigger",
    states: [
      state("Trigger", "trigger", {}, { incomingMessage: "ask" }),
      state("ask", "send-and-wait-for-reply", { body: "?", timeout: "60" }, { incomingMessage: "split" }),
      {
        ...state("split", "split-based-on", { input }, { noMatch: "" }),
        transitions: [
          { event: "noMatch" },
          {
            event: "match",
            conditions: [{ friendly_name: "it", arguments: [input], ...condition }],
          },
        ],
      },
    ],
  };
}

test.each([
  { type: "equal_to", value: "yes" },
  { type: "not_equal_to", value: "yes" },
  { type: "matches_any_of", value: "red, green" },
  { type: "does_not_match_any_of", value: "red, green" },
  { type: "is_blank", value: " " },
  { type: "is_not_blank", value: " " },
  { type: "regex", value: "[0-9]{5}(-[0-9]{4})?" },
  { type: "contains", value: "bill" },
  { type: "does_not_contain", value: "bill" },
  { type: "starts_with", value: "order" },
  { type: "does_not_start_with", value: "order" },
  { type: "less_than", value: "18" },
  { type: "greater_than", value: "17" },
  { type: "is_before_time", value: "09:00" },
  { type: "is_after_time", value: "17:00" },
  { type: "is_before_date", value: "2026-01-01" },
  { type: "is_after_date", value: "2026-01-01" },
])("finds what to write for $type $value, and what not to", (condition) => {
  expect(
    explore(asking(condition)).summary.missed.transitions.map(({ widget, words }) => `${widget} ${words}`),
  ).toEqual([]);
});

test("what a Function answers is chosen for the conditions on it, through a variable too", () => {
  const flow: FlowDefinition = {
    initial_state: "Trigger",
    states: [
      state("Trigger", "trigger", {}, { incomingCall: "call" }),
      state("call", "run-function", { url: "https://example.com/tier" }, { success: "note", fail: "" }),
      state(
        "note",
        "set-variables",
        { variables: [{ key: "tier", value: "{{widgets.call.parsed.tier}}" }] },
        { next: "split" },
      ),
      {
        ...state("split", "split-based-on", { input: "{{flow.variables.tier}}" }, {}),
        transitions: [
          { event: "noMatch" },
          {
            event: "match",
            conditions: [
              {
                friendly_name: "gold",
                type: "equal_to",
                value: "gold",
                arguments: ["{{flow.variables.tier}}"],
              },
            ],
          },
        ],
      },
    ],
  };
  expect(explore(flow).coverage.isComplete).toBe(true);
});

test("the same Flow gives the same ways, each with something new", () => {
  const flow = asking({ type: "equal_to", value: "yes" });
  expect(explore(flow).ways).toEqual(explore(flow).ways);
  expect(explore(flow).ways.flat()).toContain('replies "yes"');
});

/** Flows of which less can be reached, and why. */
const less: Readonly<Record<string, string>> = {
  "call-menu-deep": "its later splits look at the first menu's keys, which are settled by then",
  "call-without-url": "Studio refuses it: the URL of its Function is missing",
  "messages-and-calls-wrong-timeout": "Studio refuses it: a time-out is not a text",
};

describe("Flows as people draw them", () => {
  test.each(drawnFlows.filter((name) => less[name] === undefined))("%s", (name) => {
    const { summary } = explore(drawnFlow(name));
    const { reached, of } = summary.transitions;
    expect(of === 0 ? 1 : reached / of).toBeGreaterThanOrEqual(0.97);
  });
});

test("forty questions one after the other are asked to the last", () => {
  const offset = { x: 0, y: 0 };
  const many = Array.from({ length: 40 }, (_, at) => at);
  const asking = many.flatMap((at) => {
    const input = `{{widgets.ask${at}.inbound.Body}}`;
    const word = { friendly_name: "word", arguments: [input], type: "equal_to", value: `word ${at}` };
    return [
      {
        name: `ask${at}`,
        type: "send-and-wait-for-reply",
        transitions: [{ event: "incomingMessage", next: `split${at}` }],
        properties: { offset, from: "{{flow.channel.address}}", body: "And?", timeout: "60" },
      },
      {
        name: `split${at}`,
        type: "split-based-on",
        transitions: [
          { event: "noMatch", ...(at < 39 ? { next: `ask${at + 1}` } : {}) },
          { event: "match", ...(at < 39 ? { next: `ask${at + 1}` } : {}), conditions: [word] },
        ],
        properties: { offset, input },
      },
    ];
  });
  const { missed } = explore({
    description: "forty questions",
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingMessage", next: "ask0" }],
        properties: {},
      },
      ...asking,
    ],
  });
  expect(missed).toEqual([]);
});
