/** What a picture brings out: a diff, the path of an Execution, or what tests have covered. */
import { diff, type Change } from "../diff.ts";
import { readDefinition } from "../read-definition.ts";
import { renamesBetween, withNames } from "../renames.ts";
import type { ConditionTrace, FlowDefinition, State, StepTrace, Transition } from "../types.ts";
import type { Way } from "./picture.ts";

/** A step of an Execution, as the engine's trace has it or as somebody put it together. */
export type PathStep = Pick<StepTrace, "state" | "left"> & {
  readonly conditions?: readonly Pick<ConditionTrace, "name" | "held">[];
};

/** A transition by its widget and which it is in the widget's `transitions`, from 0. */
export interface TransitionAt {
  readonly widget: string;
  readonly transition: number;
}

export type Highlight =
  /** What became of another definition. */
  | { readonly kind: "diff"; readonly before: FlowDefinition }
  /** The way an Execution went. */
  | { readonly kind: "path"; readonly steps: readonly PathStep[] }
  /** Widgets and transitions that were reached, and so those that were not. */
  | {
      readonly kind: "coverage";
      readonly widgets: Iterable<string>;
      readonly transitions: Iterable<TransitionAt>;
    };

/** `aside`: not on the way that an Execution went, which is no fault. */
export type Mark = "added" | "removed" | "changed" | "renamed" | "moved" | "hit" | "missed" | "aside";

/** A definition with what is said of its parts. */
export interface Marked {
  /** What is drawn: of a diff, what is gone as well. */
  readonly definition: FlowDefinition;
  readonly widget: (name: string) => Mark | undefined;
  readonly transition: (at: TransitionAt) => Mark | undefined;
  /** Lines about a widget: what changed in it. */
  readonly notes: (name: string) => readonly string[];
}

/** What a highlight says of each part of a definition. */
export function marked(given: FlowDefinition, highlight?: Highlight): Marked {
  const definition = readDefinition(given);
  if (highlight === undefined) return plainly(definition);
  if (highlight.kind === "diff") return compared(readDefinition(highlight.before), definition);
  const { widgets, transitions } =
    highlight.kind === "path" ? reached(definition, highlight.steps) : highlight;
  const not = highlight.kind === "path" ? "aside" : "missed";
  const names = new Set(widgets);
  const taken = new Set([...transitions].map(keyOf));
  return {
    ...plainly(definition),
    widget: (name) => (names.has(name) ? "hit" : not),
    transition: (at) => (taken.has(keyOf(at)) ? "hit" : not),
  };
}

function plainly(definition: FlowDefinition): Marked {
  return { definition, widget: () => undefined, transition: () => undefined, notes: () => [] };
}

const keyOf = ({ widget, transition }: TransitionAt) => `${transition} ${widget}`;

function reached({ states }: FlowDefinition, steps: readonly PathStep[]) {
  const byName = new Map(states.map((state) => [state.name, state]));
  return {
    widgets: steps.map(({ state }) => state),
    transitions: steps.flatMap((step): TransitionAt[] => {
      const state = byName.get(step.state);
      const transition = state === undefined ? null : transitionTaken(state, step);
      return transition === null ? [] : [{ widget: step.state, transition }];
    }),
  };
}

/** Which of a widget's transitions a step left by, from 0; null when it has not left, or by an event that has none. */
export function transitionTaken(
  { transitions = [] }: State,
  { left, conditions = [] }: PathStep,
): number | null {
  if (left === undefined) return null;
  if (left.transition !== undefined) return left.transition;
  const held = new Set(conditions.filter((condition) => condition.held).map(({ name }) => name));
  const fits = ({ event, next }: Transition) =>
    event === left.event && (next === undefined || next === "" ? null : next) === left.to;
  const holds = ({ conditions: own = [] }: Transition) => own.every((each) => held.has(each.friendly_name));
  const first = transitions.findIndex((each) => fits(each) && holds(each));
  const found = first === -1 ? transitions.findIndex(fits) : first;
  return found === -1 ? null : found;
}

function compared(before: FlowDefinition, after: FlowDefinition): Marked {
  const changes = diff(before, after);
  const old = new Map(
    withNames(before, renamesBetween(before, after)).states.map((state) => [state.name, state]),
  );
  const names = new Set(after.states.map(({ name }) => name));
  const gone = [...old.values()].filter(({ name }) => !names.has(name));
  const marks = new Map<string, Mark>();
  const both = after.states.map((state): State => {
    const was = old.get(state.name);
    if (was === undefined) return state;
    const [now, then] = [transitionKeys(state), transitionKeys(was)];
    const dropped = (was.transitions ?? []).filter((_, at) => !now.includes(then[at] ?? ""));
    for (const [at, key] of now.entries()) {
      if (!then.includes(key)) marks.set(keyOf({ widget: state.name, transition: at }), "added");
    }
    for (const at of dropped.keys()) {
      marks.set(keyOf({ widget: state.name, transition: now.length + at }), "removed");
    }
    return { ...state, transitions: [...(state.transitions ?? []), ...dropped] };
  });
  const ofWidget = Map.groupBy(changes, ({ widget }: Change) => widget);
  const widget = (name: string): Mark | undefined => markOf(ofWidget.get(name) ?? []);
  return {
    definition: { ...after, states: [...both, ...gone] },
    widget,
    transition: (at) => {
      const whole = widget(at.widget);
      return whole === "added" || whole === "removed" ? whole : marks.get(keyOf(at));
    },
    notes: (name) => (ofWidget.get(name) ?? []).flatMap(noteOf),
  };
}

/** The one mark for all that is said of a widget; that it moved as well counts least. */
function markOf(changes: readonly Change[]): Mark | undefined {
  const kinds = new Set(changes.map(({ kind }) => kind));
  return (["added", "removed", "changed", "renamed", "moved"] as const).find((kind) => kinds.has(kind));
}

/** When each transition is taken and where it leads; ends are written in two ways. */
function transitionKeys({ transitions = [] }: State): string[] {
  return transitions.map(({ event, next, conditions = [] }) =>
    JSON.stringify([
      event,
      next ?? "",
      conditions.map(({ arguments: looked, type, value }) => [looked, type, value]),
    ]),
  );
}

/** What the picture does not show by itself: transitions and conditions are marked on their edges. */
function noteOf(change: Change): string[] {
  if (change.kind === "renamed") return [`was called ${change.from}`];
  if (change.kind !== "changed") return [];
  if (change.part === "transition" || change.part === "match") return [];
  const { before, after, what } = change;
  const shown = (value: typeof before) => (typeof value === "string" ? value : JSON.stringify(value));
  if (change.part === "order") return [change.words.replace(/^"[^"]*" /, "")];
  if (before === undefined) return [`${what} is new: ${shown(after)}`];
  return [after === undefined ? `${what} is gone, was: ${shown(before)}` : `${what} was: ${shown(before)}`];
}

/** The mark of a whole way: that of its transitions when they agree; one that was taken is enough. */
export function markOfWay(way: Way, transition: Marked["transition"]): Mark | undefined {
  const marks = new Set(
    way.labels.map((label) => transition({ widget: way.from, transition: label.transition })),
  );
  if (marks.has("hit")) return "hit";
  return marks.size === 1 ? [...marks][0] : undefined;
}
