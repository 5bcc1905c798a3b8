/** JSON that is stored or came in, and reading it: what it is, without trusting it. */

import { limits } from "./limits.ts";

/** JSON as it travels: response bodies, stored objects, event data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Body = Record<string, Json>;

/** Text that is no JSON, or nests deeper than anybody's who means it: whoever walks that comes to the end of the stack. */
export class JsonFault extends SyntaxError {
  override readonly name = "JsonFault";
}

/**
 * JSON that came in.
 *
 * @throws JsonFault
 */
export function parseJson(text: string): Json {
  if (nestsTooDeep(text)) {
    throw new JsonFault(`it nests deeper than ${limits.request.depth} lists and objects`);
  }
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new JsonFault("it is not valid JSON");
  }
}

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text[at];
    if (isText) {
      if (mark === "\\") at += 1;
      else if (mark === '"') isText = false;
    } else if (mark === '"') isText = true;
    else if (mark === "[" || mark === "{") depth += 1;
    else if (mark === "]" || mark === "}") depth -= 1;
    if (depth > limits.request.depth) return true;
  }
  return false;
}

/** A text, number or truth value as text; nothing for everything else. */
export function textOf(value: Json | undefined): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** Whether a value is an object and no list. */
export function isBody(value: Json | undefined): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list; nothing for what is no list. */
export function bodiesOf(value: Json | undefined): Body[] {
  return Array.isArray(value) ? value.filter(isBody) : [];
}
