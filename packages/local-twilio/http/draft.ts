/** From request parameters to the body of a resource: inputs at the properties that show them, all else null. */
import type { Resource } from "@support-line/twilio-api";
import type { Body, Json } from "../product.ts";

/** Properties that responses compute and nothing stores. */
const computed = new Set(["url", "uri", "links", "subresource_uris"]);

/** A new body: every property of the row, null until an input or `known` fills it. */
export function newBody(resource: Resource, known: Body, input: Body): Body {
  const body: Body = {};
  for (const { name } of resource.properties) {
    if (!computed.has(name)) body[name] = known[name] ?? null;
  }
  return applyInput(resource, body, input);
}

/** A copy of `body` with the inputs of a request at their properties; inputs that no property shows are left out. */
export function applyInput(resource: Resource, body: Body, input: Body): Body {
  const result = structuredClone(body);
  for (const { name, property } of resource.inputs) {
    const value = input[name];
    if (value !== undefined && property !== null) setAt(result, property.split("."), value);
  }
  return result;
}

function setAt(body: Body, path: readonly string[], value: Json): void {
  const [first, ...rest] = path;
  if (first === undefined) return;
  if (rest.length === 0) {
    body[first] = value;
    return;
  }
  const inner = body[first];
  const next: Body = typeof inner === "object" && inner !== null && !Array.isArray(inner) ? inner : {};
  body[first] = next;
  setAt(next, rest, value);
}
