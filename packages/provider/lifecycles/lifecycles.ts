import { allResources, isResource, resource, type Resource } from "@support-line/twilio-api";
import { ProviderError } from "../errors.ts";
import { genericToken } from "../shape/generic-shape.ts";
import { nearest } from "../translate/nearest.ts";
import type { Lifecycle } from "./lifecycle.ts";
import { PlainLifecycle } from "./plain.ts";

/** Resources with code of their own, because Twilio's way with them is not plain CRUD. Loaded when first met. */
const own: Readonly<Record<string, (row: Resource) => Promise<Lifecycle>>> = {
  "twilio:serverless:Function": async (row) => new (await import("./versioned.ts")).VersionedLifecycle(row),
  "twilio:serverless:Asset": async (row) => new (await import("./versioned.ts")).VersionedLifecycle(row),
  "twilio:serverless:Build": async (row) => new (await import("./build.ts")).BuildLifecycle(row),
  "twilio:serverless:Deployment": async (row) =>
    new (await import("./deployment.ts")).DeploymentLifecycle(row),
  "twilio:serverless:Variable": async (row) => new (await import("./variable.ts")).VariableLifecycle(row),
  "twilio:api:IncomingPhoneNumber": async (row) =>
    new (await import("./incoming-phone-number.ts")).IncomingPhoneNumberLifecycle(row),
  "twilio:studio:Flow": async (row) => new (await import("./flow.ts")).FlowLifecycle(row),
};

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
  if (token === genericToken) return new (await import("./generic.ts")).GenericLifecycle();
  const row = resource(token);
  if (row === undefined || !isResource(row)) {
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
    .filter(isResource)
    .map(({ token }) => token)
    .concat(genericToken);
}
