/** How the values of a widget are shown to a person: Liquid without its braces, times in words, nothing that is secret or personal. */
import type { JsonValue } from "./types.ts";

/** Liquid as a reader takes it: `Hello {{flow.data.first_name}}` is `Hello ‹first_name›`; tags are left out. */
export function plain(text: string): string {
  return text
    .replace(/\{%-?\s*comment\s*-?%\}[\s\S]*?\{%-?\s*endcomment\s*-?%\}/g, " ")
    .replace(/\{%[^%]*%\}/g, " ")
    .replace(/\{\{-?([^{}]*?)-?\}\}/g, (_, inner: string) => `‹${lastOf(inner)}›`);
}

/** The last part of a path, without filters: `flow.data.first_name | upcase` is `first_name`. */
function lastOf(inner: string): string {
  const path = (inner.split("|")[0] ?? "").trim();
  return /^["']/.test(path) ? path.slice(1, -1) : (path.split(".").at(-1) ?? path);
}

/** What a split looks at, in words: `the reply to ask`, `digits of menu`, `end of next_joke`. */
export function looksAt(template: string): string {
  const [, inner] = /^\s*\{\{-?([^{}]*?)-?\}\}\s*$/.exec(template) ?? [];
  if (inner === undefined) return plain(template).trim();
  const path = (inner.split("|")[0] ?? "").trim();
  const widget = /^widgets\.([^.]+)\.(.+)$/.exec(path);
  if (widget !== null) {
    const [, name = "", rest = ""] = widget;
    if (/^inbound\.Body$/i.test(rest)) return `the reply to ${name}`;
    if (rest === "Digits") return `the keys pressed at ${name}`;
    if (rest === "SpeechResult") return `what is said at ${name}`;
    return `${rest.replace(/^parsed\./, "")} of ${name}`;
  }
  if (/^trigger\.(message|conversation)\.Body$/i.test(path)) return "the message";
  return path.replace(
    /^(flow\.variables|flow\.data|trigger\.request\.parameters|trigger\.parent\.parameters)\./,
    "",
  );
}

/** Seconds in words: `3600` is `1 h`. What is no number stays as it is. */
export function timeSaid(seconds: string): string {
  const value = Number(seconds);
  if (seconds.trim() === "" || !Number.isFinite(value)) return plain(seconds);
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
  ] as const;
  const [size, unit] = units.find(([each]) => value >= each && value % each === 0) ?? [1, "s"];
  return `${value / size} ${unit}`;
}

/** A SID as people tell them apart: `FW…5969`. */
export const sidShown = (given: string) => given.replace(/^([A-Z]{2})[0-9a-f]{28}([0-9a-f]{4})$/, "$1…$2");

/** Numbers of people stand whole in no picture: the last four digits tell them apart. */
export function numberShown(to: string): string {
  return plain(to).replace(/\+?\d{5,}(\d{4})/g, "…$1");
}

/** Host and path, without what may hold a secret: user, password, query. */
export function addressShown(url: string): string {
  return plain(url)
    .replace(/^\w+:\/\//, "")
    .replace(/^[^/@]*@/, "")
    .replace(/[?#].*$/, "");
}

/** `/add-support-agent` of `https://x.twil.io/add-support-agent`. */
export function pathShown(url: string): string {
  const [, ...rest] = addressShown(url).split("/");
  return rest.length === 0 ? addressShown(url) : `/${rest.join("/")}`;
}

/** Keys and values of a list such as `parameters` or `variables`; what is no such entry is left out. */
export function entriesOf(list: JsonValue | undefined): [string, string][] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((item: JsonValue): [string, string][] => {
    if (typeof item !== "object" || item === null || !("key" in item)) return [];
    const { key, value } = item;
    return [[textOf(key), textOf(value)]];
  });
}

/** A property as text, whatever stands there. */
export function textOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** `with name, phone`: the names of a widget's parameters; empty when it has none. */
export function parametersShown(parameters: JsonValue | undefined): string {
  const names = entriesOf(parameters).map(([key]) => key);
  return names.length === 0 ? "" : `with ${names.join(", ")}`;
}

/** The recording that a widget plays; empty when it plays none. */
export const playedShown = (url: string) => (url === "" ? "" : `plays ${pathShown(url)}`);
