/**
 * Create, fetch, update, delete and list of every resource, from its row; a resource's behaviour adds what the row
 * cannot say. Parents were found and unique names resolved before (`http/rest.ts`).
 */
import type { Resource } from "@support-line/twilio-api";
import { TwilioError } from "../errors.ts";
import type { Behaviour, Body, Call, Json, StoredObject, Twilio } from "../product.ts";
import { textOf } from "../json.ts";
import { applyInput, newBody } from "./draft.ts";
import { ancestry, isKeyed, keptName, snakeCase, withName } from "./identity.ts";

export type Outcome =
  | { readonly kind: "object"; readonly object: StoredObject; readonly status: number }
  | { readonly kind: "list"; readonly objects: StoredObject[]; readonly status: number }
  | { readonly kind: "body"; readonly body: Body; readonly status: number }
  | { readonly kind: "gone"; readonly status: number };

/** Performs one call. */
export async function perform(requested: Call, behaviour: Behaviour): Promise<Outcome> {
  const call = behaviour.before ? await behaviour.before(requested) : requested;
  const status = call.resource.operations[call.operation]?.status ?? 200;
  const instead = behaviour.instead?.[call.operation];
  if (instead) {
    const answer = await instead(call);
    return { kind: "body", body: answer.body, status: answer.status ?? status };
  }
  switch (call.operation) {
    case "create":
      return { kind: "object", object: await create(call, behaviour), status };
    case "fetch":
      return { kind: "object", object: current(call, behaviour), status };
    case "update":
      return { kind: "object", object: await update(call, behaviour), status };
    case "delete":
      await remove(call, behaviour);
      return { kind: "gone", status };
    case "list": {
      const below = call.twilio.store.list(keptToken(call, behaviour), keptParents(call, behaviour));
      const objects = behaviour.list?.(call, below) ?? filtered(call, below).reverse();
      return { kind: "list", objects, status };
    }
  }
}

/** The path parameters of the parents alone. */
export function ownParents(call: Call): Record<string, string> {
  return Object.fromEntries(call.resource.parents.map(({ name }) => [name, call.path[name] ?? ""]));
}

/** The token that objects of this resource are kept under. */
function keptToken(call: Call, behaviour: Behaviour): string {
  return behaviour.kept?.token ?? call.resource.token;
}

/** The parents that objects of this resource are kept below, those that the path leaves unsaid included. */
function keptParents(call: Call, behaviour: Behaviour): Record<string, string> {
  return { ...behaviour.kept?.unsaidParents?.(call.twilio), ...ownParents(call) };
}

async function create(call: Call, behaviour: Behaviour): Promise<StoredObject> {
  const { twilio, resource, input } = call;
  const { store } = twilio;
  const parents = keptParents(call, behaviour);
  const token = keptToken(call, behaviour);
  const object = store.transaction(() => {
    const sid = resource.sidPrefix === null ? "" : twilio.sid(resource.sidPrefix);
    const own = sid === "" ? {} : { sid };
    const draft: StoredObject = {
      token,
      sid,
      parents,
      body: newBody(twilio, resource, { ...known(call), ...own }, input),
      hidden: {},
      sequence: 0,
    };
    const made = behaviour.create?.(call, draft) ?? {
      body: withName(resource, draft.body, store.list(token, parents)),
    };
    const { body, hidden = {} } = made;
    refuseTakenName(call, behaviour, body, null);
    const name = behaviour.create
      ? textOf(body["sid"]) || sid
      : keptName(resource, call.path, textOf(body[resource.idProperty ?? "sid"]));
    if (name === "") throw new Error(`the behaviour of ${token} gives a new object no SID`);
    if (isKeyed(resource) && store.find(token, name) !== undefined) {
      throw new TwilioError(20409, { reason: `${resource.name} ${name} already exists` });
    }
    return store.insert({ ...draft, sid: name, body, hidden });
  });
  await behaviour.created?.(call, object);
  return store.find(token, object.sid) ?? object;
}

async function update(call: Call, behaviour: Behaviour): Promise<StoredObject> {
  const { store, clock } = call.twilio;
  const [before, after] = store.transaction(() => {
    const object = current(call, behaviour);
    const draft = applyInput(call.resource, object.body, { ...forgotten(call), ...call.input });
    for (const name of ["date_updated", "updatedAt"]) if (name in draft) draft[name] = clock.iso();
    if (isVersioned(call) && typeof draft["version"] === "number") draft["version"] += 1;
    const { body, hidden } = behaviour.update?.(call, object, draft) ?? { body: draft };
    refuseTakenName(call, behaviour, body, object.sid);
    if (object.sequence === 0) {
      return [object, store.insert({ ...object, body, hidden: hidden ?? object.hidden })];
    }
    return [object, store.replace(object.token, object.sid, body, hidden)];
  });
  await behaviour.updated?.(call, before, after);
  return store.find(after.token, after.sid) ?? after;
}

async function remove(call: Call, behaviour: Behaviour): Promise<void> {
  const object = call.twilio.store.transaction(() => {
    const found = current(call, behaviour);
    behaviour.delete?.(call, found);
    call.twilio.store.remove(found.token, found.sid, ancestry(call.resource, found));
    return found;
  });
  await behaviour.deleted?.(call, object);
}

