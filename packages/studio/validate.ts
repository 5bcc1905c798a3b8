/**
 * What is wrong with a definition. Errors are what Twilio's Flow Validate refuses (error 81022), in its words and
 * with its paths; warnings are what this catalogue does not know, and no reason to refuse.
 */
import { predicates } from "./predicates.ts";
import { kindOf, missing, propertyProblems } from "./properties.ts";
import { limitProblems } from "./flow-limits.ts";
import { isObject } from "./json.ts";
import { limits } from "./limits.ts";
import { nestsDeeper } from "./size.ts";
import { likelyMeant } from "./likely-type.ts";
import { widgetOfType, widgets } from "./widgets/index.ts";
import type { JsonObject, JsonValue } from "./types.ts";
import type { Widget } from "./widget.ts";

export interface Problem {
  readonly message: string;
  /** `#/states/3/properties/timeout`, counted from 0. */
  readonly property_path: string;
  /** Name of the widget it is in. */
  readonly widget?: string;
}

export interface Validation {
  readonly errors: readonly Problem[];
  readonly warnings: readonly Problem[];
}

export interface ValidateOptions {
  /** Values that are not known yet, as in a preview: their places are not looked at. */
  readonly isUnknown?: (value: unknown) => boolean;
}

const schemaAddress = "https://schemas.twilio.com/studio/draft/2019-09/flow-definition";
const envelope = new Set(["$schema", "description", "flags", "initial_state", "states"]);

/** Checks a definition, which may be anything at all. */
export function validate(definition: unknown, options: ValidateOptions = {}): Validation {
  const check = new Check(options.isUnknown ?? (() => false));
  check.definition(definition as JsonValue);
  return check;
}

class Check {
  readonly errors: Problem[] = [];
  readonly warnings: Problem[] = [];
  readonly #isUnknown: (value: unknown) => boolean;

  constructor(isUnknown: (value: unknown) => boolean) {
    this.#isUnknown = isUnknown;
  }

  definition(definition: JsonValue): void {
    if (this.#isUnknown(definition)) return;
    if (!isObject(definition)) return this.#error("#", `${kindOf(definition)} found, object expected`);
    const { states, initial_state: initial, flags, description, $schema: schema } = definition;
    this.#required("#/initial_state", initial, "string");
    if (description !== undefined) this.#required("#/description", description, "string");
    if (schema !== undefined && !this.#isUnknown(schema) && schema !== schemaAddress) {
      this.#error("#/$schema", `must be a constant value ${schemaAddress}`);
    }
    if (flags !== undefined && !this.#isUnknown(flags)) this.#flags(flags);
    for (const key of Object.keys(definition)) {
      if (!envelope.has(key)) this.#warn(`#/${key}`, unheardOf(`property "${key}"`));
    }
    if (this.#isUnknown(states)) return;
    if (!Array.isArray(states)) {
      return this.#error(
        "#/states",
        states === undefined ? missing : `${kindOf(states)} found, array expected`,
      );
    }
    const list = states as readonly JsonValue[];
    if (list.length === 0) this.#error("#/states", "there must be a minimum of 1 items in the array");
    if (list.length > limits.flow.states) {
      this.#error("#/states", `there must be a maximum of ${limits.flow.states} items in the array`);
    }
    for (const [at, state] of list.entries()) {
      if (nestsDeeper(state, limits.json.depth, this.#isUnknown)) {
        this.#error(`#/states/${at}`, `must not nest deeper than ${limits.json.depth} lists and objects`);
      }
    }
    const names = this.#names(list);
    this.#states(list, names);
    for (const { path, message, widget } of limitProblems(list)) this.#error(path, message, widget);
    if (typeof initial === "string" && !this.#isUnknown(initial) && names?.has(initial) === false) {
      this.#error("#/initial_state", `initial state "${initial}" does not exist`);
    }
  }

  #flags(flags: JsonValue): void {
    if (!isObject(flags)) return this.#error("#/flags", `${kindOf(flags)} found, object expected`);
    this.#required("#/flags/allow_concurrent_calls", flags.allow_concurrent_calls, "boolean");
  }

  /** The widgets that there are; undefined while one of their names is not known yet. */
  #names(states: readonly JsonValue[]): ReadonlySet<JsonValue | undefined> | undefined {
    const names = states.map((state) => (isObject(state) ? state.name : state));
    return names.some((name) => this.#isUnknown(name)) ? undefined : new Set(names);
  }

  #states(states: readonly JsonValue[], names: Names): void {
    const seen = new Set<string>();
    for (const [at, state] of states.entries()) {
      const path = `#/states/${at}`;
      if (this.#isUnknown(state)) continue;
      if (!isObject(state)) {
        this.#error(path, `${kindOf(state)} found, object expected`);
        continue;
      }
      const { name } = state;
      if (typeof name === "string" && seen.has(name)) {
        this.#error(`${path}/name`, `duplicate widget name "${name}"`, name);
      }
      if (typeof name === "string") seen.add(name);
      this.#state(path, state, names);
    }
  }

  #state(path: string, state: JsonObject, names: Names): void {
    const { name, type, properties, transitions } = state;
    const widget = typeof name === "string" ? name : "";
    if (type !== "trigger" || name !== undefined) this.#required(`${path}/name`, name, "string", widget);
    if (!this.#required(`${path}/type`, type, "string", widget) || typeof type !== "string") return;
    const known = widgetOfType(type);
    if (known === undefined) {
      this.#unheardOfType(`${path}/type`, type, widget);
    } else if (type !== "trigger" || properties !== undefined) {
      // The Trigger alone may go without.
      this.#required(`${path}/properties`, properties, "object", widget);
      if (isObject(properties) && !this.#isUnknown(properties)) {
        this.#properties(`${path}/properties`, known, properties, widget);
      }
    }
    if (this.#isUnknown(transitions)) return;
    if (!Array.isArray(transitions)) {
      return this.#error(
        `${path}/transitions`,
        transitions === undefined ? missing : `${kindOf(transitions)} found, array expected`,
        widget,
      );
    }
    for (const [at, transition] of (transitions as readonly JsonValue[]).entries()) {
      this.#transition(`${path}/transitions/${at}`, transition, {
        names,
        widget,
        events: known?.isOpen === true ? undefined : known?.events,
        type,
      });
    }
  }

