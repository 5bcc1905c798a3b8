/**
 * A definition as the rules read it. It may be anything at all: what is not of a Flow's form is left out, and
 * `validate` is who says so.
 */
import type { Condition, JsonObject, JsonValue } from "../types.ts";
import { isObject } from "../json.ts";
import { ancestorsOf } from "./cycles.ts";
import { mentionsIn, type Mention } from "./mentions.ts";

export interface Node {
  readonly name: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly ways: readonly WayOut[];
  /** `#/states/3` */
  readonly path: string;
}

/** A transition. */
export interface WayOut {
  readonly event: string;
  /** Null where the Flow ends. */
  readonly to: string | null;
  readonly conditions: readonly PlacedCondition[];
  readonly path: string;
}

export interface PlacedCondition extends Condition {
  readonly path: string;
}

/** A text of a widget, and where it stands. */
export interface Text {
  /** Keys and indexes from the widget on. */
  readonly keys: readonly (string | number)[];
  readonly path: string;
  readonly value: string;
}

export class FlowGraph {
  readonly nodes: readonly Node[];
  readonly initial: string;
  readonly #byName: ReadonlyMap<string, Node>;
  #isAncestor: ReturnType<typeof ancestorsOf> | undefined;
  #reached: ReadonlySet<string> | undefined;
  readonly #mentions = new Map<Node, readonly Mention[]>();

  constructor(definition: unknown) {
    const { initial_state: initial, states } = isObject(definition as JsonValue)
      ? (definition as JsonObject)
      : {};
    this.initial = typeof initial === "string" ? initial : "";
    this.nodes = list(states).flatMap(nodeOf);
    // Of two widgets of one name the first counts; validation refuses the other.
    this.#byName = new Map(this.nodes.toReversed().map((node) => [node.name, node]));
  }

  node(name: string): Node | undefined {
    return this.#byName.get(name);
  }

  /** The widgets that something leads to from the start, over transitions that are wired. */
  get reached(): ReadonlySet<string> {
    return (this.#reached ??= this.from([this.initial]));
  }

  /** These widgets and all that they lead to. */
  from(names: readonly string[]): ReadonlySet<string> {
    return closure(names, (name) => this.#next(name));
  }

  /** Whether an Execution may have left a widget before it enters another; or the same, when a way leads back. */
  isBefore(earlier: string, name: string): boolean {
    this.#isAncestor ??= ancestorsOf([...this.reached], (each) => this.#next(each));
    return this.#isAncestor(name, earlier);
  }

  /** Whether one of these types may have run before a widget is entered. */
  hasTypeBefore(name: string, isWanted: (type: string) => boolean): boolean {
    return this.nodes.some((each) => isWanted(each.type) && this.isBefore(each.name, name));
  }

  #next(name: string): string[] {
    return (this.node(name)?.ways ?? []).flatMap(({ to }) =>
      to !== null && this.#byName.has(to) ? [to] : [],
    );
  }

  /** The events of the Trigger that can lead to a widget. */
  startsOf(name: string): ReadonlySet<string> {
    const ways = this.node(this.initial)?.ways ?? [];
    const leads = (to: string) => to === name || this.isBefore(to, name);
    return new Set(ways.flatMap(({ event, to }) => (to !== null && leads(to) ? [event] : [])));
  }

  /** The variables that a widget's texts name, each once. */
  mentions(node: Node): readonly Mention[] {
    const known = this.#mentions.get(node);
    if (known !== undefined) return known;
    const byName = new Map<string, Mention>();
    for (const text of textsOf(node)) {
      if (isEditors(text)) continue;
      for (const mention of mentionsIn(text)) {
        // The editor writes a split's input again as each condition's argument: once is enough.
        const name = mention.parts.join(".");
        const known = byName.get(name);
        if (known === undefined || (known.isGuarded && !mention.isGuarded)) byName.set(name, mention);
      }
    }
    const found = [...byName.values()];
    this.#mentions.set(node, found);
    return found;
  }
}

/** What the editor writes into every message; outside Programmable Chat it comes to nothing, as it is meant to. */
function isEditors({ keys, value }: Text): boolean {
  const [, property] = keys;
  if (property === "service") return value === "{{trigger.message.InstanceSid}}";
  return property === "channel" && value === "{{trigger.message.ChannelSid}}";
}

function closure(start: readonly string[], next: (name: string) => readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...next(name));
  }
  return found;
}

function nodeOf(state: JsonValue, at: number): Node[] {
  if (!isObject(state) || typeof state.name !== "string" || typeof state.type !== "string") return [];
  const path = `#/states/${at}`;
  return [
    {
      name: state.name,
      type: state.type,
      properties: isObject(state.properties) ? state.properties : {},
      ways: list(state.transitions).flatMap((way, index) => wayOf(way, `${path}/transitions/${index}`)),
      path,
    },
  ];
}

function wayOf(way: JsonValue, path: string): WayOut[] {
  if (!isObject(way) || typeof way.event !== "string") return [];
  return [
    {
      event: way.event,
      to: typeof way.next === "string" && way.next !== "" ? way.next : null,
      conditions: list(way.conditions).flatMap((each, at) => conditionOf(each, `${path}/conditions/${at}`)),
      path,
    },
  ];
}

function conditionOf(condition: JsonValue, path: string): PlacedCondition[] {
  if (!isObject(condition)) return [];
  const { type, value, friendly_name: name, arguments: looked } = condition;
  if (typeof type !== "string" || typeof value !== "string") return [];
  const texts = list(looked).filter((each) => typeof each === "string");
  return [{ type, value, friendly_name: typeof name === "string" ? name : "", arguments: texts, path }];
}

const list = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];

/** No property nests deeper that somebody wrote; a crafted one would break whoever walks it. */
const maxDepth = 50;

/** Every text of a widget's properties and conditions. Names of parameters and the like are none: Liquid is not read there. */
export function textsOf(node: Node): Text[] {
  const found: Text[] = [];
  const look = (value: JsonValue, keys: readonly (string | number)[]): void => {
    if (typeof value === "string") {
      found.push({ keys, path: [node.path, ...keys].join("/"), value });
    } else if (typeof value === "object" && value !== null && keys.length < maxDepth) {
      for (const [key, item] of Object.entries(value)) {
        if (key === "key" || key === "offset") continue;
        look(item, [...keys, Array.isArray(value) ? Number(key) : key]);
      }
    }
  };
  look(node.properties, ["properties"]);
  for (const { conditions } of node.ways) {
    for (const { path, arguments: looked, value } of conditions) {
      const keys = path.slice(node.path.length + 1).split("/");
      for (const [at, text] of looked.entries()) look(text, [...keys, "arguments", at]);
      look(value, [...keys, "value"]);
    }
  }
  return found;
}
