/** Texts that make a condition hold, and one that does not. */
import { holds, type Condition } from "@support-line/studio";
import { sample, stringMatching } from "fast-check";
import type { Clause, Fact } from "./contradiction.ts";

const unlikely = "something else entirely";
const seed = 1;

/** The words of a comma list. */
const listed = (value: string): string[] =>
  value
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

const makers: Readonly<Record<string, (value: string) => string[]>> = {
  equal_to: (value) => [value],
  not_equal_to: (value) => [`${value} not`, value],
  matches_any_of: listed,
  does_not_match_any_of: (value) => [unlikely, ...listed(value)],
  is_blank: () => [""],
  is_not_blank: () => ["anything"],
  regex: matching,
  contains: (value) => [value, ...listed(value)],
  does_not_contain: (value) => [unlikely, value],
  starts_with: (value) => [value, `${value} and more`],
  does_not_start_with: (value) => [unlikely, value],
  less_than: (value) => numbers(value, -1),
  greater_than: (value) => numbers(value, 1),
  is_before_time: () => ["00:00", "12:00"],
  is_after_time: () => ["23:59", "12:00"],
  is_before_date: () => ["1970-01-01"],
  is_after_date: () => ["2999-12-31"],
};

/** Texts for which a condition holds, most likely one among them, and not; none for a predicate that is not known. */
export function holding({ type, value }: Pick<Condition, "type" | "value">): string[] {
  return makers[type]?.(value) ?? [];
}

/** Texts for which hardly any condition holds. */
export const holdingNothing = [unlikely, "0", ""];

function numbers(value: string, step: number): string[] {
  const number = Number(value);
  return Number.isFinite(number) ? [String(number + step)] : [];
}

const drawn = new Map<string, string[]>();
const mostDrawn = 500;

/**
 * Texts that a pattern takes, drawn with a seed and tried. One that looks ahead wants all its words, one that looks back at
 * a group wants that twice; a pattern that is none gives its own words.
 */
function matching(pattern: string): string[] {
  let texts = drawn.get(pattern);
  if (texts === undefined) {
    if (drawn.size >= mostDrawn) drawn.clear();
    texts = drawnFor(pattern);
    drawn.set(pattern, texts);
  }
  return texts;
}

function drawnFor(pattern: string): string[] {
  const words = pattern.split(/\\.|[^\p{L}\p{N} ]+/u).filter((word) => word.trim() !== "");
  const candidates = [...words, words.join(" "), words.join(""), "", "anything", "0", "12345"];
  try {
    const plain = pattern.replace(/^\^|\$$/g, "").replace(/\(\?[=!<][^()]*\)/g, "");
    const groups = [...plain.matchAll(/\((?!\?)([^()]*)\)/g)].map(([group]) => group);
    const spread = plain.replace(/\\(\d)/g, (whole, at: string) => groups[Number(at) - 1] ?? whole);
    candidates.unshift(...sample(stringMatching(new RegExp(`^(?:${spread})$`)), { seed, numRuns: 12 }));
  } catch {
    // It is written for another kind of engine: its words are all there is.
  }
  const fits = candidates.filter((text) => holds("regex", text, pattern));
  return [...new Set(fits.length > 0 ? fits : words)].slice(0, 5);
}

const opposites: Readonly<Record<string, string>> = {
  equal_to: "not_equal_to",
  not_equal_to: "equal_to",
  matches_any_of: "does_not_match_any_of",
  does_not_match_any_of: "matches_any_of",
  is_blank: "is_not_blank",
  is_not_blank: "is_blank",
  contains: "does_not_contain",
  does_not_contain: "contains",
  starts_with: "does_not_start_with",
  does_not_start_with: "starts_with",
};

/** A text that makes every clause true; undefined when none was found, which proves nothing. */
export function fitting(clauses: readonly Clause[]): string | undefined {
  const facts = clauses.flat();
  const sure = clauses.flatMap((clause) => (clause.length === 1 ? clause : []));
  const parts = sure.flatMap(({ type, value, held }) =>
    held && (type === "contains" || type === "starts_with") ? [{ type, value: value.trim() }] : [],
  );
  // What it begins with stands first.
  parts.sort((one, other) => Number(other.type === "starts_with") - Number(one.type === "starts_with"));
  const whole = parts.map(({ value }) => value);
  const candidates = [
    ...facts.flatMap(candidatesOf),
    whole.join(" "),
    whole.join(""),
    ...holdingNothing,
    "hello",
    "12:00",
    "2026-01-31",
    ...facts.flatMap(({ value }) => numbers(value, 0.5)),
    ...facts.flatMap(({ value }) => numbers(value, -0.5)),
    ...facts.flatMap(({ value }) => numbers(value, 0)),
  ];
  return candidates.find((text) =>
    clauses.every((clause) => clause.some(({ type, value, held }) => holds(type, text, value) === held)),
  );
}

function candidatesOf({ type, value, held }: Fact): string[] {
  if (held) return holding({ type, value });
  const opposite = Object.hasOwn(opposites, type) ? opposites[type] : undefined;
  return opposite === undefined ? [] : holding({ type: opposite, value });
}
