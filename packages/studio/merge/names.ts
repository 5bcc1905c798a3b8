/** Widgets that one side gave another name, so that all three definitions speak of each widget by one name. */
import { equal } from "../equal.ts";
import type { FlowDefinition, JsonValue, State } from "../types.ts";
import { renamesBetween, withNames } from "../renames.ts";

/**
 * By old name, the new one: widgets that are the same but for their name, and widgets that were edited as well, when all
 * that led to the old name now leads to the new one.
 */
export function renamesOf(base: FlowDefinition, side: FlowDefinition): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  // A widget that names a renamed one in its Liquid is only known again once that one is.
  for (let found = renamesOnce(base, side); found.size > 0;) {
    for (const [old, name] of found) names.set(old, name);
    const now = new Map([...names].filter(([old, name]) => old !== name));
    found = new Map([...renamesOnce(renamed(base, now), side)].filter(([old]) => !names.has(old)));
  }
  return names;
}

function renamesOnce(base: FlowDefinition, side: FlowDefinition): Map<string, string> {
  const plain = renamesBetween(base, side);
  const names = new Map(plain);
  const has = (definition: FlowDefinition, name: string) =>
    definition.states.some((state) => state.name === name);
  const gone = base.states.filter(({ name }) => !has(side, name) && !names.has(name));
  const taken = new Set(names.values());
  const fresh = side.states.filter(({ name }) => !has(base, name) && !taken.has(name));
  for (const old of gone) {
    const led = leadsTo(base, side, old.name, plain);
    const like = fresh.filter(({ name, type }) => type === old.type && led.size === 1 && led.has(name));
    const [only] = like;
    if (only !== undefined && like.length === 1 && ![...names.values()].includes(only.name)) {
      names.set(old.name, only.name);
    }
  }
  return names;
}

/** Where the transitions that led to `name` lead now, of widgets that are still there. */
function leadsTo(
  base: FlowDefinition,
  side: FlowDefinition,
  name: string,
  names: ReadonlyMap<string, string>,
): Set<string> {
  const found = new Set<string>();
  if (base.initial_state === name) found.add(side.initial_state);
  for (const state of base.states) {
    const now = side.states.find((each) => each.name === (names.get(state.name) ?? state.name));
    if (now === undefined || state.name === name) continue;
    for (const { event, conditions, next } of state.transitions) {
      if (next !== name) continue;
      const same = now.transitions.find(
        (each) => each.event === event && equal(asJson(each.conditions), asJson(conditions)),
      );
      if (same !== undefined) found.add(same.next ?? "");
    }
  }
  return found;
}

const asJson = (value: unknown) => value as JsonValue | undefined;

/**
 * The definition with widgets under their new names, wherever one is named, in Liquid too. A name that is still a
 * widget's own here is left alone.
 */
export function renamed(definition: FlowDefinition, names: ReadonlyMap<string, string>): FlowDefinition {
  if (names.size === 0) return definition;
  const states = withNames(definition, names).states.map(({ name, ...rest }): State => {
    const carried = inLiquid(rest as unknown as JsonValue, names) as unknown as Omit<State, "name">;
    return { name, ...carried };
  });
  return { ...withNames(definition, names), states };
}

function inLiquid(value: JsonValue, names: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === "string") {
    return value
      .replace(/\bwidgets\.([\w-]+)/g, (all, name: string) =>
        names.has(name) ? `widgets.${names.get(name)}` : all,
      )
      .replace(/\bwidgets\[(["'])([^"']+)\1\]/g, (all, quote: string, name: string) =>
        names.has(name) ? `widgets[${quote}${names.get(name)}${quote}]` : all,
      );
  }
  if (Array.isArray(value)) return value.map((each: JsonValue) => inLiquid(each, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inLiquid(each, names)]));
}
