import type { Input, Property, Resource, ValueType } from "@support-line/twilio-api";

/** Descriptions made of data: where a resource is, and what the row knows of its fields. What they are for is in `words/`. */

/** Where a resource is. */
export function describeResource({ host, collectionPath, instancePath }: Resource): string {
  return `Twilio's API has it at \`https://${host}${collectionPath ?? instancePath ?? ""}\`.`;
}

/** What Twilio calls what many resources belong to, by the name of its parameter or the beginning of its SID. */
const owners: Readonly<Record<string, string>> = {
  ChatServiceSid: "Conversations Service",
  GA: "Intelligence Service",
  IS: "Sync Service",
  KS: "Proxy Service",
  MG: "Messaging Service",
  PN: "phone number",
  VA: "Verify Service",
  ZS: "Serverless Service",
};

/** What a resource is in; nothing where that is no resource with a SID: then somebody has to say it. */
export function describeParent(name: string, sid: string | null): string {
  if (name === "AccountSid") {
    return "The account that it belongs to (AC…); the provider's own by default.";
  }
  if (sid === null) return "";
  return `The ${owners[name] ?? owners[sid] ?? words(name.replace(/Sid$/, ""))} that it belongs to (${sid}…).`;
}

/** What the row knows of an input beside what it is for: form, limits, what a change of it does. */
export function factsOfInput(input: Input): string {
  const facts = [formOf(input.type)];
  if (!input.onUpdate) facts.push("A change replaces the resource.");
  if (input.property === null) {
    facts.push("Twilio does not answer with it, so a change made elsewhere goes unseen.");
  }
  return facts.filter((fact) => fact !== "").join(" ");
}

/** What the row knows of a value that Twilio shows. */
export function factsOfOutput(property: Property): string {
  return formOf(property.type);
}

/** How Twilio writes a moment or a day, by the format that its documents name. */
const moments: Readonly<Record<string, string>> = {
  "date-time": "ISO 8601, `2026-12-01T10:00:00Z`.",
  "date-time-rfc-2822": "RFC 2822, `Tue, 01 Dec 2026 10:00:00 +0000`.",
  date: "ISO 8601, `2026-12-01`.",
};

/** What form a value has, in a few words; nothing where its type says it all. */
function formOf(type: ValueType): string {
  switch (type.kind) {
    case "string":
      if (type.sid !== undefined) return `A SID (${type.sid}…).`;
      if (type.enum !== undefined) {
        const more = type.open ? " Twilio may add others." : "";
        return `One of ${type.enum.map((word) => `\`${word}\``).join(", ")}.${more}`;
      }
      if (type.format !== undefined && type.format in moments) return moments[type.format] ?? "";
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
    .replace(/\burl\b/g, "URL")
    .replace(/\bip\b/g, "IP");
}
