/** From request parameters to the body of a resource: inputs at the properties that show them, all else null. */
import { randomBytes } from "node:crypto";
import type { Resource, ValueType } from "@support-line/twilio-api";
import { isBody, parseJson } from "../json.ts";
import type { Body, Json, Twilio } from "../product.ts";
import { defaults, deriveDefaults } from "./defaults.ts";
import { shownOfReferenced } from "./references.ts";
import { neutralProperty } from "./neutral.ts";

/** Properties that responses compute and nothing stores. */
const computed = new Set(["url", "uri", "links", "subresource_uris"]);

/**
 * A new body: every property of the row; what neither an input nor `known` fills is null, or where a response is never
 * null as little as its type allows.
 */
export function newBody(twilio: Twilio, resource: Resource, known: Body, input: Body): Body {
  const body: Body = {};
  for (const property of resource.properties) {
    if (computed.has(property.name)) continue;
    const usual = defaults[resource.token]?.[property.name];
    body[property.name] =
      usual === undefined
        ? (known[property.name] ?? neutralProperty(twilio, property))
        : structuredClone(usual);
  }
  for (const name of resource.shownOnce ?? []) body[name] ??= randomBytes(16).toString("hex");
  const filled = applyInput(resource, body, input);
  deriveDefaults(resource.token, filled);
  return { ...filled, ...shownOfReferenced(twilio, resource.token, input) };
}

/** A copy of `body` with the inputs of a request at their properties; inputs that no property shows are left out. */
export function applyInput(resource: Resource, body: Body, input: Body): Body {
  const result = structuredClone(body);
  for (const { name, property, merged } of resource.inputs) {
    const given = input[name];
    if (given === undefined || property === null) continue;
    const value = merged === true ? mergedWith(result[property], given) : given;
    const shown = resource.properties.find((candidate) => candidate.name === property);
    setAt(result, property.split("."), shown === undefined ? value : fitted(shown.type, value));
  }
  return result;
}

/** A map with another merged into it: keys that are not named stay, those that are null go. */
function mergedWith(before: Json | undefined, after: Json): Json {
  if (!isBody(before) || !isBody(after)) return after;
  return Object.fromEntries(Object.entries({ ...before, ...after }).filter(([, value]) => value !== null));
}

/** A value of a request as the response writes it: JSON that came as text, a number that is shown as text. */
function fitted(type: ValueType, value: Json): Json {
  if (value === null) return null;
  if (typeof value !== "string") {
    if (type.kind !== "string") return value;
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  }
  if (type.kind === "string") return value;
  if (value === "") return type.kind === "array" ? [] : null;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

function setAt(body: Body, path: readonly string[], value: Json): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (rest.length === 0) {
    body[first] = value;
    return;
  }
  const inner = body[first];
  const next = isBody(inner) ? inner : {};
  body[first] = next;
  setAt(next, rest, value);
}
