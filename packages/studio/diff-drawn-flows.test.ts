/** Each Flow as people draw them, against copies of it that were edited by lot: the diff says what was edited, and no more. */
import { describe, expect, test } from "vitest";
import { drawnFlow as read, drawnFlows } from "./testing/flows.ts";
import { diff } from "./diff.ts";
import { withNames } from "./renames.ts";
import type { FlowDefinition, JsonValue, State } from "./types.ts";

/** A generator of numbers from 0 to 1 (mulberry32): the same seed, the same numbers. */
function lots(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An edit of one widget, and what the diff has to say of it: kind, part, what. */
interface Edit {
  readonly edited: State;
  readonly says: readonly string[];
}

const edits: Readonly<Record<string, (state: State) => Edit | null>> = {
  wording: (state) =>
    typeof state.properties.body !== "string"
      ? null
      : {
          edited: withProperty(state, "body", `${state.properties.body}!`),
          says: ["changed", "property", "body"],
        },
  property: (state) => ({
    edited: withProperty(state, "edited", "yes"),
    says: ["changed", "property", "edited"],
  }),
  move: (state) => ({ edited: withProperty(state, "offset", { x: -12_345, y: 0 }), says: ["moved"] }),
  transition: (state) => {
    const at = state.transitions.findIndex(
      ({ event, conditions }) => event !== "match" && conditions === undefined,
    );
    const [event, next] = [state.transitions[at]?.event ?? "", state.transitions[at]?.next];
    if (at === -1 || next === state.name) return null;
    const transitions = state.transitions.with(at, { event, next: state.name });
    return { edited: { ...state, transitions }, says: ["changed", "transition", event] };
  },
  match: (state) => {
    const at = state.transitions.findIndex(({ conditions = [] }) => conditions.length === 1);
    const transition = state.transitions[at];
    const [condition] = transition?.conditions ?? [];
    if (transition === undefined || condition === undefined) return null;
    const changed = { ...transition, conditions: [{ ...condition, value: `${condition.value}, more` }] };
    return {
      edited: { ...state, transitions: state.transitions.with(at, changed) },
      says: ["changed", "match", condition.friendly_name],
    };
  },
};

function withProperty(state: State, name: string, value: JsonValue): State {
  return { ...state, properties: { ...state.properties, [name]: value } };
}

/** The same with the keys of every object turned round, and the widgets too. */
function shuffled(definition: FlowDefinition): FlowDefinition {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .toReversed()
        .map(([key, each]) => [key, turned(each)]),
    );
  };
  return turned({ ...definition, states: definition.states.toReversed() }) as FlowDefinition;
}

function edited(definition: FlowDefinition, seed: number) {
  const lot = lots(seed);
  const pick = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(lot() * items.length)];
  const states = [...definition.states];
  const says: unknown[] = [];
  const free = states.filter(({ type }) => type !== "trigger");
  const take = () => {
    const state = pick(free);
    if (state !== undefined) free.splice(free.indexOf(state), 1);
    return state;
  };
  for (const name of Object.keys(edits)) {
    const state = take();
    const edit = state === undefined ? null : edits[name]?.(state);
    if (state === undefined || edit === null || edit === undefined) continue;
    states[states.indexOf(state)] = edit.edited;
    says.push([state.name, ...edit.says]);
  }
  const gone = take();
  if (gone !== undefined) {
    states.splice(states.indexOf(gone), 1);
    says.push([gone.name, "removed"]);
  }
  states.push({ name: "brand-new", type: "send-message", properties: { body: "New here" }, transitions: [] });
  says.push(["brand-new", "added"]);
  return { after: shuffled({ ...definition, states }), says };
}

describe("of a Flow that somebody drew", () => {
  test.each(drawnFlows)("%s: what was edited, and no more", (file) => {
    const before = read(file);
    expect(diff(before, shuffled(before))).toEqual([]);
    for (let seed = 1; seed <= 10; seed++) {
      const { after, says } = edited(before, seed);
      const said = diff(before, after).map((change) =>
        change.kind === "changed"
          ? [change.widget, change.kind, change.part, change.what]
          : [change.widget, change.kind],
      );
      expect(new Set(said.map((each) => JSON.stringify(each)))).toEqual(
        new Set(says.map((each) => JSON.stringify(each))),
      );
    }
  });

  test.each(drawnFlows)("%s: a widget that was renamed, and no more", (file) => {
    const before = read(file);
    for (const { name } of before.states) {
      const after = shuffled(withNames(before, new Map([[name, "renamed-by-hand"]])));
      expect(diff(before, after)).toMatchObject([{ kind: "renamed", from: name, widget: "renamed-by-hand" }]);
    }
  });
});
