/** Widgets that were only given another name: gone under one, new under another, and otherwise the same. */
import { equal } from "./equal.ts";
import type { FlowDefinition, JsonValue, State, Transition } from "./types.ts";

/** By old name, the new one. A widget counts as renamed when exactly one that is gone is like exactly one that is new. */
export function renamesBetween(before: FlowDefinition, after: FlowDefinition): ReadonlyMap<string, string> {
  const gone = without(before.states, after.states);
  const fresh = without(after.states, before.states);
  return new Map(
    gone.flatMap((old) => {
      const [like, ...others] = fresh.filter((state) => isLike(old, state));
      const isOnly = gone.filter((state) => like !== undefined && isLike(state, like)).length === 1;
      return like === undefined || others.length > 0 || !isOnly ? [] : [[old.name, like.name] as const];
    }),
  );
}

/** The definition with its widgets under their new names, wherever one is named. Liquid is left as it is written. */
export function withNames(definition: FlowDefinition, names: ReadonlyMap<string, string>): FlowDefinition {
  if (names.size === 0) return definition;
  const named = (name: string) => names.get(name) ?? name;
  const led = (transition: Transition) =>
    typeof transition.next === "string" ? { ...transition, next: named(transition.next) } : transition;
  return {
    ...definition,
    initial_state: named(definition.initial_state),
    states: definition.states.map(({ name, transitions = [], ...state }) => ({
      ...state,
      name: named(name),
      transitions: transitions.map(led),
    })),
  };
}

/**
 * A widget as it was, but with each text that is now the same save for `widgets.<old name>` as it is now. A text that
 * still names the old widget stays: there, the reference was not carried along.
 */
export function withReferences(before: State, after: State, names: ReadonlyMap<string, string>): State {
  const carried = <Value>(value: Value, now: unknown): Value => {
    if (typeof value === "string") return (renamedIn(value, names) === now ? now : value) as Value;
    if (Array.isArray(value)) {
      const list: unknown[] = Array.isArray(now) ? now : [];
      return value.map((each: unknown, at) => carried(each, list[at])) as Value;
    }
    if (typeof value !== "object" || value === null) return value;
    const other = (typeof now === "object" ? now : null) as Readonly<Record<string, unknown>> | null;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, carried(each as unknown, other?.[key])]),
    ) as Value;
  };
  return carried(before, after);
}

function renamedIn(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/\bwidgets\.([\w-]+)/g, (_, name: string) => `widgets.${names.get(name) ?? name}`);
}

function without(states: readonly State[], others: readonly State[]): State[] {
  const names = new Set(others.map(({ name }) => name));
  return states.filter(({ name }) => !names.has(name));
}

/** The same but for its name, its place on the canvas and where its transitions lead. */
function isLike(one: State, other: State): boolean {
  return one.type === other.type && equal(essence(one), essence(other));
}

function essence({ properties, transitions = [] }: State): JsonValue {
  const entries = Object.entries(properties ?? {}).filter(([key]) => key !== "offset");
  const events = transitions.map(({ event, conditions = [] }) => ({
    event,
    conditions: conditions.map((condition) => ({ ...condition })),
  }));
  return { properties: Object.fromEntries(entries), events };
}
