/** With what Twilio is asked for an account: an API key, or the account's auth token. */
import type { Login } from "./client.ts";

export interface Credentials {
  readonly key?: string | undefined;
  readonly secret?: string | undefined;
  readonly token?: string | undefined;
}

/** What a variable of the environment says; set to nothing is not set. */
export const ambient = (environment: NodeJS.ProcessEnv, name: string): string | undefined =>
  environment[name] === "" ? undefined : environment[name];

/** The credentials of the environment. */
export const ambientCredentials = (environment: NodeJS.ProcessEnv): Credentials => ({
  key: ambient(environment, "TWILIO_API_KEY"),
  secret: ambient(environment, "TWILIO_API_SECRET"),
  token: ambient(environment, "TWILIO_AUTH_TOKEN"),
});

/** A key goes before a token; null without either. */
export function loginBy(accountSid: string, { key, secret, token }: Credentials): Login | null {
  if (key !== undefined && secret !== undefined) return { accountSid, user: key, password: secret };
  return token === undefined ? null : { accountSid, user: accountSid, password: token };
}
