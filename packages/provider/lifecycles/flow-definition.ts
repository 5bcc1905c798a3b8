import type { CheckFailure } from "../translate/inputs-to-checked.ts";
import { isList, isMap, mapValues, Secret, Unknown, type Value, type ValueMap } from "../values/value.ts";
import { valueToWire, type Wire } from "../values/values-to-wire.ts";
import { reveal } from "../values/value.ts";

/**
 * A Flow Definition with its states as a map by widget name, which is how checked inputs and outputs hold it: so a
 * diff names the widget and not its place in a list. Secrets and unknowns stay where they are; a state whose name is
 * not known leaves the list a list. Pure.
 *
 * @param failures gets what is wrong with the shape, at `definition.states…`
 */
export function statesKeyed(definition: Value, failures: CheckFailure[]): Value {
  if (definition instanceof Secret) return new Secret(statesKeyed(definition.value, failures));
  if (definition instanceof Unknown) return definition;
  if (!isMap(definition)) {
    failures.push({
      property: "definition",
      reason: "definition must be a Flow Definition: an object, or JSON text of one.",
    });
    return definition;
  }
  const { states } = definition;
  return states === undefined ? definition : { ...definition, states: keyed(states, failures) };
}

function keyed(states: Value, failures: CheckFailure[]): Value {
  if (states instanceof Secret) return new Secret(keyed(states.value, failures));
  if (isMap(states)) return mapValues(states, (state, name) => unnamed(state, name, failures));
  if (!isList(states)) return states;
  const named = states.map((state) => ({ name: nameOf(state), state }));
  if (named.some(({ name }) => name === undefined)) return states;
  const seen: Record<string, Value> = {};
  for (const { name = "", state } of named) {
    if (name in seen) {
      failures.push({
        property: "definition.states",
        reason: `definition.states has two widgets named "${name}".`,
      });
    }
    seen[name] = unnamed(state, name, failures);
  }
  return seen;
}

function nameOf(state: Value): string | undefined {
  const open = reveal(state);
  const name = isMap(open) ? open["name"] : undefined;
  return typeof name === "string" ? name : undefined;
}

/** A state under its name needs no name in itself; another one there is a mistake. */
function unnamed(state: Value, key: string, failures: CheckFailure[]): Value {
  if (state instanceof Secret) return new Secret(unnamed(state.value, key, failures));
  if (!isMap(state)) return state;
  const { name, ...rest } = state;
  if (typeof name === "string" && name !== key) {
    failures.push({
      property: `definition.states.${key}`,
      reason: `definition.states["${key}"] calls itself "${name}".`,
    });
  }
  return rest;
}

/**
 * The definition as Twilio takes it: states as a list, the first one first and the others by name, so that one
 * definition is always written one way. Unknown values become Pulumi's sentinel. Pure.
 */
export function statesListed(definition: Value): Wire {
  const open = valueToWire(reveal(definition));
  if (typeof open !== "object" || open === null || Array.isArray(open)) return open;
  const { states } = open;
  if (typeof states !== "object" || states === null || Array.isArray(states)) return open;
  const first = open["initial_state"];
  const names = Object.keys(states).sort((one, other) => {
    if (one === first || other === first) return one === first ? -1 : 1;
    return one < other ? -1 : 1;
  });
  return { ...open, states: names.map((name) => ({ name, ...(states[name] as { [key: string]: Wire }) })) };
}

/** The widgets that a diff of definitions names. */
export function changedWidgets(paths: readonly (readonly (string | number)[])[]): string[] {
  const names = paths
    .filter(([input, part]) => input === "definition" && part === "states")
    .map((path) => path[2]);
  return [...new Set(names.filter((name) => typeof name === "string"))];
}

/** Whether a difference is only where a widget stands on the canvas. */
export function isMove(path: readonly (string | number)[]): boolean {
  return path[0] === "definition" && path[1] === "states" && path[3] === "properties" && path[4] === "offset";
}

/** The types of all widgets. */
export function widgetTypes(definition: Value): ReadonlySet<string> {
  const listed = statesListed(definition) as { readonly states?: readonly ValueMap[] };
  const types = Array.isArray(listed.states) ? listed.states.map((state: ValueMap) => state["type"]) : [];
  return new Set(types.filter((type) => typeof type === "string"));
}
