import type { Field, FieldType } from "../shape/shape.ts";
import { field as find } from "../shape/shape.ts";
import { hasSecret, isList, isMap, Secret, type Value, type ValueMap } from "../values/value.ts";
import { sameMeaning, typeBelow } from "./meaning.ts";

/** One difference between two checked inputs, at the deepest place that tells it. */
export interface Change {
  readonly path: readonly (string | number)[];
  readonly kind: "add" | "delete" | "update";
  /** Whether only a new resource can have it. */
  readonly replaces: boolean;
}

/** Checked inputs of the state, checked inputs of the program → what differs, by meaning. Pure. */
export function inputsToChanges(fields: readonly Field[], olds: ValueMap, news: ValueMap): Change[] {
  const changes: Change[] = [];
  for (const { name, type, replaces, filledIn } of fields) {
    if (filledIn === true && isNothing(news[name])) continue;
    compare(type, olds[name], news[name], [name], replaces, changes);
  }
  return changes;
}

function compare(
  type: FieldType,
  before: Value | undefined,
  after: Value | undefined,
  path: readonly (string | number)[],
  replaces: boolean,
  changes: Change[],
): void {
  const [old, now] = [before ?? null, after ?? null];
  if (old === null && now === null) return;
  if (old === null || now === null) {
    changes.push({ path, kind: old === null ? "add" : "delete", replaces });
    return;
  }
  if (sameMeaning(old, now, type)) {
    // The value is the same; whether state may show it is not. An update without a request puts that right.
    if (hasSecret(old) !== hasSecret(now)) changes.push({ path, kind: "update", replaces: false });
    return;
  }
  const [left, right] = [open(old), open(now)];
  if (isMap(left) && isMap(right)) {
    for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const below = type.kind === "object" ? find(type.fields, name) : undefined;
      if (below?.filledIn === true && isNothing(right[name])) continue;
      const inner = below?.replaces ?? replaces;
      compare(typeBelow(type, name), left[name], right[name], [...path, name], inner, changes);
    }
    return;
  }
  if (isList(left) && isList(right) && !(type.kind === "array" && type.unordered)) {
    const items: FieldType = type.kind === "array" ? type.items : { kind: "json" };
    for (let index = 0; index < Math.max(left.length, right.length); index++) {
      compare(items, left[index], right[index], [...path, index], replaces, changes);
    }
    return;
  }
  changes.push({ path, kind: "update", replaces });
}

function isNothing(value: Value | undefined): boolean {
  return (value ?? null) === null;
}

function open(value: Value): Value {
  return value instanceof Secret ? open(value.value) : value;
}

/** `definition["states"]["support-confirmation-message"]["properties"]["body"]`: how Pulumi writes a path. */
export function propertyPath(path: readonly (string | number)[]): string {
  const [first = "", ...rest] = path;
  const begin = /^[A-Za-z_$][\w$]*$/.test(String(first)) ? String(first) : `[${JSON.stringify(first)}]`;
  return begin + rest.map((part) => `[${JSON.stringify(part)}]`).join("");
}
