/**
 * What is called unreachable is held against the engine: random splits, and random texts that walk them. One transition that
 * is walked and was called unreachable fails.
 */
import {
  advance,
  type Condition,
  type FlowDefinition,
  type State,
  type Transition,
} from "@support-line/studio";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { unreachableIn } from "./unreachable.ts";

const words = [
  "",
  "yes",
  "no",
  "5",
  "10",
  "7.5",
  "abc",
  "ab",
  "b",
  "09:00",
  "17:30",
  "2026-01-31",
  "2026-02-01",
];
const patterns = [
  "^(?=.*yes)(?=.*no).*",
  "(a|b)\\1",
  "[0-9]+",
  "y.*",
  "(?!5)\\d+",
  "",
  ".*",
  "^5$",
  "no|yes",
];
const types = [
  "equal_to",
  "not_equal_to",
  "matches_any_of",
  "does_not_match_any_of",
  "is_blank",
  "is_not_blank",
  "contains",
  "does_not_contain",
  "starts_with",
  "does_not_start_with",
  "less_than",
  "greater_than",
  "is_before_time",
  "is_after_time",
  "is_before_date",
  "is_after_date",
];

const word = fc.constantFrom(...words);
const list = fc.array(word, { minLength: 1, maxLength: 3 }).map((each) => each.join(", "));
const compared = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...types), fc.oneof(word, list)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("regex"), fc.constantFrom(...patterns)) },
);
/** What a message, an answer, a variable or both of a pair hold; the last two are never one plain variable. */
const looked = fc.constantFrom(
  "{{trigger.message.Body}}",
  "{{widgets.ask.inbound.Body}}",
  "{{flow.variables.noted}}",
  "{{flow.variables.noted}}{{widgets.ask.inbound.Body}}",
  "{{widgets.ask.inbound.Body | upcase | append: '5'}}",
);

const condition = fc
  .tuple(looked, compared, fc.boolean())
  .map(([argument, [type, value], isBare]): Condition => ({
    friendly_name: "it",
    type,
    value,
    arguments: isBare ? [] : [argument],
  }));
const several = fc
  .tuple(condition, fc.option(looked))
  .map(([one, more]) => (more === null ? one : { ...one, arguments: [...one.arguments, more] }));

/** A split over one input, most of whose conditions look at that. */
function split(name: string, next: readonly string[]): fc.Arbitrary<State> {
  const match = fc
    .array(fc.oneof({ weight: 4, arbitrary: condition }, { weight: 1, arbitrary: several }), {
      minLength: 0,
      maxLength: 3,
    })
    .chain((conditions) =>
      fc.constantFrom(...next).map((to): Transition => ({ event: "match", next: to, conditions })),
    );
  return fc
    .tuple(looked, fc.boolean(), fc.array(match, { minLength: 1, maxLength: 4 }), fc.constantFrom(...next))
    .map(([input, isOne, matches, otherwise]) => ({
      name,
      type: "split-based-on",
      properties: { input },
      transitions: [
        { event: "noMatch", next: otherwise },
        ...matches.map((each) => ({
          ...each,
          conditions: (each.conditions ?? []).map((one) => (isOne ? { ...one, arguments: [input] } : one)),
        })),
      ],
    }));
}

const noted = fc.oneof(
  word,
  fc.constant("{{widgets.ask.inbound.Body}}"),
  fc.constant("{{trigger.message.Body}}"),
);

const flows = fc
  .record({
    first: split("first", ["ask", "second", ""]),
    second: split("second", ["note", "third", "ask", ""]),
    third: split("third", ["ask", ""]),
    value: noted,
    start: fc.constantFrom("first", "second", "ask", "note"),
  })
  .map(({ first, second, third, value, start }): FlowDefinition => ({
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingMessage", next: start }],
      },
      {
        name: "ask",
        type: "send-and-wait-for-reply",
        properties: { body: "?", timeout: "60" },
        transitions: [
          { event: "incomingMessage", next: "second" },
          { event: "timeout", next: "third" },
        ],
      },
      {
        name: "note",
        type: "set-variables",
        properties: { variables: [{ key: "noted", value }] },
        transitions: [{ event: "next", next: "third" }],
      },
      first,
      second,
      third,
    ],
  }));

/** What somebody may write: the words, what stands around them, and lists of them as a server answers. */
const said = fc.oneof(
  word,
  fc.tuple(word, word).map((each) => each.join("")),
  fc.array(word, { maxLength: 3 }).map((each) => each.join(" ")),
  fc.integer({ min: -20, max: 20 }).map(String),
  fc.constantFrom("aa", "bb", "YES", " no ", "4.9", "08:59", "23:59", "1999-12-31", "2026-02-31", "50"),
);

