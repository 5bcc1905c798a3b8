/** What an object is called: its SID, or a key that its creator gives it. */
import { randomBytes, randomUUID } from "node:crypto";
import type { Resource } from "@support-line/twilio-api";
import { textOf } from "../json.ts";
import type { Body, Json, StoredObject } from "../product.ts";
import { newSid } from "../sid.ts";

/** `ServiceSid` → `service_sid`. */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, "_$&").toLowerCase();
}

/**
 * Whether what an object is called says nothing outside its parent: a Sync item's key, an Entity's identity, a mapping
 * that has the SID of what it maps. Such objects are kept under their parents' names and theirs.
 */
export function isKeyed({ sidPrefix, inputs, idProperty }: Resource): boolean {
  const isNamed = idProperty !== null && idProperty !== "sid";
  return sidPrefix === null || isNamed || inputs.some(({ property }) => property === "sid");
}

/** The name that an object is kept under. */
export function keptName(resource: Resource, parents: Readonly<Record<string, string>>, id: string): string {
  if (!isKeyed(resource)) return id;
  const above = resource.parents.map(({ name }) => parents[name] ?? "");
  return resource.idParameter === null ? above.join("/") : [...above, id].join("/");
}

/** What the path of an object calls it. */
export function idOf(resource: Resource, object: StoredObject): string {
  if (!isKeyed(resource) || resource.idParameter === null) return object.sid;
  return textOf(object.body[resource.idProperty ?? "sid"]) || object.sid;
}

/** What everything below an object has above it; nothing is below a singleton, which has its parent's name. */
export function ancestry(resource: Resource, object: StoredObject): readonly string[] {
  if (resource.idParameter === null) return [];
  if (!isKeyed(resource)) return [object.sid];
  return [...Object.values(object.parents), idOf(resource, object)];
}

/**
 * A name for a new object where its creator gives none.
 *
 * @param index where it is called by its place in a list: the next one
 */
export function newName(resource: Resource, index: number): Json {
  if (resource.idPrefix !== undefined) return resource.idPrefix + typeId();
  const type = resource.properties.find(({ name }) => name === (resource.idProperty ?? "sid"))?.type;
  if (type?.kind === "integer") return index;
  const pattern = type?.kind === "string" ? (type.pattern ?? "") : "";
  const sid = /^\^?\(?([A-Z]{2})[)|[]/.exec(pattern)?.[1] ?? (type?.kind === "string" ? type.sid : undefined);
  if (sid !== undefined) return newSid(sid);
  const prefix = /^\^?([a-z_]+_)/.exec(pattern)?.[1];
  return prefix === undefined ? randomUUID() : prefix + randomBytes(16).toString("hex");
}

/** 26 letters and digits, the first of them 0 to 7, as the newer APIs name things (TypeID). */
function typeId(): string {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  const random = [...randomBytes(26)];
  return random.map((byte, at) => alphabet[at === 0 ? byte % 8 : byte % 32]).join("");
}

/**
 * A body with the name of its object in it.
 *
 * @param siblings what is below the same parents
 */
export function withName(resource: Resource, body: Body, siblings: readonly StoredObject[]): Body {
  const property = resource.idProperty;
  if (property === null) return body;
  const isPlace = resource.properties.some(({ name, type }) => name === property && type.kind === "integer");
  if (!isPlace && textOf(body[property]) !== "") return body;
  const last = siblings.at(-1)?.body[property];
  return { ...body, [property]: newName(resource, typeof last === "number" ? last + 1 : 0) };
}
