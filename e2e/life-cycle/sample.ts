/** Values for the inputs of a resource, made of their types: two variants, so that an update changes each. */
import type { Input, Property, Resource, ValueType } from "@support-line/twilio-api";

/** A value as a request writes it. */
export type Sample = null | boolean | number | string | Sample[] | { readonly [key: string]: Sample };

let count = 0;

/** Texts that patterns of Twilio's documents ask for, the plain ones first. */
const texts = (variant: number) => [
  `sample${variant}`,
  `+1555010000${variant + 1}`,
  `https://example.com/${variant}`,
  `sip:a${variant}@example.com`,
  `203.0.113.${variant}`,
  `2030010${variant}`,
  `0.1.${variant}`,
  ["US", "GB"][variant] ?? "US",
  String(variant + 1),
  sidOf("AB", variant),
];

/** A value of a type; undefined where no text fits its pattern. */
export function sample(type: ValueType, variant: number): Sample | undefined {
  switch (type.kind) {
    case "string":
      return sampleText(type, variant);
    case "integer":
    case "number":
      return Math.min(Math.max(type.minimum ?? 0, 3) + variant, type.maximum ?? Infinity);
    case "boolean":
      return variant === 0;
    case "array": {
      const item = sample(type.items, variant);
      return item === undefined ? [] : [item];
    }
    case "object":
      return Object.fromEntries(type.properties.flatMap((part: Property) => named(part, variant)));
    case "json":
      return { say: `sample${variant}` };
  }
}

function named({ name, type }: Property, variant: number): [string, Sample][] {
  const value = sample(type, variant);
  return value === undefined ? [] : [[name, value]];
}

function sampleText(type: ValueType & { kind: "string" }, variant: number): string | undefined {
  count += 1;
  if (type.enum !== undefined) return type.enum[Math.min(variant, type.enum.length - 1)];
  if (type.sid !== undefined) return sidOf(type.sid, variant);
  const prefix = /^\^?\(?([A-Z]{2})[)|[]/.exec(type.pattern ?? "")?.[1];
  if (prefix !== undefined) return sidOf(prefix, variant);
  switch (type.format) {
    case "date-time":
    case "date-time-rfc-2822":
      return `2030-01-0${variant + 1}T00:00:00Z`;
    case "date":
      return `2030-01-0${variant + 1}`;
    case "uri":
      return `https://example.com/${variant}`;
    case "email":
      return `nobody${variant}@example.com`;
    case "phone-number":
      return `+1555010000${variant + 1}`;
    case "http-method":
      return ["GET", "POST"][variant];
    case "json":
      return `{"say":"sample${variant}"}`;
    case undefined:
    default:
      return patternedText(type, variant);
  }
}

function patternedText(type: ValueType & { kind: "string" }, variant: number): string | undefined {
  const given = type.pattern;
  if (given !== undefined) return texts(variant).find((text) => new RegExp(given).test(text));
  const text = `s${variant}n${count}`;
  const least = text.padEnd(type.minLength ?? 0, "x");
  return type.maxLength === undefined ? least : least.slice(-type.maxLength);
}

function sidOf(prefix: string, variant: number): string {
  return prefix + String(variant + 1).padStart(32, "0");
}

/** Whether a sample of an input belongs into a create: it must, or a response shows what came of it. */
export function isSampled({ required, property }: Input): boolean {
  return required || property !== null;
}

/** What an input holds: what the response says of it where that says more. */
export function fullType({ properties }: Resource, { type, property }: Input): ValueType {
  const shown = properties.find(({ name }) => name === property)?.type;
  const saysMore = shown?.kind === "string" && type.kind === "string" && type.sid === undefined;
  if (saysMore) return type.enum === undefined ? { ...type, ...shown } : type;
  const isSameList = shown?.kind === "array" && type.kind === "array";
  return isSameList ? shown : type;
}
