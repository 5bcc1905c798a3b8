/** Values for what Twilio fills in itself: of the type that the row gives a property, and saying as little as can be. */
import { randomUUID } from "node:crypto";
import type { Property, ValueType } from "@support-line/twilio-api";
import type { Json, Twilio } from "../product.ts";

/** A value for a property that a response always has and that nobody has set; null where null is one. */
export function neutralProperty(twilio: Twilio, property: Property): Json {
  return property.nullable ? null : neutral(twilio, property.type);
}

function neutral(twilio: Twilio, type: ValueType): Json {
  switch (type.kind) {
    case "string":
      return neutralText(twilio, type);
    case "integer":
    case "number":
      return type.minimum ?? 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object":
      return Object.fromEntries(type.properties.map((part) => [part.name, neutralProperty(twilio, part)]));
    case "json":
      return {};
  }
}

function neutralText(twilio: Twilio, type: ValueType & { kind: "string" }): string {
  const [word] = type.enum ?? [];
  if (word !== undefined) return word;
  if (type.sid !== undefined) return twilio.sid(type.sid);
  const prefix = /^\^?\(?([A-Z]{2})[)|[]/.exec(type.pattern ?? "")?.[1];
  if (prefix !== undefined) return twilio.sid(prefix);
  switch (type.format) {
    case "date-time":
    case "date-time-rfc-2822":
      return twilio.clock.iso();
    case "date":
      return twilio.clock.iso().slice(0, 10);
    case "uri":
      return "https://www.twilio.com";
    case "email":
      return "nobody@example.com";
    case "uuid":
      return randomUUID();
    case "json":
      return "{}";
    default:
      return "";
  }
}
