/** API keys (`SK…` with a secret). They are seeded by `control`; Twilio's key resource is not part of the local Twilio. */
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
