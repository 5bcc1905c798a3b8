/**
 * What changed between two definitions, by widget: as data, and as a person would say it. Formatting, the order of keys
 * and the order of widgets are no change; a widget that was only moved on the canvas is said to be moved and no more,
 * one that was only renamed is said to be renamed.
 */
import { equal } from "./equal.ts";
import { readDefinition } from "./read-definition.ts";
import { renamesBetween, withNames, withReferences } from "./renames.ts";
import { predicateSaid } from "./draw/words.ts";
import { isObject } from "./json.ts";
import type { FlowDefinition, JsonObject, JsonValue, State, Transition } from "./types.ts";

export type Change =
  | { readonly kind: "added" | "removed" | "moved"; readonly widget: string; readonly words: string }
  | { readonly kind: "renamed"; readonly widget: string; readonly from: string; readonly words: string }
  | {
      readonly kind: "changed";
      /** Absent: it is the Flow's own, its description or flags. */
      readonly widget?: string;
      readonly part: "flow" | "type" | "property" | "transition" | "match" | "order";
      /** Which: `body`, `parameters.line`, the event of a transition, the names of a match's conditions. */
      readonly what: string;
      /** `undefined`: was not there. */
      readonly before: JsonValue | undefined;
      readonly after: JsonValue | undefined;
      readonly words: string;
    };

type Changed = Extract<Change, { kind: "changed" }>;

/** The differences between two definitions: the Flow's own, widgets renamed, then widgets in the order of their names. */
export function diff(earlier: FlowDefinition, later: FlowDefinition): Change[] {
  const [before, after] = [readDefinition(earlier), readDefinition(later)];
  const renames = renamesBetween(before, after);
  const old = byName(withNames(before, renames).states);
  const now = byName(after.states);
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  return [
    ...differences(envelope(withNames(before, renames)), envelope(after), (what, ...values) => ({
      kind: "changed",
      part: "flow",
      ...said(what, values, `the Flow's ${what}: ${arrow(values)}`),
    })),
    ...[...renames].map(([from, widget]): Change => ({
      kind: "renamed",
      widget,
      from,
      words: `"${from}" is now called "${widget}"`,
    })),
    ...names.flatMap((name) =>
      widgetChanges(name, followed(old.get(name), now.get(name), renames), now.get(name)),
    ),
  ];
}

/** Changes in lines, as a person would list them: what has a meaning first, then in one line what only moved on the canvas. */
export function describeChanges(changes: readonly Change[]): string[] {
  const moved = changes.filter(({ kind }) => kind === "moved").map(({ widget }) => widget);
  return [
    ...changes.filter(({ kind }) => kind !== "moved").map(({ words }) => words),
    ...(moved.length === 0 ? [] : [`moved on the canvas: ${moved.join(", ")}`]),
  ];
}

/** What a widget was, with Liquid that names a renamed widget under its new name where it does so now. */
function followed(
  before: State | undefined,
  after: State | undefined,
  renames: ReadonlyMap<string, string>,
): State | undefined {
  if (before === undefined || after === undefined || renames.size === 0) return before;
  return withReferences(before, after, renames);
}

function byName<Item extends { name: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.name, item]));
}

function envelope({ states: _, ...rest }: FlowDefinition): Map<string, JsonValue> {
  return new Map(Object.entries(rest));
}

function widgetChanges(widget: string, before: State | undefined, after: State | undefined): Change[] {
  if (before === undefined) return [{ kind: "added", widget, words: `"${widget}" is new (${after?.type})` }];
  if (after === undefined) return [{ kind: "removed", widget, words: `"${widget}" is gone` }];
  const changed =
    (part: Changed["part"], phrase: Phrase) =>
    (what: string, ...values: Pair) =>
      ({
        kind: "changed",
        widget,
        part,
        ...said(what, values, `"${widget}" ${phrase(what, values)}`),
      }) as const;
  const changes: Change[] = [
    ...differences(
      new Map([["type", before.type]]),
      new Map([["type", after.type]]),
      changed("type", typeSaid),
    ),
    ...differences(properties(before), properties(after), changed("property", propertySaid)),
    ...differences(transitions(before), transitions(after), changed("transition", transitionSaid)),
    ...differences(matches(before), matches(after), changed("match", matchSaid)),
    ...orderChanges(before, after, changed("order", orderSaid)),
  ];
  if (equal(before.properties?.offset, after.properties?.offset)) return changes;
  return [...changes, { kind: "moved", widget, words: `"${widget}" was moved on the canvas` }];
}

type Pair = readonly [before: JsonValue | undefined, after: JsonValue | undefined];
type Phrase = (what: string, values: Pair) => string;

function differences(
  before: ReadonlyMap<string, JsonValue>,
  after: ReadonlyMap<string, JsonValue>,
  changed: (what: string, ...values: Pair) => Changed,
): Changed[] {
  const keys = [...new Set([...before.keys(), ...after.keys()])].sort();
  return keys.flatMap((key) => {
    const values = [before.get(key), after.get(key)] as const;
    return equal(...values) ? [] : [changed(key, ...values)];
  });
}

function said(what: string, [before, after]: Pair, words: string) {
  return { what, before, after, words };
}

const shown = (value: JsonValue | undefined) => (value === undefined ? "nothing" : JSON.stringify(value));
const arrow = ([before, after]: Pair) => `${shown(before)} → ${shown(after)}`;

