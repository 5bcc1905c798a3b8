/** How large and how deep JSON is. */
import type { JsonObject, JsonValue } from "./types.ts";

/** Contexts share what did not change between two steps: it is measured once. */
const known = new WeakMap<object, number>();

/** About as many characters as the value has as JSON. */
export function sizeOf(value: JsonValue): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value !== "object" || value === null) return 5;
  let size = known.get(value);
  if (size === undefined) {
    size = 2;
    for (const [key, below] of Object.entries<JsonValue>(value as JsonObject)) {
      size += (Array.isArray(value) ? 1 : key.length + 4) + sizeOf(below);
    }
    known.set(value, size);
  }
  return size;
}

/**
 * Whether anything stands deeper than that many lists and objects.
 *
 * @param isClosed what is not looked into, such as a value that is not known yet
 */
export function nestsDeeper(
  value: unknown,
  depth: number,
  isClosed: (value: unknown) => boolean = () => false,
): boolean {
  if (typeof value !== "object" || value === null || isClosed(value)) return false;
  return depth === 0 || Object.values(value).some((below) => nestsDeeper(below, depth - 1, isClosed));
}
