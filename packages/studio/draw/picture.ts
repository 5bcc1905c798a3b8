/** A Flow as a picture has it: what stands in it and which ways lead where, before anything has a place. */
import type { FlowDefinition, State, Transition } from "../types.ts";
import { conditionSaid, eventSaid, isQuiet } from "./words.ts";

/** One thing in the picture: a widget, an end of the Flow, or a widget that a transition names and the Flow lacks. */
export type Item =
  | { readonly kind: "widget"; readonly id: string; readonly state: State }
  | { readonly kind: "end"; readonly id: string }
  | { readonly kind: "missing"; readonly id: string };

/** A transition's words on an edge, and which it is in its widget's `transitions`. */
export interface Label {
  readonly text: string;
  readonly transition: number;
}

/** All transitions of one widget to one place; failures and time-outs apart, as they are drawn quieter. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly quiet: boolean;
  readonly labels: readonly Label[];
}

export interface Picture {
  readonly items: readonly Item[];
  readonly ways: readonly Way[];
}

/**
 * The picture of a definition. A transition that leads nowhere ends the Flow: it leads to an end of its widget's own,
 * except those of failures and time-outs and the Trigger's, of which nothing is drawn.
 *
 * @param ends false leaves the ends away
 */
export function pictureOf(definition: FlowDefinition, { ends = true }: { ends?: boolean } = {}): Picture {
  const states = new Map(definition.states.map((state) => [state.name, state]));
  const items = new Map<string, Item>(
    [...states].map(([id, state]) => [id, { kind: "widget", id, state }] as const),
  );
  const ways = new Map<string, Way>();
  for (const state of states.values()) {
    for (const [at, transition] of (state.transitions ?? []).entries()) {
      const to = target(state, transition, states, ends);
      if (to === null) continue;
      if (!items.has(to.id)) items.set(to.id, to);
      const isQuietWay = isQuiet(state, transition.event);
      const key = JSON.stringify([state.name, to.id, isQuietWay]);
      const way = ways.get(key) ?? { from: state.name, to: to.id, quiet: isQuietWay, labels: [] };
      const label = { text: transitionSaid(state, transition), transition: at };
      ways.set(key, { ...way, labels: [...way.labels, label] });
    }
  }
  return { items: [...items.values()], ways: [...ways.values()] };
}

function target(
  state: State,
  { event, next }: Transition,
  states: ReadonlyMap<string, State>,
  ends: boolean,
): Item | null {
  if (typeof next === "string" && next !== "") {
    const known = states.get(next);
    return known === undefined ? { kind: "missing", id: next } : { kind: "widget", id: next, state: known };
  }
  return !ends || isQuiet(state, event) || state.type === "trigger"
    ? null
    : { kind: "end", id: endOf(state.name, states) };
}

/** An id that no widget has; Studio's names have no spaces, but a definition may hold anything. */
function endOf(name: string, states: ReadonlyMap<string, State>): string {
  let id = `end of ${name}`;
  while (states.has(id)) id = `${id} `;
  return id;
}

/** When a transition is taken, in words: `is "support"`; empty when it goes without saying. */
export function transitionSaid(state: State, { event, conditions = [] }: Transition): string {
  if (conditions.length === 0) return eventSaid(state, event);
  const input = typeof state.properties?.input === "string" ? state.properties.input : "";
  return conditions.map((condition) => conditionSaid(condition, input)).join(" and ");
}
