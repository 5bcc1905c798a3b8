/** Kinds of Flows that a search in breadth does not get through: what is missing is found by changing ways. */
import type { Condition, FlowDefinition, State, Transition } from "@support-line/studio";
import { describe, expect, test } from "vitest";
import { explore } from "./explore.ts";

type Match = readonly [
  next: string,
  ...conditions: (readonly [argument: string, type: string, value: string])[],
];

const widget = (
  name: string,
  type: string,
  properties: State["properties"],
  next: Readonly<Record<string, string>>,
): State => ({
  name,
  type,
  properties,
  transitions: Object.entries(next).map(([event, to]) => ({ event, next: to })),
});

function split(name: string, input: string, otherwise: string, ...matches: readonly Match[]): State {
  const transitions = matches.map(([next, ...conditions]): Transition => ({
    event: "match",
    next,
    conditions: conditions.map(([argument, type, value]): Condition => ({
      friendly_name: `${type} ${value}`,
      arguments: [argument],
      type,
      value,
    })),
  }));
  return {
    name,
    type: "split-based-on",
    properties: { input },
    transitions: [{ event: "noMatch", next: otherwise }, ...transitions],
  };
}

const flow = (trigger: string, first: string, ...states: State[]): FlowDefinition => ({
  initial_state: "Trigger",
  states: [widget("Trigger", "trigger", {}, { [trigger]: first }), ...states],
});

const end = widget("end", "send-message", { body: "bye" }, { sent: "", failed: "" });
const attributes = "{{trigger.conversation.ChannelAttributes";
const request = { url: "https://example.com/flags", method: "GET" };

describe("is explored whole", () => {
  test.each<[string, FlowDefinition]>([
    [
      "several attributes of a channel that have to fit together",
      flow(
        "incomingConversationMessage",
        "kind",
        split("kind", `${attributes}.kind}}`, "", ["language", [`${attributes}.kind}}`, "equal_to", "web"]]),
        split("language", `${attributes}.data.language}}`, "", [
          "test",
          [`${attributes}.data.language}}`, "matches_any_of", "mt, en"],
        ]),
        split("test", `${attributes}.testSession}}`, "", [
          "end",
          [`${attributes}.testSession}}`, "is_not_blank", ""],
          [`${attributes}.kind}}`, "starts_with", "w"],
        ]),
        end,
      ),
    ],
    [
      "an answer looked at as a whole, and its flags by a pattern that looks ahead",
      flow(
        "incomingMessage",
        "ask",
        widget("ask", "make-http-request", request, { success: "whole", failed: "" }),
        split("whole", "{{widgets.ask.parsed}}", "flags", [
          "end",
          ["{{widgets.ask.parsed}}", "contains", "blocked"],
        ]),
        split("flags", "{{widgets.ask.parsed.flags}}", "", [
          "end",
          ["{{widgets.ask.parsed.flags}}", "regex", "^(?=.*low)(?=.*Access Policy).*"],
        ]),
        end,
      ),
    ],
    [
      "what comes with an answer that is a failure",
      flow(
        "incomingMessage",
        "ask",
        widget("ask", "make-http-request", request, { success: "", failed: "why" }),
        split("why", "{{widgets.ask.parsed.reason}}", "status", [
          "end",
          ["{{widgets.ask.parsed.reason}}", "equal_to", "closed"],
        ]),
        split("status", "{{widgets.ask.status_code}}", "", [
          "end",
          ["{{widgets.ask.status_code}}", "equal_to", "404"],
        ]),
        end,
      ),
    ],
    [
      "a counter of attempts, with more to answer in each round than fits a breadth",
      flow(
        "incomingMessage",
        "first",
        ...["first", "second", "third"].map((name, at, all) =>
          widget(
            name,
            "send-and-wait-for-reply",
            { body: "?", timeout: "60" },
            { incomingMessage: all[at + 1] ?? "right", timeout: "", deliveryFailure: "" },
          ),
        ),
        split("right", "{{widgets.third.inbound.Body}}", "count", [
          "end",
          ["{{widgets.third.inbound.Body}}", "equal_to", "right"],
          ["{{widgets.first.inbound.Body}}", "contains", "5"],
          ["{{widgets.second.inbound.Body}}", "less_than", "3"],
        ]),
        widget(
          "count",
          "set-variables",
          {
            variables: [
              {
                key: "rounds",
                value:
                  "{% if flow.variables.rounds %}{{flow.variables.rounds | plus: 1}}{% else %}1{% endif %}",
              },
            ],
          },
          { next: "enough" },
        ),
        split("enough", "{{flow.variables.rounds}}", "first", [
          "end",
          ["{{flow.variables.rounds}}", "greater_than", "4"],
        ]),
        end,
      ),
    ],
    [
      "an hour of the day",
      flow(
        "incomingMessage",
        "hour",
        split("hour", '{{"now" | date: "%H"}}', "", ["end", ['{{"now" | date: "%H"}}', "equal_to", "19"]]),
        end,
      ),
    ],
  ])("%s", (_, definition) => {
    const { missed, unreachable } = explore(definition);
    expect(missed).toEqual([]);
    expect(unreachable.filter(({ reach }) => reach === "nothing")).toEqual([]);
  });
});
