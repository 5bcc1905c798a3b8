import type { JsonObject, JsonValue } from "./types.ts";

/** Whether a value is a JSON object, neither null nor a list. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
