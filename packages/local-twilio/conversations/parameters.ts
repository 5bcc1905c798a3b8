/** What webhooks tell: form parameters by event, https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
import { inner, number, text, textOrNull } from "../fields.ts";
import type { Body, StoredObject } from "../product.ts";

export type Parameters = Readonly<Record<string, string>>;

/** The Conversation itself: onConversationAdded, onConversationUpdated, onConversationRemoved. */
export function conversationParameters({ body }: Pick<StoredObject, "body">): Parameters {
  return given({
    ConversationSid: text(body, "sid"),
    ChatServiceSid: text(body, "chat_service_sid"),
    MessagingServiceSid: textOrNull(body, "messaging_service_sid"),
    FriendlyName: textOrNull(body, "friendly_name"),
    UniqueName: textOrNull(body, "unique_name"),
    Attributes: text(body, "attributes"),
    State: text(body, "state"),
    DateCreated: textOrNull(body, "date_created"),
    DateUpdated: textOrNull(body, "date_updated"),
  });
}

/** onConversationStateUpdated. */
export function stateParameters(conversation: StoredObject, from: string, reason: string): Parameters {
  const { body } = conversation;
  return {
    ...given({
      ConversationSid: conversation.sid,
      ChatServiceSid: text(body, "chat_service_sid"),
      MessagingServiceSid: textOrNull(body, "messaging_service_sid"),
    }),
    StateFrom: from,
    StateTo: text(body, "state"),
    StateUpdated: text(body, "date_updated"),
    Reason: reason,
  };
}

/** onParticipantAdded, onParticipantUpdated, onParticipantRemoved. */
export function participantParameters(body: Body): Parameters {
  const binding = inner(body, "messaging_binding");
  return given({
    ConversationSid: text(body, "conversation_sid"),
    ChatServiceSid: text(body, "chat_service_sid"),
    ParticipantSid: textOrNull(body, "sid"),
    Identity: textOrNull(body, "identity"),
    RoleSid: textOrNull(body, "role_sid"),
    Attributes: text(body, "attributes"),
    "MessagingBinding.Type": textOrNull(binding, "type"),
    "MessagingBinding.Address": textOrNull(binding, "address"),
    "MessagingBinding.ProxyAddress": textOrNull(binding, "proxy_address"),
    DateCreated: textOrNull(body, "date_created"),
    DateUpdated: textOrNull(body, "date_updated"),
  });
}

/** onMessageAdded, onMessageUpdated, onMessageRemoved. */
export function messageParameters(
  conversation: StoredObject,
  { sid, body }: Pick<StoredObject, "sid" | "body">,
): Parameters {
  const media = body["media"];
  return given({
    ConversationSid: conversation.sid,
    ChatServiceSid: text(conversation.body, "chat_service_sid"),
    MessagingServiceSid: textOrNull(conversation.body, "messaging_service_sid"),
    MessageSid: sid,
    Index: String(number(body, "index")),
    Author: text(body, "author"),
    Body: textOrNull(body, "body"),
    Attributes: text(body, "attributes"),
    ParticipantSid: textOrNull(body, "participant_sid"),
    Media: media === null || media === undefined ? null : JSON.stringify(media),
    DateCreated: textOrNull(body, "date_created"),
    DateUpdated: textOrNull(body, "date_updated"),
  });
}

/** onDeliveryUpdated. */
export function deliveryParameters(conversation: StoredObject, receipt: Body): Parameters {
  const errorCode = receipt["error_code"];
  return given({
    ConversationSid: conversation.sid,
    ChatServiceSid: text(conversation.body, "chat_service_sid"),
    MessageSid: text(receipt, "message_sid"),
    ParticipantSid: textOrNull(receipt, "participant_sid"),
    DeliveryReceiptSid: text(receipt, "sid"),
    ChannelMessageSid: text(receipt, "channel_message_sid"),
    Status: text(receipt, "status"),
    ErrorCode: typeof errorCode === "number" && errorCode !== 0 ? String(errorCode) : null,
    DateCreated: textOrNull(receipt, "date_created"),
    DateUpdated: textOrNull(receipt, "date_updated"),
  });
}

/** onUserAdded, onUserUpdated. */
export function userParameters(body: Body): Parameters {
  return given({
    ChatServiceSid: text(body, "chat_service_sid"),
    UserSid: textOrNull(body, "sid"),
    Identity: text(body, "identity"),
    FriendlyName: textOrNull(body, "friendly_name"),
    Attributes: text(body, "attributes"),
    RoleSid: textOrNull(body, "role_sid"),
    DateUpdated: textOrNull(body, "date_updated"),
  });
}

/** Twilio leaves out what is not set. */
function given(parameters: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
