import type { Input, Property, Resource, ValueType } from "@support-line/twilio-api";

/** Descriptions made of data: where a resource is, and what the row knows of its fields. What they are for is in `words/`. */

/** Where a resource is. */
export function describeResource({ host, collectionPath, instancePath }: Resource): string {
  return `Twilio's API has it at \`https://${host}${collectionPath ?? instancePath ?? ""}\`.`;
}

/** What a resource is in; nothing where that is no resource with a SID: then somebody has to say it. */
export function describeParent(name: string, sid: string | null): string {
  if (name === "AccountSid") {
    return "The account that it is in (AC…); the provider's own when nothing is said.";
  }
  return sid === null ? "" : `The ${words(name.replace(/Sid$/, ""))} that it is in (${sid}…).`;
}

/** What the row knows of an input beside what it is for: form, limits, what a change of it does. */
export function factsOfInput(row: Resource, input: Input): string {
  const facts = [formOf(input.type)];
  if (!input.onUpdate) facts.push(`A change of it replaces the ${words(row.name)}.`);
  if (input.property === null) facts.push("Twilio does not show it again.");
  return facts.filter((fact) => fact !== "").join(" ");
}

/** What the row knows of a value that Twilio shows. */
export function factsOfOutput(property: Property): string {
  return formOf(property.type);
}

/** What form a value has, in a few words; nothing where its type says it all. */
function formOf(type: ValueType): string {
  switch (type.kind) {
    case "string":
      if (type.sid !== undefined) return `A SID (${type.sid}…).`;
      if (type.enum !== undefined) {
        const more = type.open ? " Twilio may add others." : "";
        return `One of ${type.enum.map((word) => `\`${word}\``).join(", ")}.${more}`;
      }
      if (type.maxLength !== undefined) return `At most ${type.maxLength} characters.`;
      return type.format === "json" && type.holds === undefined ? "JSON as text." : "";
    case "integer":
    case "number": {
      if (type.minimum === undefined && type.maximum === undefined) return "";
      const from = type.minimum === undefined ? "" : ` from ${type.minimum}`;
      const to = type.maximum === undefined ? "" : ` to ${type.maximum}`;
      return `${type.kind === "integer" ? "A whole number" : "A number"}${from}${to}.`;
    }
    case "array":
      return formOf(type.items).replace(/^(.)/, (first) => `Each: ${first.toLowerCase()}`);
    case "boolean":
    case "object":
    case "json":
      return "";
  }
}

/** `ChatServiceSid`, `friendly_name`, `friendlyName` → `chat service sid`, `friendly name`. */
export function words(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/[_.]/g, " ")
    .toLowerCase()
    .replace(/\bsid\b/g, "SID")
    .replace(/\burl\b/g, "URL");
}
