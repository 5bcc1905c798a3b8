import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { advance } from "./engine.ts";
import {
  answered,
  flow,
  last,
  nothing,
  now,
  options,
  path,
  play,
  refused,
  replied,
  sent,
  started,
  state,
  timedOut,
  variables,
  warnings,
} from "./testing/play.ts";
import type { Execution, FlowDefinition } from "./types.ts";

const support = JSON.parse(readFileSync("flow-templates/support.json", "utf8")) as FlowDefinition;
/** What a widget of it says today. */
const bodyOf = (widget: string) => support.states.find(({ name }) => name === widget)?.properties["body"];

describe("the support Flow", () => {
  const message = (Body: string, Index = "3") =>
    started({ Body, Index, ConversationSid: "CH1", Author: "+15550100201" });

  test("a message that asks for nothing ends at once", () => {
    const turns = play(support, message("hello"));
    expect(path(turns)).toEqual(["Trigger", "check-support", "check-first-message"]);
    expect(last(turns).effects).toEqual([{ type: "ended", by: "completed" }]);
  });

  test('"support" runs the Function with the Conversation and confirms', () => {
    const turns = play(support, message(" Support "), answered("Success", 200, "text/plain"), sent);
    expect(turns[0]?.effects[0]).toMatchObject({
      type: "runFunction",
      state: "add-support-agent",
      parameters: { conversationID: "CH1", line: "support" },
      timeoutSeconds: 10,
    });
    expect(turns[1]?.effects[0]).toMatchObject({
      type: "sendMessage",
      state: "support-confirmation-message",
      body: bodyOf("support-confirmation-message"),
    });
    expect(last(turns).execution).toMatchObject({ status: "ended", endedBy: "completed" });
  });

  test("a Function that fails, or never answers, leads to the failure text", () => {
    for (const failure of [answered("no pair", 500, "text/plain"), nothing]) {
      const turns = play(support, message("support"), failure, sent);
      expect(turns[1]?.effects).toContainEqual(expect.objectContaining({ state: "no-agent-message" }));
      expect(warnings(turns)).toEqual([81017]);
    }
  });

  test('"done" confirms when the Function says that an agent was removed, and only then', () => {
    const removed = play(support, message("done"), answered('{"removed":true}'), sent);
    expect(path(removed)).toContain("agent-removed-message");
    const ordinary = play(support, message("done"), answered('{"removed":false}'));
    expect(path(ordinary)).toEqual([
      "Trigger",
      "check-support",
      "remove-support-agent",
      "check-removed",
      "check-first-message",
    ]);
  });

  test("the first message, however it is told apart, makes the Conversation whole", () => {
    for (const index of ["0", ""]) {
      const turns = play(support, message("hello", index), answered("{}"));
      expect(path(turns).at(-1)).toBe("start-conversation");
    }
  });
});

