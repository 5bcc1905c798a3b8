/** Flows that real people drew, when they lie beside the checkout, played from every way in. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { advance } from "./engine.ts";
import { options } from "./testing/play.ts";
import type { EngineEvent, Execution, FlowDefinition, JsonObject, TriggerEvent } from "./types.ts";
import { validate } from "./validate.ts";
import { widgetOfType } from "./widgets/index.ts";

const folder = new URL("../../../shared/flows/", import.meta.url);
const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".json")) : [];
const flows = files
  .map((file): [string, FlowDefinition] => [
    file,
    JSON.parse(readFileSync(new URL(file, folder), "utf8")) as FlowDefinition,
  ])
  .filter(
    ([, definition]) =>
      definition.states.every(({ type }) => widgetOfType(type) !== undefined) &&
      validate(definition).errors.length === 0,
  );

const ways: TriggerEvent[] = [
  "incomingMessage",
  "incomingConversationMessage",
  "incomingRequest",
  "incomingParent",
];
const said = ["yes", "1", "no", "hello"];

function start(trigger: TriggerEvent): EngineEvent {
  const message: JsonObject = { Body: "hello", From: "+15550100201", To: "+15550100001" };
  return {
    type: "started",
    trigger,
    start: {
      executionSid: "FN1",
      flowSid: "FW1",
      channelAddress: "+15550100001",
      contactAddress: "+15550100201",
      trigger: { message, conversation: message, request: { parameters: {} }, parent: { parameters: {} } },
    },
  };
}

/** What comes of the effect that waits: all goes well, and the person has something to say. */
function answer({ waiting, steps }: Execution): EngineEvent {
  const id = waiting?.effect ?? "";
  const response = { status: 200, contentType: "application/json", body: '{"status":"ok"}', headers: {} };
  if (waiting?.type === "sendMessage") return { type: "messageSent", id, message: { Sid: "SM1" } };
  if (waiting?.type === "waitForReply")
    {return { type: "replied", message: { Body: said[steps % said.length] ?? "" } };}
  return { type: "answered", id, response };
}

describe.runIf(flows.length > 0)("a Flow that somebody drew", () => {
  test.each(flows)("%s runs from every way in, and each message has a text", (_, definition) => {
    for (const way of ways) {
      let turn = advance(definition, null, start(way), options);
      for (let events = 0; turn.execution.status === "active" && events < 200; events++) {
        expect(turn.execution.waiting).not.toBeNull();
        for (const effect of turn.effects) {
          if (effect.type === "sendMessage") expect(effect.body).not.toMatch(/\{[{%]/);
        }
        turn = advance(definition, turn.execution, answer(turn.execution), options);
      }
      expect(turn.execution.steps).toBeGreaterThan(0);
    }
  });
});
