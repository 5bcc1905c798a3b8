/**
 * Credentials never come from the state. The engine configures the provider of a refresh or a destroy with what the last
 * deployment recorded, and a token that was rotated since opens nothing. So what the stack's configuration or the
 * environment says is not recorded at all, and is read where it is said now: the engine gives its plugins the stack's
 * decrypted configuration of their own in PULUMI_CONFIG (pkg/host/host.go in Pulumi's sources).
 */
import { reveal, type Value, type ValueMap } from "../values/value.ts";
import type { Environment } from "./configuration.ts";
import { recordedKey } from "./deployed-at.ts";

const variables = {
  authToken: "TWILIO_AUTH_TOKEN",
  apiKey: "TWILIO_API_KEY",
  apiSecret: "TWILIO_API_SECRET",
} as const;
const names = Object.keys(variables) as (keyof typeof variables)[];

/** Whether a field of the configuration is a credential. */
export function isCredential(name: string): boolean {
  return name in variables;
}

/** Configuration without credentials. */
export function withoutCredentials(inputs: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !isCredential(name)));
}

/** The credentials of a configuration alone. */
export function credentialsOf(inputs: ValueMap): ValueMap {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => isCredential(name)));
}

/**
 * What may be recorded of a program's configuration: no credentials, unless the program has them from elsewhere (those of a
 * subaccount that it makes, say), where nobody else could say them again.
 */
export function recordable(inputs: ValueMap, environment: Environment): ValueMap {
  const config = stackConfig(environment);
  const isSaidAgain = (name: keyof typeof variables): boolean => {
    const value = said(inputs[name]);
    return value === null || value === config[name] || value === environment[variables[name]];
  };
  return names.every(isSaidAgain) ? withoutCredentials(inputs) : inputs;
}

/**
 * Recorded configuration with the credentials that hold now: the program's own where it had some, else those of the stack's
 * configuration. Where that has none, or is another account's, the environment goes on.
 */
export function withCurrentCredentials(recorded: ValueMap, environment: Environment): ValueMap {
  const isOwn = recorded[recordedKey] !== undefined && names.some((name) => said(recorded[name]) !== null);
  if (isOwn) return recorded;
  const config = stackConfig(environment);
  const account = said(recorded["accountSid"]) ?? environment["TWILIO_ACCOUNT_SID"];
  const isOfAnother = config["accountSid"] !== undefined && config["accountSid"] !== account;
  const current = isOfAnother ? {} : Object.fromEntries(names.map((name) => [name, config[name] ?? null]));
  return { ...withoutCredentials(recorded), ...current };
}

/** What the stack's configuration says of `twilio`, decrypted; empty where no engine started this process. */
export function stackConfig(environment: Environment): Readonly<Record<string, string>> {
  let config: unknown;
  try {
    config = JSON.parse(environment["PULUMI_CONFIG"] ?? "{}");
  } catch {
    return {};
  }
  if (typeof config !== "object" || config === null) return {};
  const own = Object.entries(config).flatMap(([key, value]) => {
    const [, name] = /^(?:twilio:)?(?:config:)?(\w+)$/.exec(key) ?? [];
    return name !== undefined && typeof value === "string" && value !== "" ? [[name, value] as const] : [];
  });
  return Object.fromEntries(own);
}

/** The text of a value; null when there is none. A value that is not known yet is nobody's but the program's. */
function said(value: Value | undefined): Value {
  const open = reveal(value ?? null);
  return open === "" ? null : open;
}
