/**
 * Two people's edits of one Flow, brought together by widget, transition, condition and property. Studio has no merge,
 * and a merge of lines breaks JSON and tears conditions apart.
 */
import { equal } from "../equal.ts";
import { readDefinition } from "../read-definition.ts";
import type { FlowDefinition, JsonObject, JsonValue, State } from "../types.ts";
import { conflict, type MergeConflict, type Side } from "./conflict.ts";
import { renamed, renamesOf } from "./names.ts";
import { mergeOrder } from "./order.ts";
import { mergeTransitions } from "./transitions.ts";
import { mergeObject, mergeValue, settled, type Merging } from "./values.ts";

export type { MergeConflict, Side } from "./conflict.ts";

export interface Merged {
  /** Whole and valid in any case: ours stands where the two sides clash, and what one edited stays. */
  readonly definition: FlowDefinition;
  /** What both did that cannot both stand; with `prefer`, what was decided so. */
  readonly conflicts: readonly MergeConflict[];
}

export interface MergeOptions {
  /** Whose side stands where the two clash. */
  readonly prefer?: Side;
}

/**
 * Merges what two sides made of one Flow. Places on the canvas never clash, a renamed widget takes its transitions and
 * Liquid along, and the order of widgets and keys means nothing.
 *
 * @param base what both sides began with
 * @param ours keeps its order of widgets and keys
 */
export function mergeFlows(
  base: FlowDefinition,
  ours: FlowDefinition,
  theirs: FlowDefinition,
  { prefer }: MergeOptions = {},
): Merged {
  const conflicts: MergeConflict[] = [];
  const named = underOneName(
    [base, ours, theirs].map((definition) => readDefinition(definition)),
    prefer ?? null,
    conflicts,
  );
  const merge = new FlowMerge(named, prefer ?? null, conflicts);
  return { definition: merge.definition(), conflicts };
}

interface Three {
  readonly base: FlowDefinition;
  readonly ours: FlowDefinition;
  readonly theirs: FlowDefinition;
}

/** The three with each widget under the name that it ends up with. */
function underOneName(
  [base, ours, theirs]: readonly FlowDefinition[],
  prefer: Side | null,
  conflicts: MergeConflict[],
): Three {
  if (base === undefined || ours === undefined || theirs === undefined) throw new TypeError("three Flows");
  const [our, their] = [renamesOf(base, ours), renamesOf(base, theirs)];
  const final = new Map([...their, ...our]);
  for (const [old, name] of their) {
    const other = our.get(old);
    if (other === undefined || other === name) continue;
    conflicts.push(conflict("renamed-twice", old, "", { base: old, ours: other, theirs: name }));
    if (prefer === "theirs") final.set(old, name);
  }
  /** A side's own name of a widget, to the final one. */
  const toFinal = (own: ReadonlyMap<string, string>, definition: FlowDefinition) => {
    const there = new Set(definition.states.map(({ name }) => name));
    const pairs = [...final].flatMap(([old, name]): [string, string][] => {
      const mine = own.get(old);
      // Liquid that was not carried along names the old one still.
      const stale: [string, string][] = there.has(old) && mine !== undefined ? [] : [[old, name]];
      return mine === undefined || mine === name ? stale : [[mine, name], ...stale];
    });
    return new Map(pairs);
  };
  return {
    base: renamed(base, toFinal(new Map(), base)),
    ours: renamed(ours, toFinal(our, ours)),
    theirs: renamed(theirs, toFinal(their, theirs)),
  };
}

const byName = ({ states }: FlowDefinition) => new Map(states.map((state) => [state.name, state]));

class FlowMerge {
  readonly #three: Three;
  readonly #prefer: Side | null;
  readonly #conflicts: MergeConflict[];
  readonly #base: ReadonlyMap<string, State>;
  readonly #ours: ReadonlyMap<string, State>;
  readonly #theirs: ReadonlyMap<string, State>;

  constructor(three: Three, prefer: Side | null, conflicts: MergeConflict[]) {
    this.#three = three;
    this.#prefer = prefer;
    this.#conflicts = conflicts;
    this.#base = byName(three.base);
    this.#ours = byName(three.ours);
    this.#theirs = byName(three.theirs);
  }

