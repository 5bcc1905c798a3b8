/** Which rows a program can declare, and why the others not: read by the provider, the tests and the page of coverage. */
import { notResources } from "./not-resources.ts";
import type { Resource } from "./types.ts";

/** What is created and superseded but never updated or deleted, and still is a resource: the provider has code for it. */
const superseded: readonly string[] = ["twilio:serverless:Deployment"];

const reasons = new Map(
  notResources.flatMap(({ tokens, reason }) => tokens.map((token) => [token, reason] as const)),
);

/**
 * Whether a row is a resource of the provider: it can be created and then changed or deleted, or it exists once
 * without being created and can be changed.
 */
export function isResource(row: Resource): boolean {
  return whyNot(row) === undefined;
}

/** Why a row is no resource of the provider; undefined when it is one. */
export function whyNot({ token, operations, idParameter }: Resource): string | undefined {
  const said = reasons.get(token);
  if (said !== undefined) return said;
  if (superseded.includes(token)) return undefined;
  const { create, update, fetch, list } = operations;
  if (create !== undefined) {
    if (update !== undefined || operations.delete !== undefined) return undefined;
    return fetch === undefined && list === undefined
      ? "an action: it answers and leaves nothing behind that could be read, changed or deleted"
      : "created for good: Twilio has no way to change or to delete it";
  }
  if (update !== undefined && idParameter === null) {
    return fetch === undefined ? "an action on another resource: nothing of its own can be read" : undefined;
  }
  if (update !== undefined || operations.delete !== undefined) {
    return "Twilio makes it, with its parent or as things happen; a program can only change or delete it";
  }
  return "read only: nothing creates, changes or deletes it";
}
