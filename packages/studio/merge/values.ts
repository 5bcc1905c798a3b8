/** JSON merged three ways: objects by key, lists by what names their items, everything else as one value. */
import { equal } from "../equal.ts";
import { isObject } from "../json.ts";
import type { JsonObject, JsonValue } from "../types.ts";
import type { MergeConflict, Side } from "./conflict.ts";
import { mergeOrder } from "./order.ts";

/** Undefined: it is not there. */
export type Value = JsonValue | undefined;

export interface Merging {
  /** The side that a person decided for; null: nobody did, so ours stands, and what was edited stays. */
  readonly prefer: Side | null;
  /** Hears of what both changed, each in another way. */
  readonly clash: (
    kind: MergeConflict["kind"],
    place: string,
    base: Value,
    ours: Value,
    theirs: Value,
  ) => void;
  /** What names an item of a list; null: nothing does. Without it a list of Variables or parameters, `{key, value}`, has their keys. */
  readonly nameOf?: (item: JsonValue) => string | null;
}

/**
 * What both sides made of one value.
 *
 * @param place where it is, for whoever hears of a conflict
 */
export function mergeValue(merging: Merging, place: string, base: Value, ours: Value, theirs: Value): Value {
  if (equal(ours, theirs) || equal(base, theirs)) return ours;
  if (equal(base, ours)) return theirs;
  if (isObject(ours) && isObject(theirs)) {
    return mergeObject(merging, place, isObject(base) ? base : {}, ours, theirs);
  }
  const [our, their] = [keyed(merging, ours), keyed(merging, theirs)];
  if (our !== null && their !== null) {
    return mergeKeyed(merging, place, keyed(merging, base) ?? new Map(), our, their);
  }
  const kind =
    ours === undefined || theirs === undefined
      ? "removed-and-edited"
      : base === undefined
        ? "added-twice"
        : "edited-twice";
  merging.clash(kind, place, base, ours, theirs);
  return settled(merging, ours, theirs);
}

/** What stands after a conflict. What somebody edited is worth more than that somebody else took it away. */
export function settled<Thing>(
  { prefer }: Merging,
  ours: Thing | undefined,
  theirs: Thing | undefined,
): Thing | undefined {
  if (prefer !== null) return prefer === "ours" ? ours : theirs;
  return ours ?? theirs;
}

/** Objects by key, in the order of ours. */
export function mergeObject(
  merging: Merging,
  place: string,
  base: JsonObject,
  ours: JsonObject,
  theirs: JsonObject,
): JsonObject {
  const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const at = place === "" ? key : `${place}.${key}`;
      const value = mergeValue(merging, at, own(base, key), own(ours, key), own(theirs, key));
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

const own = (object: JsonObject, key: string): Value =>
  Object.hasOwn(object, key) ? object[key] : undefined;

type Keyed = ReadonlyMap<string, JsonValue>;

const keyOf = (item: JsonValue) => (isObject(item) && typeof item.key === "string" ? item.key : null);

/** A list by the names of its items; null when it is none, or an item has no name or another's. */
function keyed({ nameOf = keyOf }: Merging, value: Value): Keyed | null {
  if (!Array.isArray(value)) return null;
  const items = value as readonly JsonValue[];
  const entries = items.flatMap((item) => {
    const name = nameOf(item);
    return name === null ? [] : [[name, item] as const];
  });
  const map = new Map(entries);
  return map.size === items.length ? map : null;
}

function mergeKeyed(merging: Merging, place: string, base: Keyed, ours: Keyed, theirs: Keyed): JsonValue {
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  const isEditors = merging.nameOf === undefined;
  const merged = new Map<string, JsonValue>();
  for (const name of names) {
    const at = `${place}.${name}`;
    // `index` is the editor's own count of a list's lines.
    const [was, our, their] = [base, ours, theirs].map((map) => {
      const item = map.get(name);
      return isEditors ? withoutIndex(item) : item;
    });
    const value = mergeValue(merging, at, was, our, their);
    if (value === undefined) continue;
    const index = isEditors ? (indexOf(ours.get(name)) ?? indexOf(theirs.get(name))) : undefined;
    merged.set(name, isObject(value) && index !== undefined ? { ...value, index } : value);
  }
  const { ids } = mergeOrder([...base.keys()], [...ours.keys()], [...theirs.keys()], new Set(merged.keys()));
  const list = ids.flatMap((id) => merged.get(id) ?? []);
  const isCounted = isEditors && list.some((item) => indexOf(item) !== undefined);
  return isCounted ? list.map((item, at) => (isObject(item) ? { ...item, index: String(at) } : item)) : list;
}

const indexOf = (item: Value) => (isObject(item) ? item.index : undefined);

function withoutIndex(item: Value): Value {
  if (!isObject(item)) return item;
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== "index"));
}