  definition(): FlowDefinition {
    const { base, ours, theirs } = this.#three;
    const merged = new Map<string, State>();
    for (const name of new Set([...this.#ours.keys(), ...this.#theirs.keys()])) {
      const state = this.#widget(name);
      if (state !== undefined) merged.set(name, state);
    }
    const envelopes = [base, ours, theirs].map(({ states: _, ...rest }) => rest as unknown as JsonObject);
    const [was, our, their] = envelopes;
    const flow = mergeObject(this.#merging(null), "", was ?? {}, our ?? {}, their ?? {});
    const initial = flow.initial_state;
    const { ids } = mergeOrder(
      [...this.#base.keys()],
      [...this.#ours.keys()],
      [...this.#theirs.keys()],
      new Set(merged.keys()),
    );
    const states = ids.flatMap((id) => merged.get(id) ?? []).map((state) => leadingSomewhere(state, merged));
    // Key by key as ours has it: `states` stands where it stood.
    const entries = Object.keys(ours).map((key) => [key, key === "states" ? states : flow[key]] as const);
    const others = Object.entries(flow).filter(([key]) => !Object.hasOwn(ours, key));
    const kept = entries.filter(([key, value]) => key === "states" || value !== undefined);
    return { ...Object.fromEntries([...kept, ...others]), initial_state: initial, states } as FlowDefinition;
  }

  #merging(widget: string | null): Merging {
    return {
      prefer: this.#prefer,
      clash: (kind, place, base, ours, theirs) =>
        this.#conflicts.push(conflict(kind, widget, place, { base, ours, theirs })),
    };
  }

  #widget(name: string): State | undefined {
    const [base, ours, theirs] = [this.#base.get(name), this.#ours.get(name), this.#theirs.get(name)];
    if (ours !== undefined && theirs !== undefined) return this.#both(name, base, ours, theirs);
    const left = ours ?? theirs;
    if (base === undefined || left === undefined) return left;
    const keeper = ours === undefined ? this.#three.theirs : this.#three.ours;
    const isWanted = !isSameButPlace(base, left) || leadsMore(this.#three.base, keeper, name);
    if (!isWanted) return undefined;
    this.#merging(name).clash("removed-and-edited", "", asJson(base), asJson(ours), asJson(theirs));
    return settled(this.#merging(name), ours, theirs);
  }

  #both(name: string, base: State | undefined, ours: State, theirs: State): State | undefined {
    const merging = this.#merging(name);
    if (base === undefined && (ours.type !== theirs.type || !isSameButPlace(ours, theirs))) {
      merging.clash("added-twice", "", undefined, asJson(ours), asJson(theirs));
      return settled(merging, ours, theirs);
    }
    const from = base ?? ours;
    const rest = [from, ours, theirs].map(
      ({ properties: _p, transitions: _t, name: _n, ...other }) => other as unknown as JsonObject,
    );
    const [was, our, their] = rest;
    const merged = mergeObject(merging, "", was ?? {}, our ?? {}, their ?? {});
    return {
      ...ours,
      ...merged,
      name,
      transitions: mergeTransitions(
        { ...merging, clash: (kind, at, ...values) => merging.clash(kind, `transitions.${at}`, ...values) },
        from.transitions,
        ours.transitions,
        theirs.transitions,
      ),
      properties: this.#properties(merging, from, ours, theirs),
    };
  }

  /** Where a widget stands on the canvas is nobody's quarrel: who moved it has moved it, and of two the first. */
  #properties(merging: Merging, base: State, ours: State, theirs: State): JsonObject {
    const { offset: before, ...was } = base.properties;
    const { offset: here, ...our } = ours.properties;
    const { offset: there, ...their } = theirs.properties;
    const merged = mergeObject(merging, "properties", was, our, their);
    const quiet: Merging = { prefer: "ours", clash: () => undefined };
    const offset = mergeValue(quiet, "", before, here, there);
    return offset === undefined ? merged : { ...merged, offset };
  }
}

const asJson = (state: State | undefined) => state as unknown as JsonValue | undefined;

function isSameButPlace(one: State, other: State): boolean {
  const essence = ({ properties, transitions, ...rest }: State) =>
    ({
      ...rest,
      properties: { ...properties, offset: null },
      transitions: transitions.map(ending),
    }) as unknown as JsonValue;
  return equal(essence(one), essence(other));
}

/** However the editor writes a transition that ends the Flow. */
function ending({ next, ...rest }: State["transitions"][number]) {
  return next === undefined || next === null || next === "" ? rest : { ...rest, next };
}

/** Whether a side leads to a widget from somewhere that did not lead there before. */
function leadsMore(base: FlowDefinition, side: FlowDefinition, name: string): boolean {
  const from = ({ states, initial_state: initial }: FlowDefinition) =>
    new Set([
      ...(initial === name ? ["initial_state"] : []),
      ...states.flatMap((state) =>
        state.transitions.flatMap(({ next }, at) =>
          next === name && state.name !== name ? [`${state.name} ${at}`] : [],
        ),
      ),
    ]);
  return from(side).size > from(base).size;
}

/** A widget that is gone is led to by nobody: those transitions end the Flow. */
function leadingSomewhere(state: State, widgets: ReadonlyMap<string, unknown>): State {
  const isLost = ({ next }: State["transitions"][number]) =>
    typeof next === "string" && next !== "" && !widgets.has(next);
  if (!state.transitions.some(isLost)) return state;
  return {
    ...state,
    transitions: state.transitions.map((transition) => {
      if (!isLost(transition)) return transition;
      return Object.fromEntries(
        Object.entries(transition).filter(([key]) => key !== "next"),
      ) as unknown as typeof transition;
    }),
  };
}
