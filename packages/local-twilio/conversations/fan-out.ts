/** A message to every handset in the Conversation but its author's; chat participants see it in the list of messages. */
import { inner, number, text, texts } from "../fields.ts";
import type { CarrierMessage, MessageOrigin, StoredObject, Twilio } from "../product.ts";
import { participantsOf } from "./participant.ts";
import { addReceipt } from "./receipt.ts";

/** Hands the message to the carrier once for each SMS and WhatsApp participant, from the number they write to. */
export function fanOut(twilio: Twilio, conversation: StoredObject, message: StoredObject): void {
  const { store } = twilio;
  const media = mediaOf(message);
  store.transaction(() => {
    for (const participant of participantsOf(twilio, conversation.sid)) {
      const binding = inner(participant.body, "messaging_binding");
      const address = text(binding, "address");
      if (address === "" || participant.sid === message.body["participant_sid"]) continue;
      const outgoing: CarrierMessage = {
        sid: twilio.sid(media.length > 0 ? "MM" : "SM"),
        from: text(binding, "proxy_address"),
        to: address,
        body: text(message.body, "body"),
        media,
      };
      const receipt = addReceipt(twilio, message, participant.sid, outgoing.sid);
      twilio.services.carrier.send(outgoing, {
        conversationSid: conversation.sid,
        messageSid: message.sid,
        receiptSid: receipt.sid,
        ...(message.hidden["lost"] === undefined ? {} : { lost: number(message.hidden, "lost") }),
        ...templateOf(message),
      });
    }
  });
}

function templateOf({ hidden, body }: StoredObject): Pick<MessageOrigin, "template"> {
  if (text(body, "content_sid") === "") return {};
  return { template: hidden["template"] === "misfits" ? "misfits" : "fits" };
}

function mediaOf(message: StoredObject): CarrierMessage["media"] {
  const shown = message.body["media"];
  const types = Array.isArray(shown) ? shown.map((item) => contentTypeOf(item)) : [];
  return texts(message.hidden, "mediaUrls").map((url, index) => ({
    url,
    contentType: types[index] ?? "application/octet-stream",
  }));
}

function contentTypeOf(item: unknown): string {
  if (typeof item !== "object" || item === null || !("content_type" in item)) {
    return "application/octet-stream";
  }
  return String(item.content_type);
}
