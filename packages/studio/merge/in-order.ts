/** A Flow written as another one is, so that Git shows what changed and nothing else. */
import { isObject } from "../json.ts";
import type { FlowDefinition, JsonValue } from "../types.ts";

/** The definition with its widgets and keys in the order of another; what is new comes last. */
export function inOrderOf(definition: FlowDefinition, like: FlowDefinition): FlowDefinition {
  const place = new Map(like.states.map(({ name }, at) => [name, at]));
  const last = like.states.length;
  const states = definition.states.toSorted(
    (one, other) => (place.get(one.name) ?? last) - (place.get(other.name) ?? last),
  );
  const known = new Map(like.states.map((state) => [state.name, state]));
  const ordered = states.map((state) =>
    keyed(state as unknown as JsonValue, known.get(state.name) as unknown as JsonValue | undefined),
  );
  return keyed({ ...definition, states: ordered }, { ...like, states: [] }) as unknown as FlowDefinition;
}

/** Keys in the order of another value's; lists entry by entry. */
function keyed(value: JsonValue, like: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) {
    const others: readonly JsonValue[] = Array.isArray(like) ? like : [];
    return value.map((each: JsonValue, at) => keyed(each, others[at]));
  }
  if (!isObject(value)) return value;
  const other = isObject(like) ? like : {};
  const keys = [
    ...Object.keys(other).filter((key) => key in value),
    ...Object.keys(value).filter((key) => !(key in other)),
  ];
  return Object.fromEntries(keys.map((key) => [key, keyed(value[key] ?? null, other[key])]));
}
