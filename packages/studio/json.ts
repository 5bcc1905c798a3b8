import { limits } from "./limits.ts";
import { nestsDeeper } from "./size.ts";
import type { JsonObject, JsonValue } from "./types.ts";

/** Whether a value is a JSON object, neither null nor a list. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value that a text is as JSON; undefined for what is none, or nests deeper than anything that somebody wrote. */
export function jsonIn(text: string): JsonValue | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return nestsDeeper(value, limits.json.depth) ? undefined : value;
  } catch {
    return undefined;
  }
}
