/**
 * What is wrong with a definition. Errors are what Twilio's Flow Validate refuses (error 81022), in its words and
 * with its paths; warnings are what this catalogue does not know, and no reason to refuse.
 */
import type { z } from "zod";
import { predicates } from "./predicates.ts";
import { isObject } from "./widgets/http.ts";
import { widgets } from "./widgets/index.ts";
import type { JsonObject, JsonValue } from "./types.ts";

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

const limits = { states: 1000 };
const missing = "is missing but it is required";

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
    const { states, initial_state: initial, flags } = definition;
    this.#required("#/initial_state", initial, "string");
    if (flags !== undefined && !this.#isUnknown(flags)) this.#flags(flags);
    if (this.#isUnknown(states)) return;
    if (!Array.isArray(states)) {
      return this.#error(
        "#/states",
        states === undefined ? missing : `${kindOf(states)} found, array expected`,
      );
    }
    const list = states as readonly JsonValue[];
    if (list.length === 0) this.#error("#/states", "there must be a minimum of 1 items in the array");
    if (list.length > limits.states) {
      this.#error("#/states", `there must be a maximum of ${limits.states} items in the array`);
    }
    this.#states(list);
    const names = new Set(list.filter(isObject).map(({ name }) => name));
    if (typeof initial === "string" && !this.#isUnknown(initial) && !names.has(initial)) {
      this.#error("#/initial_state", `initial state "${initial}" does not exist`);
    }
  }

  #flags(flags: JsonValue): void {
    const value = isObject(flags) ? flags.allow_concurrent_calls : undefined;
    this.#required("#/flags/allow_concurrent_calls", value, "boolean");
  }

  #states(states: readonly JsonValue[]): void {
    const names = states.map((state) =>
      isObject(state) && typeof state.name === "string" ? state.name : undefined,
    );
    for (const [at, state] of states.entries()) {
      const path = `#/states/${at}`;
      if (!isObject(state)) {
        this.#error(path, `${kindOf(state)} found, object expected`);
        continue;
      }
      const name = names[at];
      if (name !== undefined && names.indexOf(name) < at) {
        this.#error(`${path}/name`, `duplicate widget name "${name}"`, name);
      }
      this.#state(path, state, new Set(names));
    }
  }

  #state(path: string, state: JsonObject, names: ReadonlySet<string | undefined>): void {
    const { name, type, properties = {}, transitions } = state;
    const widget = typeof name === "string" ? name : "";
    if (type !== "trigger") this.#required(`${path}/name`, name, "string", widget);
    if (!this.#required(`${path}/type`, type, "string", widget) || typeof type !== "string") return;
    const known = widgets.get(type);
    if (known === undefined) {
      this.#warn(`${path}/type`, `type "${type}" is not in this catalogue; Twilio decides about it`, widget);
    } else if (!this.#isUnknown(properties)) {
      this.#properties(`${path}/properties`, known.properties, properties, widget);
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
        events: known?.events,
        type,
      });
    }
  }

  #properties(path: string, schema: z.ZodObject, properties: JsonValue, widget: string): void {
    const result = schema.safeParse(properties);
    for (const issue of result.error?.issues ?? []) {
      const value = issue.path.reduce<unknown>(
        (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
        properties,
      );
      if (this.#isUnknown(value)) continue;
      const place = [path, ...issue.path.map(String)].join("/");
      this.#error(place, messageOf(issue, value), widget);
    }
    for (const key of isObject(properties) ? Object.keys(properties) : []) {
      if (key !== "offset" && !(key in schema.shape)) {
        this.#warn(
          `${path}/${key}`,
          `property "${key}" is not in this catalogue; Twilio decides about it`,
          widget,
        );
      }
    }
  }

  #transition(path: string, transition: JsonValue, at: TransitionPlace): void {
    if (!isObject(transition)) {
      return this.#error(path, `${kindOf(transition)} found, object expected`, at.widget);
    }
    const { event, next, conditions } = transition;
    if (this.#required(`${path}/event`, event, "string", at.widget) && !isEventOf(at.events, event)) {
      this.#error(`${path}/event`, `must be a constant value ${at.events?.join(", ") ?? ""}`, at.widget);
    }
    if (typeof next === "string" && next !== "" && !this.#isUnknown(next) && !at.names.has(next)) {
      this.#error(`${path}/next`, `transition to widget "${next}", which does not exist`, at.widget);
    }
    if (at.type === "split-based-on" && event === "match" && !this.#isUnknown(conditions)) {
      this.#conditions(`${path}/conditions`, conditions, at.widget);
    }
  }

  #conditions(path: string, conditions: JsonValue | undefined, widget: string): void {
    if (!Array.isArray(conditions)) return this.#error(path, missing, widget);
    for (const [at, condition] of (conditions as readonly JsonValue[]).entries()) {
      const place = `${path}/${at}`;
      if (!isObject(condition)) {
        this.#error(place, `${kindOf(condition)} found, object expected`, widget);
        continue;
      }
      for (const key of ["friendly_name", "type", "value"]) {
        this.#required(`${place}/${key}`, condition[key], "string", widget);
      }
      this.#required(`${place}/arguments`, condition.arguments, "array", widget);
      const { type } = condition;
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
    else return true;
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

interface TransitionPlace {
  readonly names: ReadonlySet<string | undefined>;
  readonly widget: string;
  readonly events: readonly string[] | undefined;
  readonly type: string;
}

function problem(path: string, message: string, widget: string | undefined): Problem {
  return { message, property_path: path, ...(widget === undefined || widget === "" ? {} : { widget }) };
}

/** The words of a JSON Schema validator. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return missing;
  if (issue.code === "invalid_type") return `${kindOf(value)} found, ${issue.expected} expected`;
  if (issue.code === "invalid_value") {
    return `does not have a value in the enumeration [${issue.values.map(String).join(", ")}]`;
  }
  return issue.message;
}
