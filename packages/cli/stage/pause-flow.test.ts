import { readFileSync } from "node:fs";
import { advance, validate, type Effect, type EngineEvent, type FlowDefinition } from "@support-line/studio";
import { describe, expect, test } from "vitest";
import { pausedFlow } from "./pause-flow.ts";

const template = (name: string) =>
  JSON.parse(readFileSync(`flow-templates/${name}.json`, "utf8")) as FlowDefinition;
const text = "We are away.";

/** Plays one message of a Conversation; answers what was said and which Functions ran. */
function play(flow: FlowDefinition, Body: string, Index: string): string[] {
  const start = {
    executionSid: "FN1",
    flowSid: "FW1",
    channelAddress: "CH1",
    contactAddress: "CH1",
    trigger: { conversation: { Body, Index, ConversationSid: "CH1", Author: "+15550100201" } },
  };
  const now = { now: Date.UTC(2026, 10, 23, 10) };
  const done: string[] = [];
  let turn = advance(flow, null, { type: "started", trigger: "incomingConversationMessage", start }, now);
  for (let effect = turn.effects.find(isAsked); effect !== undefined; effect = turn.effects.find(isAsked)) {
    done.push(effect.type === "sendMessage" ? effect.body : new URL(effect.url).pathname);
    turn = advance(flow, turn.execution, answerTo(effect), now);
  }
  return done;
}

type Asked = Extract<Effect, { type: "sendMessage" | "runFunction" }>;
const isAsked = (effect: Effect): effect is Asked =>
  effect.type === "sendMessage" || effect.type === "runFunction";

function answerTo({ type, id }: Asked): EngineEvent {
  if (type === "sendMessage") return { type: "messageSent", id, message: {} };
  const response = { status: 200, contentType: "application/json", body: "{}", headers: {} };
  return { type: "answered", id, response };
}

describe.each(["support", "desk"])("the template %s, paused", (name) => {
  const flow = pausedFlow(template(name), text);

  test("is a Flow that Twilio takes", () => {
    expect(validate(flow)).toEqual({ errors: [], warnings: [] });
  });

  test("answers whoever opens a Conversation, and starts that as ever", () => {
    expect(play(flow, "hello", "0")).toEqual([text, "/start-conversation"]);
    expect(play(flow, "hello", "")).toEqual([text, "/start-conversation"]);
  });

  test("answers who asks for support, and brings nobody", () => {
    expect(play(flow, " Support", "7")).toEqual([text, "/start-conversation"]);
  });

  test("lets an agent who is done leave, to nobody else", () => {
    expect(play(flow, "done", "7")).toEqual(["/remove-support-agent"]);
    expect(JSON.stringify(flow)).not.toContain("servesNext");
  });

  test("says nothing to the other messages of a Conversation", () => {
    expect(play(flow, "my order is late", "7")).toEqual([]);
  });
});

test("a Flow that nothing is known of answers whoever opens a Conversation", () => {
  const [trigger] = template("support").states;
  const bare = pausedFlow({ initial_state: "Trigger", states: trigger === undefined ? [] : [trigger] }, text);
  expect(validate(bare).errors).toEqual([]);
  expect(play(bare, "support", "0")).toEqual([text]);
  expect(play(bare, "support", "1")).toEqual([]);
});
