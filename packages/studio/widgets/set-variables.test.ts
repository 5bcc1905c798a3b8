import { describe, expect, test } from "vitest";
import { flow, last, play, started, state, variables, warnings } from "../testing/play.ts";
import type { JsonObject, JsonValue } from "../types.ts";

function set(...given: JsonObject[]): {
  flow: JsonValue | undefined;
  own: JsonValue | undefined;
  codes: number[];
} {
  const turns = play(flow(state("set", "set-variables", { variables: given })), started({ Body: "Ada" }));
  const { execution } = last(turns);
  return { flow: execution.context.flow.variables, own: variables(execution, "set"), codes: warnings(turns) };
}

describe("Set Variables", () => {
  test("writes each for the Flow and for the widget, all at once when the step ends", () => {
    const expected = { name: "Ada", again: "" };
    expect(
      set(
        { key: "name", value: "{{trigger.conversation.Body}}" },
        { key: "again", value: "{{flow.variables.name}}" },
      ),
    ).toEqual({ flow: expected, own: expected, codes: [] });
  });

  test("makes text of everything that it is not told to read as JSON", () => {
    expect(
      set(
        { key: "n", value: "1" },
        { key: "nothing", value: null },
        { key: "j", value: '{"a":[1]}', parse_as_json: true },
        { key: "broken", value: "{", parse_as_json: true },
      ),
    ).toMatchObject({ own: { n: "1", nothing: "", j: { a: [1] }, broken: "{" }, codes: [81018] });
  });

  test("takes the last of several with one key", () => {
    expect(set({ key: "a", value: "1" }, { key: "a", value: "2" }).own).toEqual({ a: "2" });
  });
});
