/**
 * Places in a definition, named as a person would: by widget and property.
 *
 * - `add-support-agent.url`: a property
 * - `add-support-agent.parameters.line`: the value of the parameter with that key
 * - `check-support.conditions.Support.value`: a key of the condition with that friendly name
 */
import { isObject } from "./widgets/http.ts";
import type { FlowDefinition, JsonValue, State } from "./types.ts";

type Path = readonly (string | number)[];

/** Where a place is below its state, or what keeps it from being found. */
export type Found = { readonly state: State; readonly path: Path } | { readonly problem: string };

/** Finds a place. A widget's name holds no dot; the rest of the place is what follows the first one. */
export function findPlace(definition: FlowDefinition, place: string): Found {
  const [widget = "", ...keys] = place.split(".");
  const state = definition.states.find(({ name }) => name === widget);
  if (state === undefined) return { problem: `there is no widget ${widget}` };
  const [kind = "", ...rest] = keys;
  if (kind === "conditions") return conditionPlace(state, rest);
  const value = state.properties[kind];
  if (value === undefined) return { problem: `${widget} has no property ${kind}` };
  if (rest.length === 0) return { state, path: ["properties", kind] };
  return keyedPlace(state, kind, rest.join("."), value);
}

/** A place in a list of `{key, value}`. */
function keyedPlace(state: State, kind: string, key: string, value: JsonValue): Found {
  const index = Array.isArray(value)
    ? value.findIndex((each: JsonValue) => isObject(each) && each.key === key)
    : -1;
  if (index < 0) return { problem: `${kind} of ${state.name} has no ${key}` };
  return { state, path: ["properties", kind, index, "value"] };
}

function conditionPlace(state: State, keys: readonly string[]): Found {
  const name = keys.slice(0, -1).join(".");
  const key = keys.at(-1) ?? "";
  for (const [transition, { conditions = [] }] of state.transitions.entries()) {
    const index = conditions.findIndex(({ friendly_name: friendlyName }) => friendlyName === name);
    if (index >= 0) return { state, path: ["transitions", transition, "conditions", index, key] };
  }
  return { problem: `${state.name} has no condition ${name}` };
}

/** A copy of a value with another one at a path. What stands beside the path is shared, not copied. */
export function withValueAt(value: unknown, path: Path, filling: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return filling;
  if (Array.isArray(value)) {
    return value.map((each: unknown, at) => (at === key ? withValueAt(each, rest, filling) : each));
  }
  const object = (value ?? {}) as Readonly<Record<string, unknown>>;
  return { ...object, [key]: withValueAt(object[key], rest, filling) };
}

/** What stands at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (at as Record<string | number, unknown> | undefined)?.[key],
    value,
  );
}

/** Every text in a definition's states with its place, written as `findPlace` reads it where it can. */
export function textsOf(definition: FlowDefinition): { readonly place: string; readonly text: string }[] {
  return definition.states.flatMap(({ name, properties }) => textsBelow(`${name}.`, properties));
}

function textsBelow(place: string, value: JsonValue): { place: string; text: string }[] {
  if (typeof value === "string") return [{ place: place.slice(0, -1), text: value }];
  if (Array.isArray(value)) {
    return value.flatMap((each: JsonValue, at) => {
      if (isObject(each) && typeof each.key === "string" && each.value !== undefined) {
        return textsBelow(`${place}${each.key}.`, each.value);
      }
      return textsBelow(`${place}${at}.`, each);
    });
  }
  return isObject(value)
    ? Object.entries(value).flatMap(([key, each]) => textsBelow(`${place}${key}.`, each))
    : [];
}
