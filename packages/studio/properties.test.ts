import { expect, test } from "vitest";
import { advance } from "./engine.ts";
import { flow, options, play, started, state } from "./testing/play.ts";

test("a widget whose properties Studio would refuse does not run on a guess", () => {
  const ask = state("ask", "send-and-wait-for-reply", { body: "who?", timeout: 60 });
  expect(() => advance(flow(ask), null, started(), options)).toThrow(
    "widget ask cannot run, because Studio would refuse its timeout: integer found, string expected",
  );
});

test("widgets that add no variables leave none", () => {
  const split = state("split", "split-based-on", { input: "" }, { noMatch: "set" });
  const set = state("set", "set-variables", { variables: [{ key: "a", value: "1" }] });
  const [turn] = play(flow(split, set), started());
  expect(turn?.execution.context.widgets).toEqual({ set: { a: "1" } });
});
