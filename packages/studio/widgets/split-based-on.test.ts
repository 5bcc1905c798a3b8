import { describe, expect, test } from "vitest";
import { advance } from "../engine.ts";
import { flow, last, now, path, play, started, state, warnings } from "../testing/play.ts";
import type { Condition, FlowDefinition, Transition } from "../types.ts";

const body = "{{trigger.conversation.Body}}";
const when = (type: string, value: string, given: string[] = [body]): Condition => ({
  friendly_name: `${type} ${value}`,
  arguments: given,
  type,
  value,
});
const match = (next: string, ...conditions: Condition[]): Transition => ({
  event: "match",
  next,
  conditions,
});

function split(...transitions: Transition[]): FlowDefinition {
  const targets = ["one", "two", "none"].map((name) => state(name, "set-variables", {}));
  return flow(
    { name: "split", type: "split-based-on", properties: { input: body }, transitions },
    ...targets,
  );
}
const taken = (definition: FlowDefinition, Body: string) =>
  path(play(definition, started({ Body, Wanted: "b" }))).at(-1);

describe("Split Based On", () => {
  test("takes the first transition whose condition holds, in their order", () => {
    const definition = split(
      { event: "noMatch", next: "none" },
      match("one", when("contains", "a")),
      match("two", when("contains", "ab")),
    );
    expect(taken(definition, "cab")).toBe("one");
    expect(taken(definition, "c")).toBe("none");
  });

  test("compares with a value that is itself Liquid", () => {
    const definition = split(match("one", when("equal_to", "{{trigger.conversation.Wanted}}")));
    expect(taken(definition, " B ")).toBe("one");
  });

  test("tests its input where a condition names no argument", () => {
    expect(taken(split(match("one", when("equal_to", "yes", []))), "yes")).toBe("one");
  });

  test.each([
    ["and", "none"],
    ["or", "one"],
  ] as const)(
    "joins several conditions of one transition as the switch says: %s",
    (conditionsJoin, expected) => {
      const definition = split(match("one", when("starts_with", "a"), when("contains", "z")), {
        event: "noMatch",
        next: "none",
      });
      const { trace } = advance(definition, null, started({ Body: "ab" }), {
        now,
        switches: { conditionsJoin },
      });
      expect(trace.at(-1)?.state).toBe(expected);
    },
  );

  test("tells what it tried, and whether it held", () => {
    const definition = split(match("one", when("equal_to", "a")), match("two", when("equal_to", "B")));
    const step = last(play(definition, started({ Body: "b" }))).trace[1];
    expect(step?.conditions.map(({ value, held }) => [value, held])).toEqual([
      ["a", false],
      ["B", true],
    ]);
  });

  test("that nothing matches and that says nothing of it ends with 81005", () => {
    const turns = play(split(match("one", when("equal_to", "a"))), started({ Body: "b" }));
    expect(warnings(turns)).toEqual([81005]);
    expect(last(turns).execution).toMatchObject({ status: "ended", endedBy: "completed" });
  });

  test("says so when a pattern cannot be tried", () => {
    const turns = play(split(match("one", when("regex", "(")), { event: "noMatch" }), started({ Body: "(" }));
    expect(warnings(turns)).toEqual([81018]);
  });
});
