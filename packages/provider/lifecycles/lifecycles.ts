import { allResources, resource, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { isInScope } from "../shape/in-scope.ts";
import { nearest } from "../translate/nearest.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { PlainLifecycle } from "./plain.ts";

/** Resources with code of their own, because Twilio's way with them is not plain CRUD. Loaded when first met. */
const own: Readonly<Record<string, (row: Resource) => Promise<Lifecycle>>> = {};

const made = new Map<string, Promise<Lifecycle>>();

/**
 * The life of a type of resource.
 *
 * @throws ProviderError `token-unknown`
 */
export function lifecycle(token: string): Promise<Lifecycle> {
  let found = made.get(token);
  if (found === undefined) {
    found = make(token);
    made.set(token, found);
  }
  return found;
}

async function make(token: string): Promise<Lifecycle> {
  // The engine writes `twilio:serverless/function:Function` where a program's SDK was made of such a token.
  const row = resource(token);
  if (row === undefined || !isInScope(row)) {
    const near = nearest(token, tokens());
    throw new ProviderError("token-unknown", {
      token,
      near: near === undefined ? "" : ` Did you mean ${near}?`,
    });
  }
  return own[token]?.(row) ?? new PlainLifecycle(row);
}

/** Every resource of the provider. */
export function tokens(): string[] {
  return allResources()
    .filter(isInScope)
    .map(({ token }) => token);
}
