/**
 * A REST call sets off webhooks only when it asks for them with `X-Twilio-Webhook-Enabled: true`, so that a webhook
 * that answers by REST does not call itself: https://www.twilio.com/docs/conversations-classic/conversations-webhooks
 */
import type { Call } from "../product.ts";

/** Whether this call asks for webhooks. */
export function webhooksEnabled(call: Call): boolean {
  return call.headers["x-twilio-webhook-enabled"]?.toLowerCase() === "true";
}
