/** An Execution before its first widget, and where things are: widgets in a Flow, values in a context. */
import { isObject } from "./json.ts";
import type {
  Context,
  Execution,
  ExecutionStart,
  FlowDefinition,
  JsonObject,
  JsonValue,
  State,
  Transition,
  TriggerEvent,
} from "./types.ts";

/** The Execution before its first widget. */
export function begin(trigger: TriggerEvent, start: ExecutionStart): Execution {
  return {
    status: "active",
    trigger,
    context: {
      flow: {
        sid: start.executionSid,
        flow_sid: start.flowSid,
        channel: { address: start.channelAddress },
        data: start.data ?? {},
        variables: {},
      },
      contact: { channel: { address: start.contactAddress } },
      trigger: start.trigger,
      widgets: {},
    },
    state: "",
    waiting: null,
    gathered: {},
    step: null,
    steps: 0,
    repeats: 0,
  };
}

const indexes = new WeakMap<FlowDefinition, ReadonlyMap<string, State>>();

/** The widget of that name. */
export function stateNamed(definition: FlowDefinition, name: string): State | undefined {
  let index = indexes.get(definition);
  if (index === undefined) {
    index = new Map(definition.states.map((state) => [state.name, state]));
    indexes.set(definition, index);
  }
  return index.get(name);
}

/** Where a transition leads; nothing, `null` and `""` end the Flow. */
export function destination(transition: Transition | undefined): string | null {
  const next = transition?.next ?? "";
  return next === "" ? null : next;
}

/** The context with what a widget leaves. */
export function withWidget(context: Context, name: string, variables: JsonObject): Context {
  return { ...context, widgets: { ...context.widgets, [name]: variables } };
}

/** An object with a value at a path; what is missing on the way is made. */
export function withValue(
  object: JsonObject,
  [key = "", ...rest]: readonly string[],
  value: JsonValue,
): JsonObject {
  const below = object[key];
  return {
    ...object,
    [key]: rest.length === 0 ? value : withValue(isObject(below) ? below : {}, rest, value),
  };
}
