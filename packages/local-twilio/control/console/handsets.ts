/** What every phone shows: its messages in the order they came and went. */
import { carrierTables } from "../../carrier/tables.ts";
import type { Twilio } from "../../product.ts";

/** Every handset with its last messages, oldest first. */
export function handsetsNow(twilio: Twilio, limit: number): object[] {
  const tables = carrierTables(twilio);
  return tables.handsets().map((address) => ({
    address,
    messages: tables
      .history(address, limit)
      .map(({ message, isFromHandset, at, status, errorCode, origin }) => ({
        sid: message.sid,
        direction: isFromHandset ? "sent" : "received",
        other: isFromHandset ? message.to : message.from,
        body: message.body,
        media: message.media,
        at,
        status,
        errorCode,
        conversationSid: origin.conversationSid ?? null,
        messageSid: origin.messageSid ?? null,
      })),
  }));
}
