import { readFileSync } from "node:fs";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import twilio, { type Twilio } from "twilio";

/**
 * Twilio's own Node client, unmodified, on its way to Twilio's own host names: what `npx local-twilio env` prints,
 * given to this process.
 */
export function foreignClient(local: {
  endpoint: string;
  accountSid: string;
  authToken: string;
  caCertificate: string;
}): Twilio {
  trustLocalTwilio(local);
  return twilio(local.accountSid, local.authToken);
}

/** Sends this process's Twilio clients through a local Twilio's proxy. */
export function trustLocalTwilio(local: { endpoint: string; caCertificate: string }): void {
  setDefaultCACertificates([...getCACertificates("default"), readFileSync(local.caCertificate, "utf8")]);
  process.env.HTTP_PROXY = local.endpoint;
}
