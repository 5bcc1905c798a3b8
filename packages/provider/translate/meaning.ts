import type { FieldType } from "../shape/shape.ts";
import { field } from "../shape/shape.ts";
import { Asset, isList, isMap, reveal, Unknown, type Value } from "../values/value.ts";
import { contentHash } from "../values/content.ts";

/**
 * Whether two values mean the same to Twilio, whoever wrote them: a person, or Twilio in an answer. Lists that are
 * sets compare as such, and so do numbers of phones, durations, dates and JSON text by what they say. An unknown
 * value is never the same as anything.
 */
export function sameMeaning(one: Value | undefined, other: Value | undefined, type: FieldType): boolean {
  const left = one === undefined ? null : reveal(one);
  const right = other === undefined ? null : reveal(other);
  if (left instanceof Unknown || right instanceof Unknown) return false;
  if (left === null || right === null) return left === right;
  if (left instanceof Asset && right instanceof Asset) return contentHash(left) === contentHash(right);
  if (isList(left) && isList(right)) {
    const items: FieldType = type.kind === "array" ? type.items : { kind: "json" };
    return type.kind === "array" && type.unordered
      ? sameSet(left, right, items)
      : sameList(left, right, items);
  }
  if (isMap(left) && isMap(right)) {
    const names = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...names].every((name) => sameMeaning(left[name], right[name], typeBelow(type, name)));
  }
  if (typeof left === "string" && typeof right === "string") {
    return left === right || sameText(left, right, type);
  }
  return left === right;
}

/** The type of what stands under a key. */
export function typeBelow(type: FieldType, name: string): FieldType {
  if (type.kind === "object") return field(type.fields, name)?.type ?? { kind: "json" };
  if (type.kind === "map") return type.values;
  return { kind: "json" };
}

function sameList(left: readonly Value[], right: readonly Value[], items: FieldType): boolean {
  return (
    left.length === right.length && left.every((value, index) => sameMeaning(value, right[index], items))
  );
}

function sameSet(left: readonly Value[], right: readonly Value[], items: FieldType): boolean {
  if (left.length !== right.length) return false;
  const rest = [...right];
  return left.every((value) => {
    const index = rest.findIndex((candidate) => sameMeaning(value, candidate, items));
    if (index < 0) return false;
    rest.splice(index, 1);
    return true;
  });
}

function sameText(left: string, right: string, type: FieldType): boolean {
  // Text inside free JSON (a Flow's wording, a Function's argument) is what somebody reads: it counts to the letter.
  if (type.kind !== "string" || type.sid !== undefined) return false;
  // Twilio documents `post` and answers `POST`.
  if (type.enum !== undefined) return left.toLowerCase() === right.toLowerCase();
  return [phoneNumber, duration, instant, jsonText].some((meaning) => {
    const value = meaning(left);
    return value !== undefined && value === meaning(right);
  });
}

/** `+1 (555) 010-0001` and `whatsapp:+15550100001` without what people put between digits. */
function phoneNumber(text: string): string | undefined {
  return /^([a-z]+:)?\+[\d\s().-]{5,30}$/.test(text) ? text.replace(/[\s().-]/g, "") : undefined;
}

/** ISO 8601 durations in seconds, as far as their length is fixed: `PT10M` is `PT600S`. */
function duration(text: string): number | undefined {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (parts === null || !/\d/.test(text)) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** `2026-01-31T12:00:00Z` and `2026-01-31T13:00:00.000+01:00`. */
function instant(text: string): number | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ? Date.parse(text) : undefined;
}

/** An object or a list in JSON text, in one spelling. */
function jsonText(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return canonical(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** JSON with its keys in order, so that equal values are equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}
