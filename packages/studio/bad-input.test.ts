/** What nobody means and somebody sends: the engine warns or refuses, and the Execution's state stays whole. */
import { describe, expect, test } from "vitest";
import { advance } from "./engine.ts";
import {
  answered,
  flow,
  last,
  options,
  play,
  sent,
  started,
  state,
  variables,
  warnings,
} from "./testing/play.ts";
import { validate } from "./validate.ts";

const huge = "x".repeat(10 * 1024 * 1024);

describe("a message of 10 MB", () => {
  test("starts a Flow; what would repeat it is cut off with 81018", () => {
    const definition = flow(
      state("echo", "send-message", { body: "You wrote {{trigger.conversation.Body}}" }, { sent: "split" }),
      state("split", "split-based-on", { input: "{{trigger.conversation.Body}}" }, { noMatch: "" }),
    );
    const turns = play(definition, started({ Body: huge }), sent);
    expect(turns[0]?.effects).toMatchObject([
      { type: "warn", code: 81018 },
      { type: "sendMessage", body: "" },
    ]);
    expect(last(turns).execution).toMatchObject({ status: "ended", endedBy: "completed" });
  });
});

describe("Liquid that goes round", () => {
  test("a text that names itself is text: what comes out is not rendered again", () => {
    const loop = "{{flow.variables.a}}";
    const definition = flow(
      state(
        "set",
        "set-variables",
        { variables: [{ key: "a", value: "{{trigger.conversation.Body}}" }] },
        { next: "say" },
      ),
      state("say", "send-message", { body: loop }, { sent: "" }),
    );
    expect(play(definition, started({ Body: loop }))[0]?.effects).toMatchObject([{ body: loop }]);
  });

  test("a variable that doubles itself in a loop ends the Execution, and the limit is named", () => {
    const twice = "{{flow.variables.a}}{{flow.variables.a}}x";
    const definition = flow(
      state("one", "set-variables", { variables: [{ key: "a", value: twice }] }, { next: "two" }),
      state("two", "set-variables", { variables: [] }, { next: "one" }),
    );
    const turns = play(definition, started());
    expect(last(turns).execution).toMatchObject({ status: "ended", endedBy: "contextLimit" });
    expect(last(turns).effects.slice(-2)).toMatchObject([
      {
        type: "warn",
        code: 81000,
        message: "The Execution ends in one: its context has more than 1000000 characters",
      },
      { type: "ended", by: "contextLimit" },
    ]);
    expect(JSON.stringify(last(turns).execution).length).toBeLessThan(5_000_000);
  });

  test("nor do many steps leave more than a turn may: a large context in a loop ends it", () => {
    const large = "x".repeat(90_000);
    const definition = flow(
      state("one", "set-variables", { variables: [{ key: "a", value: large }] }, { next: "two" }),
      state("two", "set-variables", { variables: [{ key: "b", value: large }] }, { next: "one" }),
    );
    const turns = play(definition, started());
    expect(last(turns).execution).toMatchObject({ status: "ended", endedBy: "contextLimit" });
    expect(last(turns).effects.at(-2)).toMatchObject({
      message: expect.stringContaining("more than 32000000 characters without a wait") as string,
    });
  });

  test("JSON that nests deeper than anybody writes stays text", () => {
    const deep = `${"[".repeat(9_000)}${"]".repeat(9_000)}`;
    const parsing = (value: string) =>
      flow(state("one", "set-variables", { variables: [{ key: "a", value, parse_as_json: true }] }));
    const [turn] = play(parsing(deep), started());
    expect(turn?.execution.context.flow.variables).toEqual({ a: deep });
    expect(warnings(turn === undefined ? [] : [turn])).toEqual([81018]);
    const states = [{ name: "a", type: "b", transitions: [], deep: JSON.parse(deep) as unknown }];
    expect(validate({ ...parsing("1"), states }).errors).toContainEqual({
      property_path: "#/states/0",
      message: "must not nest deeper than 100 lists and objects",
    });
  });
});

describe("a Function that answers", () => {
  const definition = flow(
    state("call", "run-function", { url: "https://a.example/" }, { success: "ask", fail: "ask" }),
    state("ask", "send-and-wait-for-reply", { body: "?" }, { incomingMessage: "" }),
  );

  test.each([
    ["half of a JSON document", answered('{"a":'), { body: '{"a":' }],
    [
      "JSON that is nested without end",
      answered(`{"a":${"[".repeat(30_000)}${"]".repeat(30_000)}}`),
      undefined,
    ],
    ["more than 64 kB", answered("x".repeat(64 * 1024 + 1)), {}],
    ["a prototype", answered('{"__proto__":{"polluted":true}}'), undefined],
  ])("%s: the Execution goes on", (_, answer, left) => {
    const turns = play(definition, started(), answer);
    expect(last(turns).execution.state).toBe("ask");
    if (left !== undefined) expect(variables(last(turns).execution, "call")).toMatchObject(left);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
    expect(JSON.parse(JSON.stringify(last(turns).execution))).toEqual(last(turns).execution);
  });

  test("exactly 64 kB is taken", () => {
    const turns = play(definition, started(), answered("x".repeat(64 * 1024), 200, "text/plain"));
    expect(variables(last(turns).execution, "call")).toMatchObject({ status_code: 200 });
  });

  test("twice: the second answer changes nothing", () => {
    const [first, second] = play(definition, started(), answered("{}"));
    const id = first?.execution.waiting?.effect ?? "";
    const again = advance(definition, second?.execution ?? null, answered('{"b":1}')(id), options);
    expect(again.execution).toEqual(second?.execution);
    expect([again.effects, again.trace]).toEqual([[], []]);
  });
});

describe("a definition", () => {
  test.each([
    ["nothing", undefined],
    ["text that was cut off", '{"states": ['],
    ["a list", []],
    ["a number", 1],
    ["states that are no list", { initial_state: "a", states: { a: 1 } }],
    ["states that are no objects", { initial_state: "a", states: [null, 1, "x", []] }],
  ])("of %s is refused with a place", (_, definition) => {
    const { errors } = validate(definition);
    expect(errors.length).toBeGreaterThan(0);
    for (const { property_path: path } of errors) expect(path).toMatch(/^#/);
  });

  test("of 1,001 states, each a megabyte wide, is refused in a moment", () => {
    const body = "x".repeat(1024 * 1024);
    const states = Array.from({ length: 1000 }, (_, at) =>
      state(`s${at}`, "send-message", { from: "f", body }),
    );
    const before = performance.now();
    const { errors } = validate(flow(...states));
    expect(errors.map(({ message }) => message)).toEqual([
      "there must be a maximum of 1000 items in the array",
    ]);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  test("that nests without end is not a definition, and does no harm", () => {
    const nested = JSON.parse(`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`) as unknown;
    const { errors } = validate({
      initial_state: "a",
      states: [{ name: "a", type: "new-widget", properties: nested, transitions: [] }],
    });
    expect(errors).toEqual([
      { property_path: "#/states/0", message: "must not nest deeper than 100 lists and objects" },
    ]);
  });
});
