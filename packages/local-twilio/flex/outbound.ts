/** An Interaction that an agent begins brings its Conversation: https://www.twilio.com/docs/flex/developer/conversations/interactions-api/interactions#agent-initiated-outbound-interactions */
import { conversationAdded, newConversation } from "../conversations/conversation.ts";
import { insertParticipant, participantAdded } from "../conversations/participant.ts";
import { defaultServiceSid, tokens as conversations } from "../conversations/tokens.ts";
import { text } from "../fields.ts";
import { bodiesOf } from "../json.ts";
import type { Body, StoredObject, Twilio } from "../product.ts";

/**
 * Opens a Conversation with the participants of an Interaction's channel, in the default Service, where Flex's are.
 *
 * @throws TwilioError as a REST call would, 50416 for a pair that is in another Conversation
 */
export function outboundConversation(twilio: Twilio, channel: Body): StoredObject {
  const serviceSid = defaultServiceSid(twilio);
  return twilio.store.transaction(() => {
    const sid = twilio.sid("CH");
    const conversation = twilio.store.insert({
      token: conversations.conversation,
      sid,
      parents: { ChatServiceSid: serviceSid },
      ...newConversation(twilio, serviceSid, sid, {}),
    });
    conversationAdded(twilio, conversation, false);
    for (const party of bodiesOf(channel["participants"])) {
      const identity = text(party, "identity");
      const input: Body =
        identity === ""
          ? {
              "MessagingBinding.Address": text(party, "address"),
              "MessagingBinding.ProxyAddress": text(party, "proxy_address"),
            }
          : { Identity: identity };
      const participant = insertParticipant(twilio, conversation, input);
      participantAdded(twilio, conversation, participant, false);
    }
    return conversation;
  });
}
