/** Playing a Flow in a test: Flows made of a few words, and answers to whatever waits. */
import { advance } from "../engine.ts";
import type { EngineEvent, Execution, FlowDefinition, JsonObject, State, Turn } from "../types.ts";

/** The moment at which everything happens. */
export const now = Date.UTC(2026, 0, 31, 12);
export const options = { now };

/** A Flow of these widgets, entered at the first one after the Trigger. */
export function flow(...states: State[]): FlowDefinition {
  const trigger: State = {
    name: "Trigger",
    type: "trigger",
    properties: {},
    transitions: [{ event: "incomingConversationMessage", next: states[0]?.name ?? null }],
  };
  return { initial_state: "Trigger", states: [trigger, ...states] };
}

/** A widget; `next` says where each event leads. */
export function state(
  name: string,
  type: string,
  properties: JsonObject,
  next: Record<string, string> = {},
): State {
  const transitions = Object.entries(next).map(([event, to]) => ({ event, next: to }));
  return { name, type, properties, transitions };
}

/** The first message of a Conversation. */
export function started(conversation: JsonObject = {}): EngineEvent {
  return {
    type: "started",
    trigger: "incomingConversationMessage",
    start: {
      executionSid: "FN1",
      flowSid: "FW1",
      channelAddress: "CH1",
      contactAddress: "CH1",
      trigger: { conversation },
    },
  };
}

/** Plays a Flow: each answer goes to the effect that waits. */
export function play(
  definition: FlowDefinition,
  first: EngineEvent,
  ...answers: ((id: string) => EngineEvent)[]
): Turn[] {
  const turns = [advance(definition, null, first, options)];
  for (const answer of answers) {
    const { execution } = turns.at(-1) ?? { execution: null };
    turns.push(advance(definition, execution, answer(execution?.waiting?.effect ?? ""), options));
  }
  return turns;
}

/** Answers to the effect that waits. */
export const sent = (id: string): EngineEvent => ({ type: "messageSent", id, message: { Sid: "IM1" } });
export const refused = (id: string): EngineEvent => ({
  type: "messageFailed",
  id,
  error: { code: 50438, message: "no" },
});
export const replied = (Body: string) => (): EngineEvent => ({
  type: "replied",
  message: { Body },
  conversation: { Body },
});
export const timedOut = (id: string): EngineEvent => ({ type: "timedOut", id });
export const nothing = (id: string): EngineEvent => ({ type: "answered", id, response: null });
export const answered =
  (body: string, status = 200, contentType = "application/json") =>
  (id: string): EngineEvent => ({
    type: "answered",
    id,
    response: { status, contentType, body, headers: {} },
  });

/** The widgets that were entered, in order. */
export const path = (turns: Turn[]) =>
  turns.flatMap(({ trace }) => trace.filter(({ continued }) => !continued)).map((step) => step.state);
export const last = (turns: Turn[]): Turn => turns.at(-1) as Turn;
/** What a widget left. */
export const variables = (execution: Execution, widget: string) => execution.context.widgets[widget];
/** The codes that were warned of. */
export const warnings = (turns: Turn[]) =>
  turns.flatMap(({ effects }) => effects).flatMap((effect) => (effect.type === "warn" ? [effect.code] : []));
