import { describe, expect, test } from "vitest";
import { advance } from "../engine.ts";
import { flow, last, now, options, play, replied, sent, started, state, variables } from "../testing/play.ts";
import type { EngineEvent } from "../types.ts";

const ask = (next: Record<string, string>, timeout = "60") =>
  flow(
    state("ask", "send-and-wait-for-reply", { body: "who?", timeout }, next),
    state("sorry", "send-message", {
      body: "{{widgets.ask.outbound.ErrorCode}} {{widgets.ask.outbound.Sid}}",
    }),
  );
const undelivered: EngineEvent = {
  type: "messageFailed",
  id: "2",
  error: { code: 30003, message: "unreachable" },
};

describe("Send & Wait For Reply", () => {
  test("leaves by deliveryFailure when word comes that its message did not arrive, and says which", () => {
    const turns = play(
      ask({ incomingMessage: "sorry", deliveryFailure: "sorry" }),
      started(),
      sent,
      () => undelivered,
    );
    expect(last(turns).trace[0]).toMatchObject({ continued: true, left: { event: "deliveryFailure" } });
    expect(last(turns).effects).toContainEqual(expect.objectContaining({ body: "30003 IM1" }));
  });

  test("does not take replies when nothing is said of them", () => {
    const turns = play(ask({ timeout: "sorry" }), started(), sent, replied("Ada"));
    expect(last(turns).effects).toEqual([expect.objectContaining({ type: "warn", code: 81002 })]);
    expect(last(turns).execution).toEqual(turns[1]?.execution);
  });

  test.each([
    ["{{trigger.conversation.Body}}", 30],
    ["", 3600],
    ["soon", 3600],
  ])("waits for a timeout of %j %i seconds", (timeout, seconds) => {
    const turns = play(ask({ incomingMessage: "sorry" }, timeout), started({ Body: "30" }), sent);
    expect(last(turns).effects).toEqual([expect.objectContaining({ type: "waitForReply", seconds })]);
  });

  test("the step that waited comes again whole, with what it rendered before", () => {
    const [first, , answeredTurn] = play(ask({ incomingMessage: "sorry" }), started(), sent, replied("Ada"));
    const step = answeredTurn?.trace[0];
    expect(step?.templates.map(({ property }) => property)).toEqual(["from", "to", "body", "timeout"]);
    expect(step?.before).toEqual(first?.execution.context);
    expect(step?.after).toEqual(answeredTurn?.trace[1]?.before);
  });

  test("outside a Conversation the reply is inbound, whatever the switch says", () => {
    const definition = ask({ incomingMessage: "sorry" });
    const [, asked] = play(definition, started(), sent);
    const turn = advance(
      definition,
      asked?.execution ?? null,
      { type: "replied", message: { Body: "Ada" } },
      { now, switches: { replyLocation: "trigger" } },
    );
    expect(variables(turn.execution, "ask")).toMatchObject({ inbound: { Body: "Ada" } });
  });

  test("a second start changes nothing: the contact is in this Execution", () => {
    const definition = ask({ incomingMessage: "sorry" });
    const [, asked] = play(definition, started(), sent);
    const turn = advance(definition, asked?.execution ?? null, started(), options);
    expect(turn.effects).toEqual([expect.objectContaining({ type: "warn", code: 81002 })]);
    expect(turn.execution).toEqual(asked?.execution);
  });
});