const typeSaid: Phrase = (_, [before, after]) => `is ${shown(after)} instead of ${shown(before)}`;

const propertySaid: Phrase = (what, values) => {
  const [before, after] = values;
  if ((what === "body" || what === "say") && typeof before === "string" && typeof after === "string") {
    return `says ${shown(after)} instead of ${shown(before)}`;
  }
  return `${what}: ${arrow(values)}`;
};

/** Where a transition leads; one that leads nowhere ends the Flow. */
const goes = (to: JsonValue | undefined) => (to === undefined || to === "" ? "ends" : `goes to ${shown(to)}`);
const going = (to: JsonValue | undefined) =>
  to === undefined || to === "" ? "ending" : `going to ${shown(to)}`;

const transitionSaid: Phrase = (event, [before, after]) =>
  `on ${event} ${goes(after)} instead of ${going(before)}`;

const matchSaid: Phrase = (name, [before, after]) => {
  const [old, now] = [matchOf(before), matchOf(after)];
  if (now === null) return old === null ? "" : `no longer matches ${name}: ${whenSaid(old)}, ${goes(old.to)}`;
  if (old === null) return `now also matches ${name}: ${whenSaid(now)}, ${goes(now.to)}`;
  const looks = !equal(lookedAt(old), lookedAt(now));
  const when = equal(old.when, now.when)
    ? []
    : [`matches ${name} when ${whenSaid(now, looks)} instead of when ${whenSaid(old, looks)}`];
  const to = old.to === now.to ? [] : [`${goes(now.to)} on ${name} instead of ${going(old.to)}`];
  return [...when, ...to].join(" and ");
};

const orderSaid: Phrase = (_, [before, after]) => `tries ${listed(after)} instead of ${listed(before)}`;
const listed = (names: JsonValue | undefined) => (Array.isArray(names) ? names.join(", ") : "");

interface Match {
  readonly when: readonly JsonObject[];
  readonly to: string;
}

function matchOf(value: JsonValue | undefined): Match | null {
  if (!isObject(value) || !Array.isArray(value.when)) return null;
  return {
    when: value.when.filter((each: JsonValue) => isObject(each)),
    to: typeof value.to === "string" ? value.to : "",
  };
}

const lookedAt = ({ when }: Match): JsonValue => when.map((condition) => condition.arguments ?? null);

/** `it is "done"`, or what it looks at instead of `it`, when that is what changed. */
function whenSaid({ when }: Match, looks = false): string {
  const said = when.map(({ type, value, arguments: at }) => {
    const what = looks && Array.isArray(at) ? at.join(", ") : "it";
    return `${what} ${predicateSaid(typeof type === "string" ? type : "", shown(value))}`;
  });
  return said.join(" and ");
}

/** Properties by name, lists of key and value by their keys, less where it stands on the canvas. */
function properties({ properties: given }: State): Map<string, JsonValue> {
  const entries = Object.entries(given ?? {}).filter(([key]) => key !== "offset");
  return new Map(entries.flatMap(([key, value]) => keyed(key, value) ?? [[key, value] as const]));
}

/** A list of `{key, value}` as entries, when that loses nothing. */
function keyed(name: string, value: JsonValue): [string, JsonValue][] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const entries = value.flatMap((item: JsonValue): [string, JsonValue][] => {
    if (!isObject(item) || typeof item.key !== "string" || item.value === undefined) return [];
    // `index` is the editor's own count; what else an entry has makes it more than a value.
    const { key, value: own, ...rest } = item;
    return [[`${name}.${key}`, Object.keys(rest).some((each) => each !== "index") ? item : own]];
  });
  return new Set(entries.map(([key]) => key)).size === value.length ? entries : undefined;
}

/** Where each event leads; an event that ends the Flow is as good as none, and of several the first is taken. */
function transitions({ transitions: given = [] }: State): Map<string, JsonValue> {
  const leads = new Map<string, string>();
  for (const { event, next } of given.filter((transition) => !isMatch(transition))) {
    if (!leads.has(event)) leads.set(event, next ?? "");
  }
  return new Map([...leads].filter(([, next]) => next !== ""));
}

function isMatch({ event, conditions = [] }: Transition): boolean {
  return event === "match" || conditions.length > 0;
}

/** Matches by the names of their conditions, in the order they are tried; the second of a name is `name (2)`. */
function matches({ transitions: given = [] }: State): Map<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  for (const { next, conditions = [] } of given.filter(isMatch)) {
    const name = conditions.map(({ friendly_name: friendlyName }) => friendlyName).join(", ");
    let unique = name;
    for (let count = 2; found.has(unique); count++) unique = `${name} (${count})`;
    const when = conditions.map(({ arguments: each, type, value }) => ({ arguments: each, type, value }));
    found.set(unique, { when, to: next ?? "" });
  }
  return found;
}

/** The first match that holds is taken: the order of those that stayed counts. */
function orderChanges(
  before: State,
  after: State,
  changed: (what: string, ...values: Pair) => Changed,
): Changed[] {
  const [old, now] = [[...matches(before).keys()], [...matches(after).keys()]];
  const stayed = [
    old.filter((name) => now.includes(name)),
    now.filter((name) => old.includes(name)),
  ] as const;
  return equal(...stayed) ? [] : [changed("order of matches", ...stayed)];
}
