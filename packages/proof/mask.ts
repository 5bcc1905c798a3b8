/**
 * What is kept of an answer. Whatever could tell one account, person or run from another becomes the form that it has; what
 * is left is the same on every account that behaves alike.
 */
import type { Seen } from "@support-line/local-twilio/proof";

/** What of this run is to be masked by name. */
export interface Known {
  readonly prefix: string;
  readonly numbers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly endpoint: string;
}

/** Texts longer than this are cut: none is needed whole. */
const longest = 400;

const forms: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "{date with ms}"],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|\+00:00)/g, "{date}"],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:?\d\d/g, "{date with zone}"],
  [/\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d? \w{3} \d{4} \d\d:\d\d:\d\d (?:\+0000|GMT)/g, "{RFC 2822 date}"],
  [/\b\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?\b/g, "{date and time}"],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "{UUID}"],
  // Also where `_` or a letter stands before it, as in a name.
  [/(?<![0-9A-Za-z])([A-Z]{2})[0-9a-f]{32}(?![0-9a-f])/gi, "{$1}"],
  [/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/gi, "{64 hex}"],
  [/(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/gi, "{32 hex}"],
  [/[\w.+-]+@[\w-]+\.[\w.-]+/g, "{e-mail}"],
  [/(?:\+|%2B)[1-9]\d{6,14}\b/g, "{number}"],
  [/-\d{4}(?=(?:-[\w-]+)?\.twil\.io)/g, "-{digits}"],
  [/(?<=^\{run\}[\w-]*)-\d{4}$/g, "-{digits}"],
  [/(?<![\d.])1\d{9}(?:\d{3})?(?![\d.])/g, "{epoch}"],
];

/** Masks a text. */
export function maskText(text: string, { prefix, numbers, secrets, endpoint }: Known): string {
  let masked = text;
  for (const secret of secrets) if (secret !== "") masked = masked.replaceAll(secret, "{secret}");
  if (endpoint !== "") masked = masked.replaceAll(`${endpoint}/`, "https://");
  masked = masked.replaceAll(prefix, "{run}");
  // The longest first: one number may begin with the other.
  const longestFirst = Object.entries(numbers).toSorted(([, one], [, other]) => other.length - one.length);
  for (const [name, number] of longestFirst) {
    for (const spelt of [number, encodeURIComponent(number), number.slice(1)]) {
      if (spelt !== "") masked = masked.replaceAll(spelt, `{${name}}`);
    }
  }
  for (const [form, name] of forms) masked = masked.replace(form, name);
  return masked.length > longest ? `${masked.slice(0, longest)}…` : masked;
}

/** A run that has nothing to mask by name. */
const nothing: Known = { prefix: "\0", numbers: {}, secrets: [], endpoint: "" };

/** The form of a value alone: two dates have the same. */
export function formOf(value: Seen): Seen {
  return mask(value, nothing);
}

/** Masks every text of a value, keys too. JSON in a text stays text. */
export function mask(value: Seen, known: Known): Seen {
  if (typeof value === "string") return maskText(value, known);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => mask(each, known));
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      maskText(key, known),
      // How old something is depends on when it was looked at.
      key === "age" && typeof each === "number" ? "{seconds}" : mask(each, known),
    ]),
  );
}

/** No more than the types in a value: of what the run did not make itself, nothing else is kept. */
export function typesOf(value: Seen): Seen {
  if (value === null) return null;
  if (Array.isArray(value)) {
    const [first] = value;
    return first === undefined ? [] : [typesOf(first)];
  }
  if (typeof value !== "object") return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, typesOf(each)]));
}
