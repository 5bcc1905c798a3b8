/** That nothing in Flows as people draw them is refused or run wrongly by mistake; not that Studio would do the same. */
import { describe, expect, test } from "vitest";
import { diff } from "./diff.ts";
import { advance } from "./engine.ts";
import { statesByName, statesToArray } from "./states.ts";
import type { FindSubflow } from "./subflow.ts";
import { drawnFlow as read, drawnFlows } from "./testing/flows.ts";
import { answered, options, sent } from "./testing/play.ts";
import type { Effect, EngineEvent, Execution, TriggerEvent } from "./types.ts";
import { validate } from "./validate.ts";
import { widgetOfType } from "./widgets/index.ts";

/** Flows that Twilio refuses as they stand, and why. */
const refusals: Readonly<Record<string, readonly string[]>> = {
  "call-without-url": ["#/states/1/properties/url is missing but it is required"],
  "messages-and-calls-wrong-timeout": ["#/states/5/properties/timeout integer found, string expected"],
};

/** A Flow of widgets that the engine runs, and that Twilio would take. */
function runs(file: string): boolean {
  return (
    refusals[file] === undefined && read(file).states.every(({ type }) => widgetOfType(type) !== undefined)
  );
}

/** What somebody does who goes along with whatever the Flow asks. */
function agreeable({ waiting }: Execution): EngineEvent {
  const id = waiting?.effect ?? "";
  if (waiting?.type === "sendMessage") return sent(id);
  if (waiting?.type === "waitForReply") return { type: "replied", message: { Body: "1" } };
  if (waiting?.type === "sendToFlex") {
    return { type: "handedOver", id, outcome: "callComplete", variables: {} };
  }
  return happensOnCall(waiting?.type, id) ?? answered('{"ok":true}')(id);
}

/** The same on a call. */
function happensOnCall(type: Effect["type"] | undefined, id: string): EngineEvent | undefined {
  const call = { CallSid: "CA1" };
  if (type === "say") return { type: "played", id };
  if (type === "gather") return { type: "keysPressed", id, digits: "1", call };
  if (type === "dial") return { type: "dialEnded", id, call: { DialCallStatus: "completed" } };
  if (type === "enqueue") return { type: "dequeued", id, outcome: "callComplete", call };
  if (type === "recordVoicemail") return { type: "recorded", id, call };
  return undefined;
}

function started(trigger: TriggerEvent): EngineEvent {
  const start = {
    executionSid: "FN1",
    flowSid: "FW1",
    channelAddress: "+15550100001",
    contactAddress: "+15550100201",
  };
  return {
    type: "started",
    trigger,
    start: { ...start, trigger: { message: { Body: "hello" }, request: {} } },
  };
}

/** The one Flow among them that others run. */
const subflows: FindSubflow = () => ({
  definition: read("questions-subflow"),
  revision: 1,
});

describe("Flows as people draw them", () => {
  test.each(drawnFlows)("%s is valid, or refused for a reason that Twilio gives", (file) => {
    const errors = validate(read(file)).errors.map(
      ({ property_path: path, message }) => `${path} ${message}`,
    );
    expect(errors).toEqual(refusals[file] ?? []);
  });

  test.each(drawnFlows)("%s is the same by name and back", (file) => {
    expect(diff(read(file), statesToArray(statesByName(read(file))))).toEqual([]);
  });

  const runnable = drawnFlows.filter(runs);
  test.each(runnable)("%s runs to its end, or goes on asking, for somebody agreeable", (file) => {
    const definition = read(file);
    const wired = definition.states[0]?.transitions.filter(({ next = "" }) => next !== "") ?? [];
    expect(wired).not.toEqual([]);
    for (const { event } of wired) {
      let turn = advance(definition, null, started(event as TriggerEvent), { ...options, subflows });
      for (let turns = 0; turns < 50 && turn.execution.status === "active"; turns++) {
        turn = advance(definition, turn.execution, agreeable(turn.execution), { ...options, subflows });
        expect(turn.effects.filter((effect) => effect.type === "warn" && effect.code === 81002)).toEqual([]);
      }
      const { status, steps, waiting } = turn.execution;
      expect(steps).toBeGreaterThan(1);
      expect(status === "ended").toBe(waiting === null);
    }
  });
});
