/** From a stored object to the body of a response: every property of the row, with its URL, links and dates. */
import type { OperationName, Property, Resource } from "@support-line/twilio-api";
import type { Behaviour, Body, Json, StoredObject, Twilio } from "../product.ts";
import { rfc2822 } from "./dates.ts";
import { idOf } from "./identity.ts";

/** What a response shows of an object. */
export function renderObject(
  twilio: Twilio,
  resource: Resource,
  behaviour: Behaviour,
  object: StoredObject,
): Body {
  const place = { sid: behaviour.create ? object.sid : idOf(resource, object), parents: object.parents };
  return renderBody(resource, behaviour.show?.(twilio, object) ?? object.body, place);
}

/** What an operation's answer leaves out: what is shown once, and what the row says that it does not show. */
export function shownBy(resource: Resource, operation: OperationName, shown: Body): Body {
  const names = resource.shows?.[operation];
  const once = operation === "create" ? [] : (resource.shownOnce ?? []);
  if (names === undefined && once.length === 0) return shown;
  return Object.fromEntries(
    Object.entries(shown).filter(([name]) => (names?.includes(name) ?? true) && !once.includes(name)),
  );
}

/** A body shaped by the row: what is not set is null, what the row does not have is not shown. */
export function renderBody(
  resource: Resource,
  body: Body,
  place: Pick<StoredObject, "sid" | "parents">,
): Body {
  const ids = [...resource.parents.map(({ name }) => place.parents[name] ?? ""), place.sid];
  const shown: Body = {};
  for (const property of resource.properties) {
    shown[property.name] = renderProperty(resource, property, body[property.name] ?? null, ids);
  }
  return shown;
}

function renderProperty(resource: Resource, property: Property, value: Json, ids: readonly string[]): Json {
  const path = resource.instancePath ?? resource.collectionPath ?? "";
  switch (property.name) {
    case "url":
      return value ?? `https://${resource.host}${fill(path, ids)}`;
    case "uri":
      return value ?? fill(path, ids);
    case "links":
      return value ?? links(resource, ids, `https://${resource.host}`);
    case "subresource_uris":
      return value ?? links(resource, ids, "");
  }
  const { type } = property;
  const isRfc = type.kind === "string" && type.format === "date-time-rfc-2822";
  return isRfc && typeof value === "string" ? rfc2822(value) : value;
}

function links(resource: Resource, ids: readonly string[], base: string): Body {
  return Object.fromEntries(
    Object.entries(resource.links ?? {}).map(([key, path]) => [key, base + fill(path, ids)]),
  );
}

/** Fills a path's parameters in order. */
function fill(path: string, ids: readonly string[]): string {
  let next = 0;
  return path.replace(/\{\w+\}/g, () => encodeURIComponent(ids[next++] ?? ""));
}
