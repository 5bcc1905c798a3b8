/**
 * A Flow that runs within another, https://www.twilio.com/docs/studio/subflows: one Execution, one count of steps. The
 * subflow has a context of its own; parameters go in, the variables it sets come out.
 */
import { isObject } from "./json.ts";
import type { StudioSwitches } from "./switches.ts";
import type { Caller, Context, Execution, FlowDefinition, JsonObject, JsonValue } from "./types.ts";
import type { SubflowCall } from "./widget.ts";

/** As the widget names it; a number also stands for the revision that runs already. */
export type SubflowRevision = number | "LatestPublished" | "LatestDraft";

/** A Flow that a host found for Run Subflow. The definition is the same object for the same revision. */
export interface Subflow {
  readonly definition: FlowDefinition;
  readonly revision: number;
}

/** Finds the Flow that Run Subflow names; undefined when there is none. */
export type FindSubflow = (flowSid: string, revision: SubflowRevision) => Subflow | undefined;

/** The context in which a subflow starts: the caller's trigger and contact, its parameters under `trigger.parent`. */
export function contextWithin(
  { context, trigger }: Execution,
  { flowSid, parameters }: SubflowCall,
  stepSid: string,
): Context {
  const { flow } = context;
  const parent = {
    parameters,
    step_sid: stepSid,
    execution_sid: flow.sid ?? "",
    flow_sid: flow.flow_sid ?? "",
    trigger_type: trigger,
  };
  return {
    flow: { ...flow, flow_sid: flowSid, variables: {} },
    contact: context.contact,
    trigger: { ...context.trigger, parent },
    widgets: {},
  };
}

/** The caller's context when the subflow is over: channel and add-ons come back with it. */
export function contextAfter({ context }: Caller, { flow }: Context): Context {
  const lifted = ["channel", "add_ons"].flatMap((key) => {
    const value = flow[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return { ...context, flow: { ...context.flow, ...Object.fromEntries(lifted) } };
}

/** What a subflow leaves under `widgets.<name>`: each variable that it has set. */
export function variablesOf({ flow }: Context, { subflowValues }: StudioSwitches): JsonObject {
  const { variables } = flow;
  const all = Object.entries(isObject(variables) ? variables : {});
  return Object.fromEntries(all.filter(([, value]) => subflowValues === "any" || isSimple(value)));
}

/** Whether a value is neither list nor object. */
export function isSimple(value: JsonValue): boolean {
  return typeof value !== "object" || value === null;
}
