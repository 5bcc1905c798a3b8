/** What conditions of a split let through, as far as that can be said without running it. */
import { holds } from "../predicates.ts";
import { patternProblem } from "../regex.ts";
import type { PlacedCondition } from "./graph.ts";

const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const time = /^([01]\d|2[0-3]):[0-5]\d$/;
const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** What the value of a predicate has to look like, and how that is said. */
const forms: Readonly<Record<string, readonly [RegExp, string]>> = {
  less_than: [number, "a number"],
  greater_than: [number, "a number"],
  is_before_time: [time, "a time of day (17:30)"],
  is_after_time: [time, "a time of day (17:30)"],
  is_before_date: [date, "a date (2026-01-31)"],
  is_after_date: [date, "a date (2026-01-31)"],
};

const isTemplate = (text: string) => text.includes("{{") || text.includes("{%");
const bare = (text: string) => text.trim().toLowerCase();

/** What a condition looks at, so that two can be compared; undefined when it is several things. */
export function lookedAt({ arguments: looked }: PlacedCondition, input: string): string | undefined {
  const [only = input, ...others] = looked;
  return others.length > 0
    ? undefined
    : only
        .replace(/\s+/g, " ")
        .replace(/\{\{ ?| ?\}\}/g, "")
        .trim();
}

/** Lists with more words are not compared: two of them would take their product in time. */
const mostWords = 500;

/** The only texts that a condition lets through, in small letters; undefined when there are any number of them. */
export function literalsOf(condition: PlacedCondition): string[] | undefined {
  const words = wordsOf(condition);
  return words === undefined || words.length > mostWords ? undefined : words;
}

/** The same, however many there are. */
export function wordsOf({ type, value }: PlacedCondition): string[] | undefined {
  if (isTemplate(value)) return undefined;
  if (type === "equal_to") return [bare(value)];
  if (type === "is_blank") return [""];
  return type === "matches_any_of" ? [...new Set(value.split(",").map(bare))] : undefined;
}

/** Why a condition holds for nothing at all; undefined when it can. */
export function neverHolds({ type, value }: PlacedCondition): string | undefined {
  if (isTemplate(value)) return undefined;
  if (type === "regex") {
    const problem = patternProblem(value.trim());
    return problem === undefined ? undefined : `the pattern cannot be tried: ${problem}`;
  }
  const [form, said] = (Object.hasOwn(forms, type) ? forms[type] : undefined) ?? [];
  return form === undefined || form.test(value.trim())
    ? undefined
    : `${type} compares with ${said}, and "${value}" is none`;
}

/** Whether a text passes; undefined when that depends on more than the text. */
export function passes({ type, value }: PlacedCondition, text: string): boolean | undefined {
  return isTemplate(value) ? undefined : holds(type, text, value);
}

/** Whether whatever one condition lets through the other does too; both look at the same. False when unsure. */
export function implies(one: PlacedCondition, other: PlacedCondition): boolean {
  const [a, b] = [bare(one.value), bare(other.value)];
  const isBlankKind = /^is_(not_)?blank$/.test(one.type);
  if (
    one.type === other.type &&
    (isBlankKind || (one.type === "regex" ? one.value.trim() === other.value.trim() : a === b))
  ) {
    return true;
  }
  if (isTemplate(one.value) || isTemplate(other.value)) return false;
  const literals = literalsOf(one);
  if (literals !== undefined) return literals.every((text) => passes(other, text) === true);
  const says = ["contains", "starts_with"].includes(one.type) && a !== "";
  switch (other.type) {
    case "is_not_blank":
      return says || Object.hasOwn(forms, one.type);
    case "contains":
      return says && a.includes(b);
    case "starts_with":
      return one.type === "starts_with" && a.startsWith(b);
    case "greater_than":
      return one.type === "greater_than" && number.test(a) && number.test(b) && Number(a) >= Number(b);
    case "less_than":
      return one.type === "less_than" && number.test(a) && number.test(b) && Number(a) <= Number(b);
    case "is_after_time":
    case "is_after_date":
      return one.type === other.type && isInForm(one) && isInForm(other) && a >= b;
    case "is_before_time":
    case "is_before_date":
      return one.type === other.type && isInForm(one) && isInForm(other) && a <= b;
    default:
      return false;
  }
}

const isInForm = (condition: PlacedCondition) => neverHolds(condition) === undefined;
