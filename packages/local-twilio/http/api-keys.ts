/** API keys (`SK…` with a secret): seeded by `control`, or made with one of Twilio's key resources. */
import type { Twilio } from "../product.ts";

const token = "local:ApiKey";

export interface ApiKey {
  readonly sid: string;
  readonly secret: string;
}

/** The key of this SID, when there is one. */
export function findApiKey(twilio: Twilio, sid: string): ApiKey | undefined {
  const stored = twilio.store.find(token, sid);
  const secret = stored?.hidden["secret"];
  return typeof secret === "string" ? { sid, secret } : undefined;
}

/** Adds a key, or changes the secret of one. */
export function putApiKey(twilio: Twilio, { sid, secret }: ApiKey): void {
  if (twilio.store.find(token, sid)) twilio.store.replace(token, sid, {}, { secret });
  else twilio.store.insert({ token, sid, parents: {}, body: {}, hidden: { secret } });
}

/** Takes a key away. */
export function removeApiKey(twilio: Twilio, sid: string): void {
  twilio.store.remove(token, sid);
}
