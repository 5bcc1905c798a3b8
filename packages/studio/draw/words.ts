/** What a Flow says of itself, in the words of a person: events and conditions. */
import type { Condition, State } from "../types.ts";
import { widgetOfType } from "../widgets/index.ts";
import { looksAt, plain } from "../shown.ts";
import { shortened } from "./text.ts";

/** Of an event that nobody here knows: whether its name speaks of a failure, a time-out or the like. */
const soundsQuiet = /busy|fail|error|hangup|interrupted|noAnswer|noAudio|timeout/i;

/** Whether an event is a failure, a time-out or the like: its way is drawn quieter. */
export function isQuiet({ type }: Pick<State, "type">, event: string): boolean {
  const { said = {}, quiet = [] } = widgetOfType(type) ?? {};
  return Object.hasOwn(said, event) ? quiet.includes(event) : soundsQuiet.test(event);
}

/** An event in words; empty when it goes without saying. */
export function eventSaid({ type }: Pick<State, "type">, event: string): string {
  const said = widgetOfType(type)?.said ?? {};
  return Object.hasOwn(said, event) ? (said[event] ?? "") : spaced(event);
}

const spaced = (event: string) =>
  String(event)
    .replace(/(?<=[a-z])(?=[A-Z])|[-_]/g, " ")
    .toLowerCase();

const predicates: Readonly<Record<string, (value: string) => string>> = {
  contains: (value) => `contains ${value}`,
  does_not_contain: (value) => `does not contain ${value}`,
  does_not_match_any_of: (value) => `is not one of ${value}`,
  does_not_start_with: (value) => `does not start with ${value}`,
  equal_to: (value) => `is ${value}`,
  greater_than: (value) => `is more than ${value}`,
  is_after_date: (value) => `is after ${value}`,
  is_after_time: (value) => `is after ${value}`,
  is_before_date: (value) => `is before ${value}`,
  is_before_time: (value) => `is before ${value}`,
  is_blank: () => "is blank",
  is_not_blank: () => "is not blank",
  less_than: (value) => `is less than ${value}`,
  matches_any_of: (value) => `is one of ${value}`,
  not_equal_to: (value) => `is not ${value}`,
  regex: (value) => `fits ${value}`,
  starts_with: (value) => `starts with ${value}`,
};

/** A predicate with what it compares with, in words: `is "support"`. */
export function predicateSaid(type: string, value: string): string {
  return (
    (Object.hasOwn(predicates, type) ? predicates[type]?.(value) : undefined) ?? `${spaced(type)} ${value}`
  );
}

const listed = /match.*any_of$/;
const bare = /^(is_(after|before)|less|greater|regex|matches_any|does_not_match)/;

/**
 * A condition in words: `is "support"`.
 *
 * @param input what the widget as a whole looks at; a condition that looks at something else says so
 */
export function conditionSaid({ type, value, arguments: looked = [] }: Condition, input = ""): string {
  const given = plain(String(value ?? "")).trim();
  const text = shortened(listed.test(type) ? given.replace(/\s*,\s*/g, ", ") : given, 60);
  const said = predicateSaid(type, bare.test(type) ? text : `“${text}”`);
  // A definition that Studio would refuse may hold anything here.
  const at = String(looked[0] ?? input);
  return at.trim() === input.trim() ? said : `${looksAt(at)} ${said}`;
}
