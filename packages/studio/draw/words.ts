/** What a Flow says of itself, in the words of a person: events, conditions, times, and Liquid without its braces. */
import type { Condition, State } from "../types.ts";
import { widgetOfType } from "../widgets/index.ts";
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
  does_not_match_any_of: (value) => `is none of ${value}`,
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

/** Liquid as a reader takes it: `Hello {{flow.data.first_name}}` is `Hello ‹first_name›`; tags are left out. */
export function plain(text: string): string {
  return text
    .replace(/\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g, " ")
    .replace(/\{%[^%]*%\}/g, " ")
    .replace(/\{\{-?([^{}]*?)-?\}\}/g, (_, inner: string) => `‹${lastOf(inner)}›`);
}

/** The last part of a path, without filters: `flow.data.first_name | upcase` is `first_name`. */
function lastOf(inner: string): string {
  const path = (inner.split("|")[0] ?? "").trim();
  return /^["']/.test(path) ? path.slice(1, -1) : (path.split(".").at(-1) ?? path);
}

/** What a split looks at, in words: `the reply to ask`, `digits of menu`, `end of next_joke`. */
export function looksAt(template: string): string {
  const [, inner] = /^\s*\{\{-?([^{}]*?)-?\}\}\s*$/.exec(template) ?? [];
  if (inner === undefined) return plain(template).trim();
  const path = (inner.split("|")[0] ?? "").trim();
  const widget = /^widgets\.([^.]+)\.(.+)$/.exec(path);
  if (widget !== null) {
    const [, name = "", rest = ""] = widget;
    if (/^inbound\.Body$/i.test(rest)) return `the reply to ${name}`;
    if (rest === "Digits") return `the keys pressed at ${name}`;
    if (rest === "SpeechResult") return `what is said at ${name}`;
    return `${rest.replace(/^parsed\./, "")} of ${name}`;
  }
  if (/^trigger\.(message|conversation)\.Body$/i.test(path)) return "the message";
  return path.replace(
    /^(flow\.variables|flow\.data|trigger\.request\.parameters|trigger\.parent\.parameters)\./,
    "",
  );
}

/** Seconds in words: `3600` is `1 h`. What is no number stays as it is. */
export function timeSaid(seconds: string): string {
  const value = Number(seconds);
  if (seconds.trim() === "" || !Number.isFinite(value)) return plain(seconds);
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
  ] as const;
  const [size, unit] = units.find(([each]) => value >= each && value % each === 0) ?? [1, "s"];
  return `${value / size} ${unit}`;
}
