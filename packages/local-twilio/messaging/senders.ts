/** WhatsApp senders, https://www.twilio.com/docs/whatsapp/api/senders. They are seeded as approved ones. */
import type { Twilio } from "../product.ts";

const token = "twilio:messaging:ChannelsSender";

/** Stores a sender when the account does not have it. */
export function putSender(
  twilio: Twilio,
  sender: { readonly senderId: string; readonly name?: string | undefined },
): void {
  const { store } = twilio;
  if (store.list(token, {}, { sender_id: sender.senderId }).length > 0) return;
  const sid = twilio.sid("XE");
  store.insert({
    token,
    sid,
    parents: {},
    body: {
      sid,
      sender_id: sender.senderId,
      status: "ONLINE",
      configuration: null,
      webhook: null,
      profile: sender.name === undefined ? null : { name: sender.name },
      properties: null,
      offline_reasons: null,
      compliance: null,
    },
    hidden: {},
  });
}
