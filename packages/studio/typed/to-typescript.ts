/** Studio JSON as code: the source of a typed Flow that gives back exactly the definition it was made of. */
import { isObject } from "../json.ts";
import { predicates } from "../predicates.ts";
import { propertyProblems } from "../properties.ts";
import type { FlowDefinition, JsonObject, JsonValue } from "../types.ts";
import type { Widget } from "../widget.ts";
import { widgetOfType } from "../widgets/index.ts";
import { print, stringSaid, type Entry, type Node } from "./print.ts";
import { TypedFlowError } from "./typed-flow-error.ts";

export interface ToTypeScriptOptions {
  /** What the source imports from; `@support-line/studio/typed` when absent. */
  readonly from?: string;
}

/**
 * The source of a typed Flow, laid out as prettier would. It compiles: what Studio would refuse stands in `unchecked`, what
 * this catalogue does not know in `extra` and `other`.
 *
 * @param definition as `JSON.parse` gives it
 * @throws TypedFlowError when it is no definition, or two of its widgets have one name
 */
export function toTypeScript(definition: FlowDefinition, options: ToTypeScriptOptions = {}): string {
  const { states, ...envelope } = parsed(definition);
  const names = states.map(({ name }) => name);
  const byName = Object.fromEntries(states.map(({ name, state }) => [name, state]));
  const source = new Source(new Set(names));
  const flow = source.flow(envelope, byName, Object.keys(definition));
  const keys = Object.keys(byName);
  const isInOrder = keys.every((key, at) => key === names[at]);
  const order: Node = { kind: "object", entries: [{ key: "order", value: asItIs(names) }] };
  const call = isInOrder ? `flow(${print(flow)})` : `flow(\n  ${print(flow, 2)},\n  ${print(order, 2)},\n)`;
  const imported = ["extra", "flow", "other", "unchecked"].filter(
    (name) => name === "flow" || source.used.has(name),
  );
  const from = stringSaid(options.from ?? "@support-line/studio/typed");
  return `import { ${imported.join(", ")} } from ${from};\n\nexport default ${call};\n`;
}

interface Parsed {
  readonly [key: string]: JsonValue | readonly NamedState[];
  readonly states: readonly NamedState[];
}
interface NamedState {
  readonly name: string;
  readonly state: JsonObject;
}

function parsed(definition: unknown): Parsed {
  const given = definition as JsonValue;
  if (!isObject(given)) throw new TypedFlowError("no-definition", { problem: "it is not an object" });
  const { states } = given;
  if (!Array.isArray(states)) {
    throw new TypedFlowError("no-definition", { problem: "its states are not a list" });
  }
  if (given.initial_state === undefined) {
    throw new TypedFlowError("no-definition", { problem: "it has no initial_state" });
  }
  const seen = new Set<string>();
  const named = (states as readonly JsonValue[]).map((state, at) => {
    if (!isObject(state)) {
      throw new TypedFlowError("no-definition", { problem: `its state ${at} is not an object` });
    }
    const { name, ...rest } = state;
    if (typeof name !== "string") {
      throw new TypedFlowError("no-definition", { problem: `its state ${at} has no name` });
    }
    if (seen.has(name)) throw new TypedFlowError("duplicate-widget", { name });
    seen.add(name);
    return { name, state: rest };
  });
  return { ...given, states: named };
}

/** What a key's value must be to stand there plainly; a key that is not named here is not known. */
type Known = Readonly<Record<string, (value: JsonValue) => Node>>;

class Source {
  /** What it takes to write it, by the names to import. */
  readonly used = new Set<string>();
  readonly #names: ReadonlySet<string>;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  flow(envelope: object, states: Readonly<Record<string, JsonObject>>, keys: readonly string[]): Node {
    const values = envelope as JsonObject;
    const entries = this.#entries(Object.fromEntries(keys.map((key) => [key, values[key] ?? null])), {
      $schema: this.#text,
      description: this.#text,
      initial_state: this.#widgetName,
      flags: (flags) =>
        isObject(flags) && typeof flags.allow_concurrent_calls === "boolean"
          ? this.#object(flags, { allow_concurrent_calls: asItIs })
          : this.#unchecked(flags),
      states: () => ({
        kind: "object",
        isOpen: true,
        entries: Object.entries(states).map(([key, state]) => ({ key, value: this.#state(state) })),
      }),
    });
    return { kind: "object", entries, isOpen: true };
  }

