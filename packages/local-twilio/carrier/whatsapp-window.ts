/**
 * WhatsApp's customer service window: a business writes freely for 24 hours after the user wrote last, and by approved
 * templates alone after that (https://www.twilio.com/docs/whatsapp/key-concepts#the-customer-service-window). Every content
 * template counts as approved here.
 */
import type { CarrierMessage, MessageOrigin, Twilio } from "../product.ts";
import { carrierTables } from "./tables.ts";

/** What Twilio calls such a message's failure, https://www.twilio.com/docs/api/errors/63016 */
export const outsideWindow = 63016;

const day = 24 * 3600_000;

/** Whether WhatsApp lets a message go. */
export function isOutsideWindow(twilio: Twilio, message: CarrierMessage, origin: MessageOrigin): boolean {
  if (!message.from.startsWith("whatsapp:") || origin.template !== undefined) return false;
  const last = carrierTables(twilio).lastWritten(message.to, message.from);
  return last === null || twilio.clock.now() - Date.parse(last) >= day;
}
