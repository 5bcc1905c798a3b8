/**
 * A year of a line by lot: two hundred times two people begin with the same Flow, edit it as people do, and their edits are
 * merged. It ends in a conflict when both decided the same thing otherwise, and only then; else all edits of both stand.
 */
import { expect, test } from "vitest";
import { diff } from "../diff.ts";
import { drawnFlow } from "../testing/flows.ts";
import type { FlowDefinition } from "../types.ts";
import { validate } from "../validate.ts";
import { mergeFlows } from "./index.ts";
import { drawnAs, labelOf, overlap, someEdit, type Drawn, type Edit, type Lot } from "./testing/edits.ts";

const merges = 200;

/** mulberry32 */
function numbers(seed: number): Lot {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function edited(base: Drawn, who: string, lot: Lot): { drawn: Drawn; edits: Edit[] } {
  const edits: Edit[] = [];
  let drawn = base;
  for (let left = 1 + Math.floor(lot() * 4); left > 0; left--) {
    const edit = someEdit(drawn, `${who}${left}`, lot);
    edits.push(edit);
    drawn = edit.apply(drawn);
  }
  return { drawn, edits };
}

/** Places on the canvas are nobody's quarrel, and matches that both add stand in either order. */
const essence = (flow: FlowDefinition): FlowDefinition => ({
  ...flow,
  states: flow.states.map((state) => ({
    ...state,
    properties: { ...state.properties, offset: { x: 0, y: 0 } },
    transitions: state.transitions.toSorted((one, other) => (labelOf(one) < labelOf(other) ? -1 : 1)),
  })),
});

interface Merged {
  readonly conflicts: readonly string[];
  readonly overlaps: readonly string[];
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

/** Plays a year; answers each merge that ended in a conflict. */
function year(name: string, seed: number): Merged[] {
  const lot = numbers(seed);
  const first = drawnFlow(name);
  let main = drawnAs(first);
  const isSound = validate(first).errors.length === 0;
  const found: Merged[] = [];
  for (let week = 0; week < merges; week++) {
    const [ours, theirs] = ["a", "b"].map((who) => edited(main, `${who}${week}_`, lot));
    if (ours === undefined || theirs === undefined) throw new TypeError("two sides");
    const { definition, conflicts } = mergeFlows(main.flow, ours.drawn.flow, theirs.drawn.flow);
    const told: Merged = {
      conflicts: conflicts.map(({ words }) => words),
      overlaps: overlap(ours.edits, theirs.edits),
      ours: ours.edits.map(({ words }) => words),
      theirs: theirs.edits.map(({ words }) => words),
    };
    if (conflicts.length > 0) found.push(told);
    expect(conflicts.length > 0 ? told.overlaps : ["decided"], JSON.stringify(told, null, 2)).not.toEqual([]);
    if (isSound) expect(validate(definition).errors, JSON.stringify(told, null, 2)).toEqual([]);
    const both = theirs.edits.reduce((drawn, edit) => edit.apply(drawn), ours.drawn);
    if (told.overlaps.length === 0) {
      expect(diff(essence(definition), essence(both.flow)), JSON.stringify(told, null, 2)).toEqual([]);
    }
    // Where they had something to decide, ours stands, and the year goes on with that.
    main = drawnAs(told.overlaps.length === 0 ? definition : ours.drawn.flow);
  }
  return found;
}

test.each([
  ["questions", 1],
  ["messages-and-calls", 2],
  ["appointments-25", 3],
])("a year of %s: conflicts are where both decided one thing, and nothing else is lost", (name, seed) => {
  const conflicts = year(name, seed);
  // People do collide: a year without a conflict would have tried nothing.
  expect(conflicts.length).toBeGreaterThan(0);
  expect(conflicts.length).toBeLessThan(merges / 2);
});
