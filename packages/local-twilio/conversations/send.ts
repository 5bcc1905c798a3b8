/** Messages that Studio adds to a Conversation. */
import type { Body, StudioMessage, Twilio } from "../product.ts";
import { renderedFor } from "./content.ts";
import { findConversation } from "./conversation.ts";
import { insertMessage, messageAdded, type NewMessage } from "./message.ts";

/**
 * Adds a message as Studio does: everybody gets it and no webhook hears of it, as with a REST call that does not ask
 * for webhooks (no page says it of Studio; otherwise every Flow that answers would call itself).
 *
 * @throws TwilioError as a REST call would
 */
export async function sendToConversation(
  twilio: Twilio,
  conversationSid: string,
  message: StudioMessage,
): Promise<Body> {
  const { author, attributes, mediaUrl, contentSid, contentVariables, executionSid, lost } = message;
  const rendered = renderedFor(twilio, contentSid, contentSid === "" ? "" : contentVariables);
  const body = rendered?.text ?? message.body;
  const said: NewMessage = {
    author: author === undefined || author === "" ? "system" : author,
    body: body === "" ? null : body,
    contentSid: contentSid === "" ? null : contentSid,
    ...(rendered && { template: rendered.template }),
    attributes: attributes ?? "{}",
    executionSid,
    ...(lost === undefined ? {} : { lost }),
    media:
      mediaUrl === undefined || mediaUrl === ""
        ? []
        : [{ url: mediaUrl, contentType: "application/octet-stream" }],
  };
  return twilio.store.transaction(() => {
    const added = insertMessage(twilio, findConversation(twilio, conversationSid), said);
    messageAdded(twilio, added, "API", false);
    return added.body;
  });
}