describe("an Execution", () => {
  const wait = flow(
    state(
      "ask",
      "send-and-wait-for-reply",
      { body: "who?", timeout: "60" },
      { incomingMessage: "thank", timeout: "sorry" },
    ),
    state("thank", "send-message", { body: "{{widgets.ask.inbound.Body}} {{trigger.conversation.Body}}" }),
    state("sorry", "send-message", { body: "too late" }),
  );

  test("waits for a reply, and takes it from whoever writes", () => {
    const turns = play(wait, started(), sent, replied("Ada"));
    expect(turns[1]?.effects).toEqual([{ type: "waitForReply", id: "2.reply", state: "ask", seconds: 60 }]);
    expect(last(turns).effects[0]).toMatchObject({ type: "sendMessage", body: "Ada Ada" });
    expect(variables(last(turns).execution, "ask")).toEqual({
      outbound: { Sid: "IM1" },
      inbound: { Body: "Ada" },
    });
  });

  test.each([
    ["inbound", { body: "Ada ", inbound: true }],
    ["trigger", { body: " Ada", inbound: false }],
  ] as const)("finds the reply where the switch says: %s", (replyLocation, expected) => {
    const [, asked] = play(wait, started(), sent);
    const turn = advance(wait, asked?.execution ?? null, replied("Ada")(), {
      now,
      switches: { replyLocation },
    });
    expect(turn.effects[0]).toMatchObject({ body: expected.body });
  });

  test("goes on when nobody replies, and a late answer changes nothing", () => {
    const turns = play(wait, started(), sent, timedOut);
    expect(last(turns).effects[0]).toMatchObject({ body: "too late" });
    const again = advance(wait, last(turns).execution, { type: "timedOut", id: "2.reply" }, options);
    expect(again.effects).toEqual([]);
    expect(again.execution).toEqual(last(turns).execution);
  });

  test("drops a message that it does not wait for, with 81002", () => {
    const [turn] = play(wait, started());
    const dropped = advance(wait, turn?.execution ?? null, replied("early")(), options);
    expect(dropped.effects).toEqual([expect.objectContaining({ type: "warn", code: 81002, state: "ask" })]);
    expect(dropped.execution).toEqual(turn?.execution);
  });

  test("can be stopped, and is over then", () => {
    const [turn] = play(wait, started());
    const stopped = advance(wait, turn?.execution ?? null, { type: "stopped" }, options);
    expect(stopped.execution).toMatchObject({ status: "ended", endedBy: "stopped" });
    expect(advance(wait, stopped.execution, replied("hello")(), options).effects).toEqual([]);
  });

  test("leaves by failure when a message is refused, with the code where Studio has it", () => {
    const turns = play(
      flow(
        state("tell", "send-message", { body: "hi" }, { failed: "tell-again" }),
        state("tell-again", "send-message", { body: "{{widgets.tell.outbound.ErrorCode}}" }),
      ),
      started(),
      refused,
    );
    expect(last(turns).effects).toContainEqual(
      expect.objectContaining({ state: "tell-again", body: "50438" }),
    );
    expect(warnings(turns)).toEqual([81011]);
  });

  test("ends after 1,000 steps, and when one widget runs ten times in a row", () => {
    const circle = flow(
      state("a", "set-variables", {}, { next: "b" }),
      state("b", "set-variables", {}, { next: "a" }),
    );
    const [long] = play(circle, started());
    expect(long?.execution).toMatchObject({ endedBy: "stepLimit", steps: 1000 });
    expect(warnings(long ? [long] : [])).toEqual([81000]);
    const [loop] = play(flow(state("a", "set-variables", {}, { next: "a" })), started());
    expect(loop?.execution).toMatchObject({ endedBy: "loopLimit" });
    expect(loop?.trace.filter(({ state: name }) => name === "a")).toHaveLength(10);
  });

  test("names a widget that it cannot run, and one that is not there", () => {
    expect(() => play(flow(state("x", "hangup", {})), started())).toThrow(
      'widget x has type "hangup", which this engine cannot run',
    );
    expect(() => play(flow(state("x", "set-variables", {}, { next: "y" })), started())).toThrow(
      "x leads to y, which the Flow does not have",
    );
  });

  test("is data: what was stored as JSON goes on as what was not", () => {
    const [, asked] = play(wait, started(), sent);
    const stored = JSON.parse(JSON.stringify(asked?.execution)) as Execution;
    const event = replied("Ada")();
    expect(advance(wait, stored, event, options)).toEqual(
      advance(wait, asked?.execution ?? null, event, options),
    );
  });
});

describe("variables", () => {
  test("of a step appear when it ends", () => {
    const turns = play(
      flow(
        state("set", "set-variables", {
          variables: [
            { key: "a", value: "1" },
            { key: "j", value: '{"b":[2]}', parse_as_json: true },
          ],
        }),
      ),
      started(),
    );
    const { trace, execution } = last(turns);
    expect(trace[1]?.before.flow.variables).toEqual({});
    expect(execution.context.flow.variables).toEqual({ a: "1", j: { b: [2] } });
    expect(variables(execution, "set")).toEqual({ a: "1", j: { b: [2] } });
  });

  test("of a Function: parsed objects are merged and outlive text, the rest is replaced", () => {
    const definition = flow(
      state("call", "run-function", { url: "https://x.twil.io/f" }, { success: "again" }),
      state("again", "set-variables", {}, { next: "call" }),
    );
    const turns = play(
      definition,
      started(),
      answered('{"a":{"b":1},"c":1}'),
      answered('{"a":{"d":2},"c":2}'),
      answered("plain", 200, "text/plain"),
      answered("[1]"),
    );
    expect(variables(last(turns).execution, "call")).toEqual({
      body: "[1]",
      content_type: "application/json",
      status_code: 200,
      parsed: { a: { b: 1, d: 2 }, c: 2 },
    });
  });

  test("of an answer over 64 kB: none", () => {
    const turns = play(
      flow(state("call", "make-http-request", { url: "https://example.com", method: "GET" })),
      started(),
      answered("x".repeat(65_537)),
    );
    expect(variables(last(turns).execution, "call")).toEqual({});
    expect(last(turns).trace[0]?.left?.event).toBe("failed");
  });
});
