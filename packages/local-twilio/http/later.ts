/**
 * Writes that Twilio answers before they are done: 202, with a `statusUrl` at which an operation says how far it is. Here
 * the work is done at once, and the operation is over by the time anybody asks.
 */
import { resource as rowOf } from "@support-line/twilio-api";
import type { Later, Resource } from "@support-line/twilio-api";
import { textOf } from "../json.ts";
import type { Body, Call } from "../product.ts";
import { newName } from "./identity.ts";

/** Keeps the operation of a write that is done, and answers what Twilio does. */
export function acceptLater({ twilio, resource }: Call, later: Later, id: string): Body {
  const row = operationRow(later);
  const operationId = textOf(newName(row, 0));
  const now = twilio.clock.iso();
  const place = (row.instancePath ?? "").replace(/\{\w+\}/, operationId);
  const statusUrl = `https://${row.host}${place}`;
  const [made = "", within = ""] = later.id.split(".");
  const result = { [made]: { [within]: id } };
  // A result says of which kind it is: memory.twilio.com knows one kind.
  const typed = made === "result" ? { result: { type: "RESOURCE_ID", id } } : result;
  const body = {
    operationId,
    status: later.done[0] ?? "",
    createdAt: now,
    completedAt: now,
    statusUrl,
    ...typed,
  };
  twilio.store.insert({ token: row.token, sid: operationId, parents: {}, body, hidden: {} });
  return made === "related"
    ? { statusUrl, ...result }
    : { message: `${resource.name}: accepted.`, statusUrl };
}

function operationRow(later: Later): Resource {
  const row = rowOf(later.operation);
  if (row === undefined) throw new Error(`no row of ${later.operation}`);
  return row;
}
