/** API keys: who has one and its secret may call, https://www.twilio.com/docs/iam/api-keys/key-resource-v1 */
import { putApiKey, removeApiKey } from "../http/api-keys.ts";
import { text } from "../fields.ts";
import type { Behaviour } from "../product.ts";

/** The secret is in the answer to the create and nowhere else. */
export const apiKey: Behaviour = {
  created: ({ twilio }, { sid, body }) => putApiKey(twilio, { sid, secret: text(body, "secret") }),
  deleted: ({ twilio }, { sid }) => removeApiKey(twilio, sid),
};