  #state(state: JsonObject): Node {
    const { type, transitions, properties } = state;
    if (typeof type !== "string" || !Array.isArray(transitions)) return this.#unchecked(state);
    const list = transitions as readonly JsonValue[];
    const widget = widgetOfType(type);
    if (widget === undefined) {
      if (properties !== undefined && !isObject(properties)) return this.#unchecked(state);
      const known = this.#object(state, {
        type: asItIs,
        properties: (value) => open(asItIs(value)),
        transitions: () => this.#transitions(list, undefined),
      });
      this.used.add("other");
      return { kind: "call", name: "other", argument: open(known) };
    }
    if (properties === undefined && type !== "trigger") return this.#unchecked(state);
    return open(
      this.#object(state, {
        type: asItIs,
        properties: (value) => this.#properties(widget, value),
        transitions: () => this.#transitions(list, widget),
      }),
    );
  }

  #properties({ properties: schema }: Widget, value: JsonValue): Node {
    if (!isObject(value)) return this.#unchecked(value);
    const wrong = propertyProblems(schema, value).map(({ path: [property] }) => String(property));
    // Nothing stands where something is missing: there is only the whole to exempt.
    if (wrong.some((property) => !Object.hasOwn(value, property))) return this.#unchecked(value);
    const known = Object.keys({ ...schema.shape, offset: true }).map((key) => [
      key,
      (each: JsonValue) => (wrong.includes(key) ? this.#unchecked(each) : asItIs(each)),
    ]);
    const node = this.#object(value, Object.fromEntries(known) as Known);
    return Object.keys(value).length > 1 ? open(node) : node;
  }

  #transitions(transitions: readonly JsonValue[], widget: Widget | undefined): Node {
    return { kind: "list", items: transitions.map((each) => this.#transition(each, widget)) };
  }

  #transition(transition: JsonValue, widget: Widget | undefined): Node {
    if (!isObject(transition) || typeof transition.event !== "string") return this.#unchecked(transition);
    const { event, conditions } = transition;
    const isMatch = widget !== undefined && event === "match";
    if (conditions === undefined ? isMatch : !Array.isArray(conditions)) return this.#unchecked(transition);
    return this.#object(transition, {
      event: (value) =>
        widget === undefined || widget.events.includes(event) ? asItIs(value) : this.#unchecked(value),
      next: (next) => (next === null || next === "" ? asItIs(next) : this.#widgetName(next)),
      conditions: (list) => ({
        kind: "list",
        items: (list as readonly JsonValue[]).map((each) => this.#condition(each)),
      }),
    });
  }

  #condition(condition: JsonValue): Node {
    if (!isObject(condition)) return this.#unchecked(condition);
    if (["friendly_name", "arguments", "type", "value"].some((key) => !Object.hasOwn(condition, key))) {
      return this.#unchecked(condition);
    }
    return this.#object(condition, {
      friendly_name: this.#text,
      type: (type) =>
        typeof type === "string" && Object.hasOwn(predicates, type) ? asItIs(type) : this.#unchecked(type),
      value: this.#text,
      arguments: (given) =>
        Array.isArray(given) && given.every((each: JsonValue) => typeof each === "string")
          ? asItIs(given)
          : this.#unchecked(given),
    });
  }

  readonly #text = (value: JsonValue): Node =>
    typeof value === "string" ? asItIs(value) : this.#unchecked(value);

  readonly #widgetName = (value: JsonValue): Node =>
    typeof value === "string" && this.#names.has(value) ? asItIs(value) : this.#unchecked(value);

  #object(object: JsonObject, known: Known): Node & { kind: "object" } {
    return { kind: "object", entries: this.#entries(object, known) };
  }

  /** Entries in their order; those that are not known between calls of `extra`. */
  #entries(object: JsonObject, known: Known): Entry[] {
    const entries: Entry[] = [];
    let unknown: [string, JsonValue][] = [];
    const flush = () => {
      if (unknown.length === 0) return;
      this.used.add("extra");
      entries.push({ value: { kind: "call", name: "extra", argument: asItIs(Object.fromEntries(unknown)) } });
      unknown = [];
    };
    for (const [key, value] of Object.entries(object)) {
      const said = Object.hasOwn(known, key) ? known[key] : undefined;
      if (said === undefined) {
        unknown.push([key, value]);
      } else {
        flush();
        entries.push({ key, value: said(value) });
      }
    }
    flush();
    return entries;
  }

  #unchecked(value: JsonValue): Node {
    this.used.add("unchecked");
    return { kind: "call", name: "unchecked", argument: asItIs(value) };
  }
}

/** A literal. */
function asItIs(value: JsonValue): Node {
  if (typeof value === "string") return { kind: "text", text: stringSaid(value), isString: true };
  if (typeof value === "number") return { kind: "text", text: numberSaid(value) };
  if (typeof value !== "object" || value === null) return { kind: "text", text: String(value) };
  if (Array.isArray(value)) {
    return { kind: "list", items: (value as readonly JsonValue[]).map(asItIs) };
  }
  return {
    kind: "object",
    entries: Object.entries(value).map(([key, each]) => ({ key, value: asItIs(each) })),
  };
}

function numberSaid(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

function open(node: Node): Node {
  return node.kind === "object" ? { ...node, isOpen: true } : node;
}
