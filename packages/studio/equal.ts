import { isObject } from "./json.ts";
import type { JsonValue } from "./types.ts";

/** Equality of JSON: the order of keys does not count. */
export function equal(one: JsonValue | undefined, other: JsonValue | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const [left, right] = [one as readonly JsonValue[], other as readonly JsonValue[]];
    return left.length === right.length && left.every((each, at) => equal(each, right[at]));
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && equal(one[key], other[key]))
  );
}
