/**
 * Somebody writes in a browser or an app, by Twilio's SDK for Conversations. Its socket is not played: the control API says who
 * writes what, and webhooks hear of it as they hear of a client (`Source` SDK, with `ClientIdentity`).
 */
import { text } from "../fields.ts";
import type { StoredObject, Twilio } from "../product.ts";
import { TwilioError } from "../errors.ts";
import { ask } from "./ask.ts";
import { findConversation } from "./conversation.ts";
import { askedMessage, changedMessage, insertMessage, messageAdded } from "./message.ts";
import { participantNamed, participantsOf } from "./participant.ts";

/**
 * A participant with an identity writes.
 *
 * @throws TwilioError 50350 no such Conversation, 50430 nobody of that identity is in it, 50107 a webhook forbids it
 */
export async function writeByClient(
  twilio: Twilio,
  conversationSid: string,
  identity: string,
  body: string,
): Promise<StoredObject> {
  const conversation = findConversation(twilio, conversationSid);
  if (participantNamed(participantsOf(twilio, conversation.sid), identity) === undefined) {
    throw new TwilioError(50430);
  }
  const changes = await ask(twilio, {
    name: "onMessageAdd",
    serviceSid: text(conversation.body, "chat_service_sid"),
    source: "SDK",
    parameters: askedMessage(twilio, conversation, { author: identity, body }),
  });
  return twilio.store.transaction(() => {
    const now = findConversation(twilio, conversation.sid);
    const added = insertMessage(twilio, now, { author: identity, body, ...changedMessage(changes) });
    messageAdded(twilio, added, "SDK", true);
    return added;
  });
}
