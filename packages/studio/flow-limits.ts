/** What Studio refuses of a Flow as a whole: https://www.twilio.com/docs/studio/subflows (Limits) and its REST-only widgets. */
import { isObject } from "./json.ts";
import { limits } from "./limits.ts";
import type { JsonObject, JsonValue } from "./types.ts";

export interface LimitProblem {
  readonly path: string;
  readonly message: string;
  readonly widget: string;
}

/** Too many subflows, one subflow in two revisions, and widgets that only the REST API's Flows may have. */
export function* limitProblems(states: readonly JsonValue[]): Iterable<LimitProblem> {
  const all = states.flatMap((state, at) => (isObject(state) ? [{ state, at }] : []));
  yield* subflowProblems(all.filter(({ state }) => state.type === "run-subflow"));
  const others = all.some(({ state }) => state.type === "trigger" && isWiredBesidesRest(state));
  for (const { state, at } of others ? all : []) {
    if (state.type !== "start-conversation" && state.type !== "resume-conversation") continue;
    const message = `${state.type} can only be used in flows triggered by the REST API`;
    yield { path: `#/states/${at}/type`, message, widget: nameOf(state) };
  }
}

interface Placed {
  readonly state: JsonObject;
  readonly at: number;
}

function* subflowProblems(calls: readonly Placed[]): Iterable<LimitProblem> {
  const revisions = new Map<string, string | undefined>();
  for (const [count, { state, at }] of calls.entries()) {
    const widget = nameOf(state);
    const path = `#/states/${at}`;
    if (count >= limits.flow.subflowWidgets) {
      const message = `there must be a maximum of ${limits.flow.subflowWidgets} run-subflow widgets in a flow`;
      yield { path, message, widget };
    }
    const { properties } = state;
    if (!isObject(properties) || typeof properties.flow_sid !== "string") continue;
    const { flow_sid: sid } = properties;
    const revision = revisionIn(properties);
    const known = revisions.get(sid);
    if (!revisions.has(sid)) {
      revisions.set(sid, revision);
      if (revisions.size <= limits.flow.subflows) continue;
      const message = `there must be a maximum of ${limits.flow.subflows} different subflows in a flow`;
      yield { path, message, widget };
    } else if (known !== undefined && revision !== undefined && known !== revision) {
      const message = `every widget that runs ${sid} must use the same revision`;
      yield { path: `${path}/properties/flow_revision`, message, widget };
    }
  }
}

/** A number may be written as text. Undefined: not known yet, or not right, which is said elsewhere. */
function revisionIn({ flow_revision: revision }: JsonObject): string | undefined {
  return typeof revision === "string" || typeof revision === "number" ? String(revision) : undefined;
}

/** Whether messages, calls or Conversations start the Flow. */
function isWiredBesidesRest({ transitions }: JsonObject): boolean {
  const list = Array.isArray(transitions) ? (transitions as readonly JsonValue[]) : [];
  return list.some((each) => {
    if (!isObject(each) || typeof each.next !== "string" || each.next === "") return false;
    return each.event !== "incomingRequest" && each.event !== "incomingParent";
  });
}

function nameOf({ name }: JsonObject): string {
  return typeof name === "string" ? name : "";
}
