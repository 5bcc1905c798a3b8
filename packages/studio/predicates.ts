/**
 * The predicates of Split Based On, https://www.twilio.com/docs/studio/widget-library/split-based-on. All ignore case
 * and white space around what they compare.
 */
import { matchesWhole } from "./regex.ts";

type Predicate = (argument: string, value: string) => boolean;

const equal: Predicate = (argument, value) => argument === value;
const anyOf: Predicate = (argument, value) => value.split(",").some((each) => each.trim() === argument);
const contains: Predicate = (argument, value) => argument.includes(value);
const startsWith: Predicate = (argument, value) => argument.startsWith(value);
const isBlank: Predicate = (argument) => argument === "";
const not =
  (predicate: Predicate): Predicate =>
  (argument, value) =>
    !predicate(argument, value);

/** Compares two values of one form; what is not of that form compares with nothing. */
function compared(form: RegExp, holds: (argument: string, value: string) => boolean): Predicate {
  return (argument, value) => form.test(argument) && form.test(value) && holds(argument, value);
}
const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/;
const date = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const time = /^([01]\d|2[0-3]):[0-5]\d$/;

/** By their `type` in a condition. */
export const predicates = {
  equal_to: equal,
  not_equal_to: not(equal),
  matches_any_of: anyOf,
  does_not_match_any_of: not(anyOf),
  is_blank: isBlank,
  is_not_blank: not(isBlank),
  regex: (argument, value) => matchesWhole(value, argument).held,
  contains,
  does_not_contain: not(contains),
  starts_with: startsWith,
  does_not_start_with: not(startsWith),
  less_than: compared(number, (argument, value) => Number(argument) < Number(value)),
  greater_than: compared(number, (argument, value) => Number(argument) > Number(value)),
  is_before_time: compared(time, (argument, value) => argument < value),
  is_after_time: compared(time, (argument, value) => argument > value),
  is_before_date: compared(date, (argument, value) => argument < value),
  is_after_date: compared(date, (argument, value) => argument > value),
} as const satisfies Record<string, Predicate>;

export type PredicateType = keyof typeof predicates;

/** Whether a predicate holds; an unknown one never does. */
export function holds(type: string, argument: string, value: string): boolean {
  if (!Object.hasOwn(predicates, type)) return false;
  // A pattern keeps its case: \D is not \d.
  const wanted = type === "regex" ? value.trim() : value.trim().toLowerCase();
  return predicates[type as PredicateType](argument.trim().toLowerCase(), wanted);
}
