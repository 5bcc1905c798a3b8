/** Reading JSON bodies by property: what is missing or of another kind has a plain default. */
import { isBody, type Body } from "./json.ts";

/** A text; empty when there is none. */
export function text(body: Body, name: string): string {
  return textOrNull(body, name) ?? "";
}

/** A text, or null when there is none. */
export function textOrNull(body: Body, name: string): string | null {
  const value = body[name];
  return typeof value === "string" ? value : null;
}

/** A number; 0 when there is none. */
export function number(body: Body, name: string): number {
  const value = body[name];
  return typeof value === "number" ? value : 0;
}

/** The texts of a list; none when it is no list. */
export function texts(body: Body, name: string): string[] {
  const value = body[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** An inner object; an empty one when there is none. */
export function inner(body: Body, name: string): Body {
  const value = body[name];
  return isBody(value) ? value : {};
}
