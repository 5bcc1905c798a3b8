/**
 * The one way to look at a definition that nobody has checked. Files are edited by hand, generated and cut short; whoever
 * draws, compares, plays or explores one wants its widgets, and `validate` says what is wrong with them.
 */
import { isObject } from "./json.ts";
import type { Condition, FlowDefinition, JsonObject, JsonValue, State, Transition } from "./types.ts";

const read = new WeakMap<object, FlowDefinition>();

/**
 * The definition in the form of a Flow: every widget has a name, a type, properties and transitions, and every condition
 * its texts. What is no widget is left out; a transition or condition that is none stays where it is and is never taken,
 * so that places counted in the file are right. What is in form already is given back as it is, the same object.
 *
 * @param definition anything at all, such as what `JSON.parse` gave
 */
export function readDefinition(definition: unknown): FlowDefinition {
  if (!isObject(definition as JsonValue)) return { initial_state: "", states: [] };
  const given = definition as JsonObject;
  let known = read.get(given);
  if (known === undefined) {
    known = definitionOf(given);
    read.set(given, known);
    read.set(known, known);
  }
  return known;
}

function definitionOf(given: JsonObject): FlowDefinition {
  const initial = textOf(given.initial_state);
  const listed = listOf(given.states);
  const states = listed.flatMap((state) => readState(state, initial) ?? []);
  const { description, ...rest } = given;
  const isText = description === undefined || typeof description === "string";
  const isInForm =
    isText && given.initial_state === initial && given.states === listed && isSame(listed, states);
  if (isInForm) return given as unknown as FlowDefinition;
  const said = description === undefined ? {} : { description: textOf(description) };
  return { ...said, ...rest, initial_state: initial, states };
}

/**
 * One widget of a definition, read in the same way; undefined for what is none.
 *
 * @param initial what a Trigger without a name is called
 */
export function readState(given: unknown, initial = ""): State | undefined {
  const state = given as JsonValue;
  if (!isObject(state)) return undefined;
  // Twilio lets the Trigger go without a name: what starts there names it.
  const name = state.name === undefined && state.type === "trigger" ? initial : state.name;
  if (typeof name !== "string") return undefined;
  const type = textOf(state.type);
  const properties = isObject(state.properties) ? state.properties : {};
  const listed = listOf(state.transitions);
  const transitions = listed.map(transitionOf);
  const isInForm =
    state.name === name &&
    state.type === type &&
    state.properties === properties &&
    state.transitions === listed &&
    isSame(listed, transitions);
  return (isInForm ? state : { ...state, name, type, properties, transitions }) as unknown as State;
}

function transitionOf(transition: JsonValue): Transition {
  if (!isObject(transition)) return { event: "" };
  const { event, next, conditions, ...rest } = transition;
  const isNext = next === undefined || next === null || typeof next === "string";
  const listed = listOf(conditions);
  const read = listed.map(conditionOf);
  const isInForm =
    typeof event === "string" &&
    isNext &&
    (conditions === undefined || (conditions === listed && isSame(listed, read)));
  if (isInForm) return transition as unknown as Transition;
  return {
    ...rest,
    event: textOf(event),
    ...(isNext ? { next } : {}),
    ...(conditions === undefined ? {} : { conditions: read }),
  };
}

function conditionOf(condition: JsonValue): Condition {
  const given = isObject(condition) ? condition : {};
  const { friendly_name: name, type, value, arguments: looked } = given;
  const texts = (typeof looked === "string" ? [looked] : listOf(looked)).flatMap((each) =>
    typeof each === "object" ? [] : [textOf(each)],
  );
  const isInForm =
    typeof name === "string" &&
    typeof type === "string" &&
    typeof value === "string" &&
    Array.isArray(looked) &&
    isSame(looked as readonly JsonValue[], texts);
  if (isInForm) return given as unknown as Condition;
  return {
    ...given,
    friendly_name: textOf(name),
    type: textOf(type),
    value: textOf(value),
    arguments: texts,
  };
}

/** A number or a switch as it would be written; empty for what is no text at all. */
function textOf(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

const nobody: readonly JsonValue[] = [];
const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : nobody;

const isSame = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((each, at) => each === other[at]);
