import type { Input, Property, Resource, ValueType } from "@support-line/twilio-api";
import { inputPath } from "./names.ts";

/** Descriptions made of data: what a field is, not a copy of Twilio's texts. Each is one sentence or two. */

export function describeResource(row: Resource): string {
  const parents = row.parents
    .map(({ name }) => words(name.replace(/Sid$/, "")))
    .filter((parent) => parent !== "account");
  const inside = parents.length === 0 ? "" : ` in a ${parents.toReversed().join(" of a ")}`;
  const path = row.collectionPath ?? row.instancePath ?? "";
  return `${article(words(row.name))} of Twilio ${words(row.product)}${inside}: \`https://${row.host}${path}\`.`;
}

export function describeParent(row: Resource, name: string, sid: string | null): string {
  const prefix = sid === null ? "" : ` (${sid}…)`;
  return `The ${words(name.replace(/Sid$/, ""))} this ${words(row.name)} belongs to${prefix}.`;
}

export function describeInput(row: Resource, input: Input): string {
  const name = inputPath(input.name)
    .map((part) => words(part))
    .join(", ");
  const sentences = [`${capital(name)}: ${kindOf(input.type)}.`];
  if (!input.onUpdate) sentences.push(`A change of it replaces the ${words(row.name)}.`);
  if (input.property === null) sentences.push("Twilio does not show it again.");
  return sentences.join(" ");
}

export function describeOutput(row: Resource, property: Property): string {
  if (property.name === "sid") return `What Twilio calls this ${words(row.name)}: ${kindOf(property.type)}.`;
  return `${capital(words(property.name))}, as Twilio shows it: ${kindOf(property.type)}.`;
}

/** What may stand there, in a few words. */
function kindOf(type: ValueType): string {
  switch (type.kind) {
    case "string":
      if (type.sid !== undefined) return `a SID (${type.sid}…)`;
      if (type.enum !== undefined) return `one of ${type.enum.map((word) => `\`${word}\``).join(", ")}`;
      if (type.maxLength !== undefined) return `text of at most ${type.maxLength} characters`;
      return type.format === undefined ? "text" : `text (${type.format})`;
    case "integer":
    case "number": {
      const noun = type.kind === "integer" ? "a whole number" : "a number";
      const from = type.minimum === undefined ? "" : ` from ${type.minimum}`;
      const to = type.maximum === undefined ? "" : ` to ${type.maximum}`;
      return `${noun}${from}${to}`;
    }
    case "boolean":
      return "true or false";
    case "array":
      return `a list, each ${kindOf(type.items)}`;
    case "object":
      return "an object";
    case "json":
      return "any JSON";
  }
}

/** `ChatServiceSid`, `friendly_name`, `friendlyName` → `chat service sid`, `friendly name`. */
function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_.]/g, " ")
    .toLowerCase()
    .replace(/\bsid\b/g, "SID")
    .replace(/\burl\b/g, "URL");
}

function article(noun: string): string {
  return `${/^[aeiou]/i.test(noun) ? "An" : "A"} ${noun}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
