import type { Resource } from "@support-line/twilio-api";
import type { Purpose, TwilioClient } from "../http/client.ts";
import { fromPascal } from "../shape/names.ts";
import { plainRequest, type WireRequest } from "../translate/inputs-to-request.ts";
import type { JsonMap, ValueMap } from "../values/value.ts";
import type { Session } from "./lifecycle.ts";
import type { PlainLifecycle } from "./plain.ts";

/**
 * The request for everything in the parent of a resource: as large a page as Twilio gives, and told what it must be
 * told (`AccountSid` of API keys, `Channel` of senders).
 *
 * @returns undefined when nothing lists it, or it must be told what nobody knows
 */
export function listRequest(
  life: PlainLifecycle,
  session: Session,
  inputs: ValueMap,
): WireRequest | undefined {
  const { row } = life;
  const { list } = row.operations;
  if (list === undefined || row.list === null) return undefined;
  const query = new URLSearchParams();
  for (const { name, required } of list.query) {
    if (!required) continue;
    const value = told(name, session, inputs);
    if (value === undefined) return undefined;
    query.set(name, value);
  }
  query.set(row.list.tokens ? "pageSize" : "PageSize", String(row.list.maxPageSize));
  const request = plainRequest(row, list, life.path(session, inputs));
  return { ...request, path: `${request.path}?${query.toString()}` };
}

/** Every entry of a list as an object: one that is a name alone is an object with that name. */
export async function* entriesOf(
  client: TwilioClient,
  { list, idProperty }: Resource,
  request: WireRequest,
  purpose: Purpose,
): AsyncGenerator<JsonMap> {
  for await (const entry of client.list(request, list?.key ?? "", purpose)) {
    yield typeof entry === "string" ? { [idProperty ?? "id"]: entry } : entry;
  }
}

function told(name: string, session: Session, inputs: ValueMap): string | undefined {
  const said = inputs[fromPascal(name)];
  if (typeof said === "string") return said;
  if (name === "AccountSid") return session.accountSid();
  const sender = inputs["senderId"];
  // whatsapp:+…, rcs:…: what an address begins with is its channel.
  if (name === "Channel" && typeof sender === "string") return /^([a-z]+):/.exec(sender)?.[1];
  return undefined;
}
