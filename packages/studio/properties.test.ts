import { expect, test } from "vitest";
import { z } from "zod";
import { advance } from "./engine.ts";
import { propertyProblems } from "./properties.ts";
import { flow, options, play, started, state } from "./testing/play.ts";
import { widgetOfType } from "./widgets/index.ts";

test("a widget whose properties Studio would refuse does not run on a guess", () => {
  const ask = state("ask", "send-and-wait-for-reply", { body: "who?", timeout: 60 });
  expect(() => advance(flow(ask), null, started(), options)).toThrow(
    "widget ask cannot run, because Studio would refuse its timeout: integer found, string expected",
  );
});

test.each([
  [
    "start-conversation",
    { conversation_service_sid: "IS1", participants: [{ type: "fax" }] },
    "participants/0/type does not have a value in the enumeration [chat, messaging, sms]",
  ],
  [
    "resume-conversation",
    { conversation_service_sid: "IS1", webhook_filters: 5 },
    "webhook_filters integer found, string or array expected",
  ],
])("what %s may have of several is said in Twilio's words", (type, properties, said) => {
  const problems = propertyProblems(widgetOfType(type)?.properties ?? z.object({}), properties);
  expect(problems.map(({ path, message }) => `${path.join("/")} ${message}`)).toEqual([said]);
});

test("widgets that add no variables leave none", () => {
  const split = state("split", "split-based-on", { input: "" }, { noMatch: "set" });
  const set = state("set", "set-variables", { variables: [{ key: "a", value: "1" }] });
  const [turn] = play(flow(split, set), started());
  expect(turn?.execution.context.widgets).toEqual({ set: { a: "1" } });
});
