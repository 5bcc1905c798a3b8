/** How the delivery of a message goes on, told to its status callback: https://www.twilio.com/docs/messaging/guides/track-outbound-message-status */
import { textOf } from "../json.ts";
import type { Body, Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { documented, parametersOf, recorded, type Field, type Fields } from "../webhooks/fields.ts";

const of = (name: string): Field<Body>["value"] => {
  return (body) => textOf(body[name]) || null;
};

/** What a status callback carries of a message; ErrorCode only where something failed. */
export const statusFields: Fields<Body> = {
  AccountSid: recorded(of("account_sid")),
  ApiVersion: recorded(() => "2010-04-01"),
  MessageSid: recorded(of("sid")),
  MessageStatus: recorded(of("status")),
  SmsSid: recorded(of("sid")),
  SmsStatus: recorded(of("status")),
  From: recorded(of("from")),
  To: recorded(of("to")),
  ErrorCode: recorded(of("error_code")),
  MessagingServiceSid: documented(of("messaging_service_sid")),
};

/** Tells a status callback how a message stands. What it answers changes nothing. */
export async function tellStatus(twilio: Twilio, url: string, message: Body): Promise<void> {
  const parameters = parametersOf(statusFields, message);
  await callWebhook(twilio, { method: "POST", url, parameters, timeoutMs: 15_000 });
}
