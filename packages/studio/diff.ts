/**
 * What changed between two definitions, by widget and as a person would say it. Formatting, the order of keys and the
 * order of widgets are no change; a widget that was only moved on the canvas is said to be moved and no more.
 */
import { isObject } from "./widgets/http.ts";
import type { FlowDefinition, JsonValue, State, Transition } from "./types.ts";

export type Change =
  | { readonly kind: "added" | "removed" | "moved"; readonly widget: string; readonly words: string }
  | {
      readonly kind: "changed";
      readonly widget: string;
      /** What of it: `body`, `parameters.line`, `transition sent`, `condition Support`. */
      readonly what: string;
      readonly before: JsonValue | undefined;
      readonly after: JsonValue | undefined;
      readonly words: string;
    };

/** The differences between two definitions, widgets in the order of their names. */
export function diff(before: FlowDefinition, after: FlowDefinition): Change[] {
  const old = byName(before.states);
  const now = byName(after.states);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return [
    ...envelopeChanges(before, after),
    ...names.flatMap((name) => widgetChanges(name, old.get(name), now.get(name))),
  ];
}

function byName<Item extends { name: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.name, item]));
}

function envelopeChanges(before: FlowDefinition, after: FlowDefinition): Change[] {
  const keys = ["description", "initial_state", "flags"] as const;
  return keys.flatMap((key) => change("Flow", key, before[key], after[key]));
}

function widgetChanges(widget: string, before: State | undefined, after: State | undefined): Change[] {
  if (before === undefined) return [{ kind: "added", widget, words: `"${widget}" is new (${after?.type})` }];
  if (after === undefined) return [{ kind: "removed", widget, words: `"${widget}" is gone` }];
  const changes = [
    ...change(widget, "type", before.type, after.type),
    ...differences(widget, properties(before), properties(after)),
    ...differences(widget, transitions(before), transitions(after)),
  ];
  if (changes.length > 0 || equal(before.properties.offset, after.properties.offset)) return changes;
  return [{ kind: "moved", widget, words: `"${widget}" was moved on the canvas` }];
}

function differences(
  widget: string,
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
): Change[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => change(widget, key, before.get(key), after.get(key)));
}

function change(
  widget: string,
  what: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): Change[] {
  if (equal(before, after)) return [];
  const words = `"${widget}" ${what}: ${shown(before)} → ${shown(after)}`;
  return [{ kind: "changed", widget, what, before, after, words }];
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}

/** Properties by name, lists of key and value by their keys, less where it stands on the canvas. */
function properties({ properties: given }: State): Map<string, JsonValue> {
  const entries = Object.entries(given).filter(([key]) => key !== "offset");
  return new Map(entries.flatMap(([key, value]) => keyed(key, value) ?? [[key, value] as const]));
}

function keyed(name: string, value: JsonValue): [string, JsonValue][] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const items = (value as readonly JsonValue[]).map((item) => (isObject(item) ? [item.key, item.value] : []));
  const entries = items.flatMap(([key, each]) =>
    typeof key === "string" ? [[`${name}.${key}`, each ?? null] as [string, JsonValue]] : [],
  );
  return entries.length === items.length ? entries : undefined;
}

/** Transitions by what they are about: the event, or for a match the condition. */
function transitions({ transitions: given }: State): Map<string, JsonValue> {
  return new Map(
    given.flatMap((transition): [string, JsonValue][] => {
      const to = transition.next ?? "";
      const conditions = transition.conditions ?? [];
      if (conditions.length === 0) return to === "" ? [] : [[`transition ${transition.event}`, to]];
      return [
        [
          `condition ${conditions.map(({ friendly_name: name }) => name).join(", ")}`,
          matchOf(transition, to),
        ],
      ];
    }),
  );
}

function matchOf({ conditions = [] }: Transition, to: string): JsonValue {
  return {
    when: conditions.map(({ arguments: given, type, value }) => ({ arguments: given, type, value })),
    to,
  };
}

/** Equality of JSON: the order of keys does not count. */
function equal(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const [left, right] = [one as readonly JsonValue[], other as readonly JsonValue[]];
    return left.length === right.length && left.every((each, at) => equal(each, right[at]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => equal(one[key], other[key]));
}
