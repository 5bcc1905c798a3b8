/** What two people did to one Flow that cannot both stand, as data and in words. */
import type { JsonValue } from "../types.ts";

/** One of the two sides of a merge. */
export type Side = "ours" | "theirs";

export interface MergeConflict {
  readonly kind:
    /** Both changed one value, each in another way. */
    | "edited-twice"
    /** One took it away, the other edited it or leads to it. */
    | "removed-and-edited"
    /** Both made one of this name, and the two are not the same. */
    | "added-twice"
    /** Both gave a widget another name, and not the same one. */
    | "renamed-twice"
    /** Both put the matches of a split into another order. */
    | "reordered-twice";
  /** Null: it is the Flow's own, its description or flags. */
  readonly widget: string | null;
  /** Where in the widget: `properties.body`, `transitions.match "is support".next`; empty when it is the widget as a whole. */
  readonly place: string;
  /** Undefined: it was not there, or is no longer. */
  readonly base: JsonValue | undefined;
  readonly ours: JsonValue | undefined;
  readonly theirs: JsonValue | undefined;
  readonly words: string;
}

type Sides = Pick<MergeConflict, "base" | "ours" | "theirs">;

const longest = 120;

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const said: Readonly<Record<MergeConflict["kind"], (what: string, sides: Sides) => string>> = {
  "edited-twice": (what, { base, ours, theirs }) =>
    `${what}: ours has ${shown(ours)}, theirs has ${shown(theirs)}; before it was ${shown(base)}`,
  "removed-and-edited": (what, { ours }) =>
    ours === undefined
      ? `${what}: ours removed it, theirs edited it or leads to it`
      : `${what}: theirs removed it, ours edited it or leads to it`,
  "added-twice": (what, { ours, theirs }) =>
    `${what}: both added one, ours ${shown(ours)}, theirs ${shown(theirs)}`,
  "renamed-twice": (what, { ours, theirs }) =>
    `${what}: ours calls it ${shown(ours)}, theirs calls it ${shown(theirs)}`,
  "reordered-twice": (what, { ours, theirs }) =>
    `${what}: ours tries ${shown(ours)}, theirs ${shown(theirs)}`,
};

/** A conflict with the words that a person reads. */
export function conflict(
  kind: MergeConflict["kind"],
  widget: string | null,
  place: string,
  { base, ours, theirs }: Sides,
): MergeConflict {
  const where = [widget === null ? "the Flow" : `"${widget}"`, ...(place === "" ? [] : [place])].join(" ");
  return { kind, widget, place, base, ours, theirs, words: said[kind](where, { base, ours, theirs }) };
}
