/** Delivery receipts of messages, https://www.twilio.com/docs/conversations-classic/delivery-receipts */
import { text } from "../fields.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { notify } from "./notify.ts";
import { deliveryParameters } from "./parameters.ts";
import { tokens } from "./tokens.ts";

/** Keeps a receipt for a message that goes to one participant. It shows once the network has said something. */
export function addReceipt(
  twilio: Twilio,
  message: StoredObject,
  participantSid: string,
  channelMessageSid: string,
): StoredObject {
  const sid = twilio.sid("DY");
  const now = twilio.clock.iso();
  return twilio.store.insert({
    token: tokens.receipt,
    sid,
    parents: { ...message.parents, MessageSid: message.sid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      chat_service_sid: text(message.body, "chat_service_sid"),
      conversation_sid: text(message.body, "conversation_sid"),
      message_sid: message.sid,
      channel_message_sid: channelMessageSid,
      participant_sid: participantSid,
      status: "sent",
      error_code: 0,
      date_created: now,
      date_updated: now,
    },
    hidden: { queued: true, createdMs: twilio.clock.now() },
  });
}

/** What the network says of a message; a receipt that is no longer there (its Conversation was deleted) is let go. */
export function noteDelivery(
  twilio: Twilio,
  receiptSid: string,
  status: string,
  errorCode: number | null,
): void {
  const { store, clock } = twilio;
  const receipt = store.find(tokens.receipt, receiptSid);
  if (!receipt) return;
  const body: Body = {
    ...receipt.body,
    status,
    error_code: errorCode ?? 0,
    date_updated: clock.iso(),
  };
  store.replace(tokens.receipt, receiptSid, body, { ...receipt.hidden, queued: false });
  tellStudio(twilio, text(body, "message_sid"), errorCode);
  const conversation = store.find(tokens.conversation, text(body, "conversation_sid"));
  if (!conversation) return;
  const parameters = deliveryParameters({ ...receipt, body });
  notify(twilio, { name: "onDeliveryUpdated", conversation, source: "API", parameters });
}

/** A message of a Flow's that reached nobody: the widget that awaits a reply to it has failed, unless a switch says no. */
function tellStudio(twilio: Twilio, messageSid: string, errorCode: number | null): void {
  if (errorCode === null || twilio.settings.switches.deliveryFailureInConversation === "never") return;
  const message = twilio.store.find(tokens.message, messageSid);
  const executionSid = message === undefined ? "" : text(message.hidden, "executionSid");
  if (executionSid === "") return;
  const receipts = twilio.store.list(tokens.receipt, { MessageSid: messageSid });
  const reachedNobody = receipts.every(({ body }) =>
    ["failed", "undelivered"].includes(text(body, "status")),
  );
  if (reachedNobody) twilio.services.studio.noteUndelivered(executionSid, messageSid, errorCode);
}

/** How far a message got, over all who get it by SMS or WhatsApp; null when nobody does. */
export function deliverySummary(twilio: Twilio, messageSid: string): Body | null {
  const receipts = twilio.store.list(tokens.receipt, { MessageSid: messageSid });
  if (receipts.length === 0) return null;
  const statuses = receipts.map(({ body, hidden }) =>
    hidden["queued"] === true ? "queued" : text(body, "status"),
  );
  const extent = (...counted: string[]): string => {
    const count = statuses.filter((status) => counted.includes(status)).length;
    if (count === 0) return "none";
    return count === statuses.length ? "all" : "some";
  };
  return {
    total: statuses.length,
    sent: extent("sent", "delivered", "undelivered", "read"),
    delivered: extent("delivered", "read"),
    read: extent("read"),
    failed: extent("failed"),
    undelivered: extent("undelivered"),
  };
}

export const receipt: Behaviour = {
  list: (_, objects) => objects.filter(({ hidden }) => hidden["queued"] !== true),
};