/** The object of this call; a singleton that nothing was ever stored for has the body its behaviour gives it. */
function current(call: Call, behaviour: Behaviour): StoredObject {
  const { resource, twilio } = call;
  const parents = keptParents(call, behaviour);
  const token = keptToken(call, behaviour);
  const id = resource.idParameter === null ? singletonSid(call) : (call.path[resource.idParameter] ?? "");
  const name = behaviour.create ? id : keptName(resource, call.path, id) || id;
  const stored = twilio.store.find(token, name, parents);
  if (stored) return stored;
  const made = makeOnDemand(twilio, resource, behaviour, parents, id);
  if (made !== undefined) return made;
  const { create, update } = resource.operations;
  // What exists once is there from the start; where it can be deleted, the first update makes it.
  const isThere =
    create === undefined &&
    update !== undefined &&
    (resource.operations.delete === undefined || call.operation === "update");
  if (resource.idParameter === null && (behaviour.initial || isThere)) {
    const initial = behaviour.initial?.(call) ?? {};
    const body = newBody(twilio, resource, { ...known(call), ...initial }, {});
    return { token, sid: name, parents, body, hidden: {}, sequence: 0 };
  }
  throw notFound(call);
}

/** The object that is there as soon as somebody asks for it by this name; undefined where the name is not one of those. */
export function makeOnDemand(
  twilio: Twilio,
  resource: Resource,
  behaviour: Behaviour,
  parents: Readonly<Record<string, string>>,
  name: string,
): StoredObject | undefined {
  const own = behaviour.onDemand?.(name);
  if (own === undefined || resource.sidPrefix === null) return undefined;
  const sid = twilio.sid(resource.sidPrefix);
  const now = twilio.clock.iso();
  const known = { sid, account_sid: twilio.settings.accountSid, date_created: now, date_updated: now };
  const body = { ...newBody(twilio, resource, known, {}), ...own };
  return twilio.store.insert({ token: resource.token, sid, parents, body, hidden: {} });
}

/** What an update empties because it does not name it. */
function forgotten({ resource }: Call): Body {
  const inputs = resource.inputs.filter((input) => input.forgotten === true);
  return Object.fromEntries(inputs.map(({ name, type }) => [name, type.kind === "array" ? [] : null]));
}

/** What a singleton is stored under: its innermost parent, or the account. */
function singletonSid(call: Call): string {
  const innermost = call.resource.parents.at(-1);
  return innermost ? (call.path[innermost.name] ?? "") : call.accountSid;
}

/** Values that the place of an object decides: account, parents, dates. */
function known(call: Call): Body {
  const now = call.twilio.clock.iso();
  const dates = { date_created: now, date_updated: now, createdAt: now, updatedAt: now };
  const values: Body = { account_sid: call.accountSid, ...dates, ...(isVersioned(call) && { version: 1 }) };
  for (const { name } of call.resource.parents) {
    values[snakeCase(name)] = call.path[name] ?? null;
  }
  return values;
}

/** Whether an object counts its changes. */
function isVersioned({ resource }: Call): boolean {
  return resource.properties.some(({ name, type }) => name === "version" && type.kind === "integer");
}

/** Query parameters of a list that are named after a property filter by it. */
export function filtered(call: Call, objects: StoredObject[]): StoredObject[] {
  const wanted = Object.entries(call.query).flatMap(([name, value]) => {
    const property = snakeCase(name);
    return call.resource.properties.some((known) => known.name === property) ? [{ property, value }] : [];
  });
  // Some documents ask for a truth value as text.
  const plain = (value: Json | undefined) => (typeof value === "boolean" ? String(value) : value);
  return objects.filter(({ body }) =>
    wanted.every(({ property, value }) => plain(body[property]) === plain(value)),
  );
}

/** No two resources below one parent share a unique name; products with a code of their own refuse before this. */
function refuseTakenName(call: Call, behaviour: Behaviour, body: Body, own: string | null): void {
  const name = body["unique_name"];
  if (typeof name !== "string" || name === "") return;
  const holder = call.twilio.store.find(keptToken(call, behaviour), name, keptParents(call, behaviour));
  if (holder && holder.sid !== own && holder.body["unique_name"] === name) {
    throw new TwilioError(20409, {
      reason: `${call.resource.name} with this UniqueName already exists: ${name}`,
    });
  }
}

/**
 * What is not there, as Twilio says it: 20404 with the path, without the version on v1 and v2 hosts and whole on the API of
 * 2010. Proxy says 400 instead, and names the kind of what is missing ("Invalid Phone Number Sid"), as live accounts did.
 *
 * @param missing what is not there: the resource itself, or one that it is below
 */
export function notFound(call: Call, missing: Resource = call.resource): TwilioError {
  if (missing.product === "proxy") {
    const words = missing.name.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
    return new TwilioError(20001, { reason: `Invalid ${words} Sid` });
  }
  const template = call.resource.operations[call.operation]?.path ?? "";
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => call.path[name] ?? "");
  return new TwilioError(20404, { path: path.replace(/^\/v\d+(?=\/)/, "") });
}