  #unheardOfType(path: string, type: string, widget: string): void {
    const { words, isMistake } = likelyMeant(type);
    const more = words === "" ? "" : `; ${words}`;
    if (isMistake) {
      const list = Object.keys(widgets).join(", ");
      this.#error(path, `does not have a value in the enumeration [${list}]${more}`, widget);
    } else {
      this.#warn(path, `${unheardOf(`type "${type}"`)}${more}`, widget);
    }
  }

  #properties(path: string, known: Widget, properties: JsonObject, widget: string): void {
    const { properties: schema, isOpen = false } = known;
    for (const problem of propertyProblems(schema, properties)) {
      if (this.#isUnknown(problem.value)) continue;
      this.#error([path, ...problem.path.map(String)].join("/"), problem.message, widget);
    }
    for (const key of isOpen ? [] : Object.keys(properties)) {
      if (key !== "offset" && !(key in schema.shape)) {
        this.#warn(`${path}/${key}`, unheardOf(`property "${key}"`), widget);
      }
    }
  }

  #transition(path: string, transition: JsonValue, at: TransitionPlace): void {
    if (this.#isUnknown(transition)) return;
    if (!isObject(transition)) {
      return this.#error(path, `${kindOf(transition)} found, object expected`, at.widget);
    }
    const { event, next, conditions } = transition;
    if (this.#required(`${path}/event`, event, "string", at.widget) && !isEventOf(at.events, event)) {
      this.#error(`${path}/event`, `must be a constant value ${at.events?.join(", ") ?? ""}`, at.widget);
    }
    if (next !== undefined && next !== null) this.#required(`${path}/next`, next, "string", at.widget);
    if (typeof next === "string" && next !== "" && !this.#isUnknown(next) && at.names?.has(next) === false) {
      this.#error(`${path}/next`, `transition to widget "${next}", which does not exist`, at.widget);
    }
    if (at.type === "split-based-on" && event === "match" && !this.#isUnknown(conditions)) {
      this.#conditions(`${path}/conditions`, conditions, at.widget);
    }
  }

  #conditions(path: string, conditions: JsonValue | undefined, widget: string): void {
    if (!this.#required(path, conditions, "array", widget) || !Array.isArray(conditions)) return;
    for (const [at, condition] of (conditions as readonly JsonValue[]).entries()) {
      const place = `${path}/${at}`;
      if (this.#isUnknown(condition)) continue;
      if (!isObject(condition)) {
        this.#error(place, `${kindOf(condition)} found, object expected`, widget);
        continue;
      }
      for (const key of ["friendly_name", "type", "value"]) {
        this.#required(`${place}/${key}`, condition[key], "string", widget);
      }
      const { type, arguments: given } = condition;
      if (this.#required(`${place}/arguments`, given, "array", widget) && Array.isArray(given)) {
        for (const [index, argument] of (given as readonly JsonValue[]).entries()) {
          this.#required(`${place}/arguments/${index}`, argument, "string", widget);
        }
      }
      if (typeof type === "string" && !this.#isUnknown(type) && !Object.hasOwn(predicates, type)) {
        const list = Object.keys(predicates).join(", ");
        this.#error(`${place}/type`, `does not have a value in the enumeration [${list}]`, widget);
      }
    }
  }

  /** Whether a value is there and of that kind, saying so when it is not. A value not known yet counts as right. */
  #required(path: string, value: JsonValue | undefined, kind: string, widget?: string): boolean {
    if (this.#isUnknown(value)) return true;
    if (value === undefined) this.#error(path, missing, widget);
    else if (value === null) this.#error(path, "must not be null", widget);
    else if (kindOf(value) !== kind) this.#error(path, `${kindOf(value)} found, ${kind} expected`, widget);
    else if (value === "" && mustSay.test(path)) {
      this.#error(path, "must be at least 1 characters long", widget);
    } else return true;
    return false;
  }

  #error(path: string, message: string, widget?: string): void {
    this.errors.push(problem(path, message, widget));
  }

  #warn(path: string, message: string, widget?: string): void {
    this.warnings.push(problem(path, message, widget));
  }
}

/** Whether a widget can leave by an event; one that the catalogue does not know may have any. */
function isEventOf(events: readonly string[] | undefined, event: unknown): boolean {
  return events === undefined || (typeof event === "string" && events.includes(event));
}

/** What must not be empty. */
const mustSay = /\/(initial_state|states\/\d+\/name)$/;

function unheardOf(what: string): string {
  return `${what} is not in this catalogue; Twilio decides about it`;
}

/** The names of widgets; undefined while they are not all known. */
type Names = ReadonlySet<JsonValue | undefined> | undefined;

interface TransitionPlace {
  readonly names: Names;
  readonly widget: string;
  readonly events: readonly string[] | undefined;
  readonly type: string;
}

function problem(path: string, message: string, widget: string | undefined): Problem {
  return { message, property_path: path, ...(widget === undefined || widget === "" ? {} : { widget }) };
}
