/** Flows of one widget on a call, started and left. */
import { advance } from "../engine.ts";
import type { FlowDefinition, JsonObject, Turn } from "../types.ts";
import { options } from "./play.ts";

/** A Flow of one widget, and one behind each of its transitions. */
export function flowOf(type: string, properties: JsonObject, events: readonly string[]): FlowDefinition {
  return {
    initial_state: "Trigger",
    states: [
      {
        name: "Trigger",
        type: "trigger",
        transitions: [{ event: "incomingCall", next: "it" }],
        properties: {},
      },
      {
        name: "it",
        type,
        properties,
        transitions: events.map((event) => ({ event, next: `after-${event}` })),
      },
      ...events.map((event) => ({
        name: `after-${event}`,
        type: "set-variables",
        properties: { variables: [] },
        transitions: [{ event: "next" }],
      })),
    ],
  };
}

/** The Flow on a call that came in. */
export function started(definition: FlowDefinition): Turn {
  const start = {
    executionSid: "FN1",
    flowSid: "FW1",
    channelAddress: "+15550100001",
    contactAddress: "+15550100201",
    trigger: { call: { CallSid: "CA1", From: "+15550100201" } },
  };
  return advance(definition, null, { type: "started", trigger: "incomingCall", start }, options);
}

/** The one event that a widget leaves by, and what stands under it then. */
export function left({ trace, execution }: Turn): [string | undefined, unknown] {
  return [trace[0]?.left?.event, execution.context.widgets["it"]];
}