/** The transitions that a way through a Flow takes. */
function walked(
  definition: FlowDefinition,
  texts: readonly string[],
): [widget: string, transition: number][] {
  const [first = "", ...replies] = texts;
  const start = {
    executionSid: "FN1",
    flowSid: "FW1",
    channelAddress: "+15550100001",
    contactAddress: "+15550100201",
    trigger: { message: { Body: first } },
  };
  const options = { now: Date.UTC(2026, 0, 31, 12) };
  let turn = advance(definition, null, { type: "started", trigger: "incomingMessage", start }, options);
  const taken: [string, number][] = [];
  const take = (): void => {
    for (const { state, left } of turn.trace) {
      if (left?.transition !== undefined) taken.push([state, left.transition]);
    }
  };
  take();
  for (const text of replies) {
    while (turn.execution.waiting?.type === "sendMessage") {
      const id = turn.execution.waiting.effect;
      turn = advance(definition, turn.execution, { type: "messageSent", id, message: {} }, options);
      take();
    }
    const { waiting } = turn.execution;
    if (waiting?.type !== "waitForReply") break;
    turn = advance(
      definition,
      turn.execution,
      text === "" ? { type: "timedOut", id: waiting.effect } : { type: "replied", message: { Body: text } },
      options,
    );
    take();
  }
  return taken;
}

test("nothing that a text walks is called unreachable", () => {
  fc.assert(
    fc.property(
      flows,
      fc.array(fc.array(said, { minLength: 1, maxLength: 4 }), { minLength: 25, maxLength: 25 }),
      (definition, ways) => {
        const verdicts = unreachableIn(definition);
        for (const texts of ways) {
          for (const [widget, at] of walked(definition, texts)) {
            expect(
              verdicts.get(widget)?.get(at),
              `${widget} ${at} by ${JSON.stringify(texts)}`,
            ).toBeUndefined();
          }
        }
      },
    ),
    { numRuns: 400, seed: 11 },
  );
});

/** A split on one text, by its matches. */
function splitOn(...matches: [type: string, value: string][][]): FlowDefinition {
  const input = "{{trigger.message.Body}}";
  const transitions: Transition[] = matches.map((conditions) => ({
    event: "match",
    conditions: conditions.map(([type, value]) => ({ friendly_name: "it", type, value, arguments: [input] })),
  }));
  return {
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        properties: {},
        transitions: [{ event: "incomingMessage", next: "split" }],
      },
      {
        name: "split",
        type: "split-based-on",
        properties: { input },
        transitions: [{ event: "noMatch" }, ...transitions],
      },
    ],
  };
}

/** Which of the split's transitions are proved to lead nowhere; 0 is what matches nothing. */
const proved = (...matches: [type: string, value: string][][]) => [
  ...(unreachableIn(splitOn(...matches))
    .get("split")
    ?.keys() ?? []),
];

describe("what is proved", () => {
  test.each<[string, [string, string][][], number[]]>([
    ["blank or not blank leaves nothing", [[["is_blank", " "]], [["is_not_blank", " "]]], [0]],
    ["equal and not equal leave nothing", [[["equal_to", "A"]], [["not_equal_to", "a "]]], [0]],
    ["a word that was taken before", [[["contains", "ye"]], [["equal_to", "yes"]]], [2]],
    ["a list that was taken before", [[["matches_any_of", "a, b"]], [["equal_to", "b"]]], [2]],
    ["what begins with a longer text", [[["starts_with", "ab"]], [["starts_with", "abc"]]], [2]],
    [
      "what is both",
      [
        [
          ["starts_with", "ab"],
          ["starts_with", "b"],
        ],
      ],
      [1],
    ],
    [
      "a number between none",
      [
        [
          ["less_than", "5"],
          ["greater_than", "5"],
        ],
      ],
      [1],
    ],
    ["a number that was taken before", [[["greater_than", "5"]], [["greater_than", "10"]]], [2]],
    ["a word as a number", [[["less_than", "five"]]], [1]],
    ["a time before the first", [[["is_before_time", "00:00"]]], [1]],
    [
      "a date between two that are neighbours",
      [
        [
          ["is_after_date", "2026-01-31"],
          ["is_before_date", "2026-02-01"],
        ],
      ],
      [1],
    ],
    [
      "a date that is a time",
      [
        [
          ["is_after_date", "2026-01-31"],
          ["is_before_time", "12:00"],
        ],
      ],
      [1],
    ],
    [
      "a number with letters",
      [
        [
          ["greater_than", "5"],
          ["contains", "x"],
        ],
      ],
      [1],
    ],
    ["the same pattern twice", [[["regex", "\\d+"]], [["regex", "\\d+"]]], [2]],
  ])("%s", (_, matches, expected) => expect(proved(...matches)).toEqual(expected));

  test.each<[string, [string, string][][]]>([
    ["a pattern that looks ahead", [[["regex", "^(?=.*blocked)(?=.*Access Policy).*"]]]],
    ["a pattern that looks back at a group", [[["regex", "(a|b)\\1"]]]],
    [
      "two conditions on one transition",
      [
        [
          ["contains", "a"],
          ["contains", "b"],
        ],
        [["equal_to", "a"]],
      ],
    ],
    ["does_not_contain 5 before contains 10", [[["does_not_contain", "5"]], [["contains", "10"]]]],
    ["two dates", [[["is_before_date", "2026-02-01"]], [["is_after_date", "2026-01-31"]]]],
    [
      "a number that may be written longer",
      [
        [["equal_to", "5"]],
        [
          ["greater_than", "4"],
          ["less_than", "6"],
        ],
      ],
    ],
    [
      "equal_to with nothing",
      [[["equal_to", ""]], [["is_not_blank", ""]], [["contains", ""]]].slice(0, 1) as [string, string][][],
    ],
  ])("is not %s", (_, matches) => expect(proved(...matches)).toEqual([]));
});
