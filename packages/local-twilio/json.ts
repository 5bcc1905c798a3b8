/** JSON that is stored or came in, and reading it: what it is, without trusting it. */

/** JSON as it travels: response bodies, stored objects, event data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Body = Record<string, Json>;

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
