/** Attributes: JSON as text, up to a size. */
import { TwilioError } from "../errors.ts";
import { parseJson } from "../json.ts";
import type { Json } from "../product.ts";

/**
 * Attributes as they are stored; `{}` when none are given.
 *
 * @throws TwilioError 50304 for what is no JSON, 50303 for more than `limit` bytes
 */
export function readAttributes(given: Json | undefined, limit: number): string {
  if (given === undefined || given === null || given === "") return "{}";
  const attributes = typeof given === "string" ? given : JSON.stringify(given);
  if (Buffer.byteLength(attributes) > limit) throw new TwilioError(50303, { limit });
  try {
    parseJson(attributes);
  } catch {
    throw new TwilioError(50304);
  }
  return attributes;
}

/** Attributes as a value; an empty object for what is no JSON. */
export function parseAttributes(attributes: string): Json {
  try {
    return parseJson(attributes);
  } catch {
    return {};
  }
}
