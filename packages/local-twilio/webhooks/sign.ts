/** X-Twilio-Signature as Twilio makes it, https://www.twilio.com/docs/usage/webhooks/webhooks-security */
import { createHmac } from "node:crypto";

/** Signs a request: the full URL, then each form parameter sorted by name, name and value run together. */
export function signRequest(
  authToken: string,
  url: string,
  parameters: Readonly<Record<string, string>>,
): string {
  const signed = Object.keys(parameters)
    .sort()
    .reduce((text, name) => text + name + (parameters[name] ?? ""), url);
  return createHmac("sha1", authToken).update(signed).digest("base64");
}
