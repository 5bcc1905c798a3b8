/**
 * Places in a state, by name. `url` is a property; `parameters.line` the value of the parameter with that key (so are
 * `variables.<key>` and `content_variables.<key>`); `conditions.Support.value` what the condition with that friendly
 * name compares with.
 */
import { readState } from "./read-definition.ts";
import type { JsonObject, JsonValue, State } from "./types.ts";

/** Where a place is in its state: keys and indexes. */
export type Path = readonly (string | number)[];

/** A place with its name and what stands there. */
export interface Place {
  readonly name: string;
  readonly path: Path;
  readonly value: JsonValue;
}

/** Every place of a state that has a name, in the order they stand. Names may occur twice. */
export function placesOf(given: State): Place[] {
  const state = readState(given);
  return state === undefined ? [] : [...propertyPlaces(state.properties), ...conditionPlaces(state)];
}

function propertyPlaces(properties: JsonObject): Place[] {
  return Object.entries(properties).flatMap(([property, value]): Place[] => {
    const path = ["properties", property];
    const keyed = Array.isArray(value)
      ? value.flatMap((item: JsonValue, at): Place[] => {
          const entry = keyedEntry(item);
          return entry === null
            ? []
            : [{ name: `${property}.${entry.key}`, path: [...path, at, "value"], value: entry.value }];
        })
      : [];
    return [{ name: property, path, value }, ...keyed];
  });
}

function keyedEntry(item: JsonValue): { key: string; value: JsonValue } | null {
  if (typeof item !== "object" || item === null || !("key" in item) || !("value" in item)) return null;
  const { key, value } = item;
  return typeof key === "string" && value !== undefined ? { key, value } : null;
}

function conditionPlaces(state: State): Place[] {
  return state.transitions.flatMap(({ conditions = [] }, transition) =>
    conditions.map((condition, at) => ({
      name: `conditions.${condition.friendly_name}.value`,
      path: ["transitions", transition, "conditions", at, "value"],
      value: condition.value,
    })),
  );
}

/** A copy of `value` with something else at `path`; what is not on the way is shared. */
export function withPlace(value: unknown, path: Path, filled: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return filled;
  if (Array.isArray(value)) {
    return value.map((item: unknown, at) => (at === key ? withPlace(item, rest, filled) : item));
  }
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: withPlace(object[key], rest, filled) };
}
