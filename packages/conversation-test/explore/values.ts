/** Texts that make a condition hold, and one that does not. */
import type { Condition } from "@support-line/studio";
import { sample, stringMatching } from "fast-check";

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
  is_before_time: () => ["00:00"],
  is_after_time: () => ["23:59"],
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

/** Texts that a pattern takes, drawn with a seed; a pattern that is none, or of another kind, gives its own words. */
function matching(pattern: string): string[] {
  const words = pattern.split(/[^\p{L}\p{N} ]+/u).filter((word) => word.trim() !== "");
  try {
    const plain = pattern.replace(/^\^|\$$/g, "");
    return [...sample(stringMatching(new RegExp(`^(?:${plain})$`)), { seed, numRuns: 4 }), ...words];
  } catch {
    return words;
  }
}
