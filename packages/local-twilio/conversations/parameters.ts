/**
 * What webhooks of Conversations carry, by event: https://www.twilio.com/docs/conversations-classic/conversations-webhooks.
 * Events before the fact (onMessageAdd) speak of what has no SID yet. Dates have milliseconds here, and nowhere else;
 * what was just added has no DateUpdated.
 */
import { inner, number, text, textOrNull } from "../fields.ts";
import { bodiesOf } from "../json.ts";
import type { Body, StoredObject } from "../product.ts";
import { documented, parametersOf, recorded, type Fields } from "../webhooks/fields.ts";

export type Parameters = Readonly<Record<string, string>>;

/** Something that is there, or is asked about: then it has no SID and no dates. */
type Thing = Pick<StoredObject, "body" | "hidden">;

/** What every event carries. */
export interface Common {
  readonly accountSid: string;
  readonly event: string;
  readonly source: string;
  /** Who writes with Twilio's SDK; null: nobody does. */
  readonly clientIdentity: string | null;
}

export const commonFields: Fields<Common> = {
  AccountSid: recorded(({ accountSid }) => accountSid),
  EventType: recorded(({ event }) => event),
  Source: recorded(({ source }) => source),
  ClientIdentity: recorded(({ clientIdentity }) => clientIdentity),
  RetryCount: recorded(() => "0"),
};

const of =
  (name: string) =>
  ({ body }: Thing): string | null =>
    textOrNull(body, name);
const bindingOf =
  (name: string) =>
  ({ body }: Thing): string | null =>
    textOrNull(inner(body, "messaging_binding"), name);
const created = recorded((thing: Thing) => instant(of("date_created")(thing), thing.hidden["createdMs"]));
const updated = documented((thing: Thing) => instant(of("date_updated")(thing), null));

/** The binding that an autocreated Conversation was made for. */
const autocreated: Fields<Thing> = {
  "MessagingBinding.Address": recorded(bindingOf("address")),
  "MessagingBinding.ProxyAddress": recorded(bindingOf("proxy_address")),
};
const newConversation: Fields<Thing> = {
  ChatServiceSid: recorded(of("chat_service_sid")),
  MessagingServiceSid: recorded(of("messaging_service_sid")),
  FriendlyName: documented(of("friendly_name")),
  UniqueName: documented(of("unique_name")),
  Attributes: recorded(of("attributes")),
  State: recorded(of("state")),
  ...autocreated,
};
const conversation: Fields<Thing> = {
  ConversationSid: documented(of("sid")),
  ...newConversation,
  DateCreated: documented(created.value),
};

/** Events about a Conversation, by name. */
export const conversationFields = {
  onConversationAdd: { ...newConversation, MessageBody: recorded(of("message_body")) },
  onConversationAdded: conversation,
  onConversationUpdate: { ...conversation, DateUpdated: updated },
  onConversationUpdated: { ...conversation, DateUpdated: updated },
  onConversationRemove: { ...conversation, DateUpdated: updated },
  onConversationRemoved: { ...conversation, DateUpdated: updated },
} satisfies Record<string, Fields<Thing>>;

const newParticipant: Fields<Thing> = {
  ConversationSid: recorded(of("conversation_sid")),
  ChatServiceSid: documented(of("chat_service_sid")),
  Identity: documented(of("identity")),
  RoleSid: recorded(of("role_sid")),
  Attributes: recorded(of("attributes")),
  "MessagingBinding.Type": recorded(bindingOf("type")),
  ...autocreated,
};
const participant: Fields<Thing> = {
  ...newParticipant,
  ParticipantSid: recorded(of("sid")),
  DateCreated: created,
};

/** Events about a participant, by name. */
export const participantFields = {
  onParticipantAdd: newParticipant,
  onParticipantAdded: participant,
  onParticipantUpdate: { ...participant, DateUpdated: updated },
  onParticipantUpdated: { ...participant, DateUpdated: updated },
  onParticipantRemove: { ...participant, DateUpdated: updated },
  onParticipantRemoved: { ...participant, DateUpdated: updated },
} satisfies Record<string, Fields<Thing>>;

const newMessage: Fields<Thing> = {
  ConversationSid: recorded(of("conversation_sid")),
  ChatServiceSid: recorded(of("chat_service_sid")),
  Author: recorded(of("author")),
  ParticipantSid: recorded(of("participant_sid")),
  Body: recorded(of("body")),
  Attributes: recorded(of("attributes")),
  Media: recorded(mediaOf),
};
const message: Fields<Thing> = {
  ...newMessage,
  MessagingServiceSid: documented(of("messaging_service_sid")),
  MessageSid: recorded(of("sid")),
  Index: recorded(({ body }) => String(number(body, "index"))),
  DateCreated: created,
};

/** Events about a message, by name. */
export const messageFields = {
  onMessageAdd: newMessage,
  onMessageAdded: message,
  onMessageUpdate: { ...message, DateUpdated: updated },
  onMessageUpdated: { ...message, DateUpdated: updated },
  onMessageRemove: { ...message, DateUpdated: updated },
  onMessageRemoved: { ...message, DateUpdated: updated },
} satisfies Record<string, Fields<Thing>>;

interface StateChange {
  readonly conversation: StoredObject;
  readonly from: string;
  readonly reason: string;
}

/** onConversationStateUpdated. */
export const stateFields: Fields<StateChange> = {
  ConversationSid: documented(({ conversation: { sid } }) => sid),
  ChatServiceSid: documented((about) => of("chat_service_sid")(about.conversation)),
  MessagingServiceSid: documented((about) => of("messaging_service_sid")(about.conversation)),
  StateFrom: documented(({ from }) => from),
  StateTo: documented((about) => of("state")(about.conversation)),
  StateUpdated: documented((about) => updated.value(about.conversation)),
  Reason: documented(({ reason }) => reason),
};

/** onDeliveryUpdated. */
export const deliveryFields: Fields<Thing> = {
  ConversationSid: documented(of("conversation_sid")),
  ChatServiceSid: documented(of("chat_service_sid")),
  MessageSid: documented(of("message_sid")),
  ParticipantSid: documented(of("participant_sid")),
  DeliveryReceiptSid: documented(of("sid")),
  ChannelMessageSid: documented(of("channel_message_sid")),
  Status: documented(of("status")),
  ErrorCode: documented(({ body }) => (number(body, "error_code") || null)?.toString() ?? null),
  DateCreated: documented(created.value),
  DateUpdated: updated,
};

const user: Fields<Thing> = {
  ChatServiceSid: documented(of("chat_service_sid")),
  UserSid: documented(of("sid")),
  Identity: documented(of("identity")),
  FriendlyName: documented(of("friendly_name")),
  Attributes: documented(of("attributes")),
  RoleSid: documented(of("role_sid")),
};

/** Events about a user, by name. */
export const userFields = {
  onUserAdded: user,
  onUserUpdated: { ...user, DateUpdated: updated },
} satisfies Record<string, Fields<Thing>>;

export type ConversationEvent = keyof typeof conversationFields;
export type ParticipantEvent = keyof typeof participantFields;
export type MessageEvent = keyof typeof messageFields;
export type UserEvent = keyof typeof userFields;

/** What an event about a Conversation carries; one that is asked about brings what is known of it. */
export function conversationParameters(event: ConversationEvent, about: Thing): Parameters {
  return parametersOf(conversationFields[event], about);
}

/** What onConversationStateUpdated carries. */
export function stateParameters(conversation: StoredObject, from: string, reason: string): Parameters {
  return parametersOf(stateFields, { conversation, from, reason });
}

/** What an event about a participant carries. */
export function participantParameters(event: ParticipantEvent, about: Thing): Parameters {
  return parametersOf(participantFields[event], about);
}

/** What an event about a message carries; some of it is its Conversation's. */
export function messageParameters(event: MessageEvent, of: Thing, about: Thing): Parameters {
  const { sid = null, chat_service_sid = null, messaging_service_sid = null } = of.body;
  const body: Body = { ...about.body, conversation_sid: sid, chat_service_sid, messaging_service_sid };
  return parametersOf(messageFields[event], { body, hidden: about.hidden });
}

/** What onDeliveryUpdated carries. */
export function deliveryParameters(receipt: Thing): Parameters {
  return parametersOf(deliveryFields, receipt);
}

/** What an event about a user carries. */
export function userParameters(event: UserEvent, about: Thing): Parameters {
  return parametersOf(userFields[event], about);
}

/** A stored date as webhooks write it, `2026-01-31T12:00:00.310Z`; `ms` has what the stored one leaves out. */
function instant(date: string | null, ms: unknown): string | null {
  if (date === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date)) return date;
  const second = Date.parse(date);
  const isSame = typeof ms === "number" && Math.floor(ms / 1000) * 1000 === second;
  return new Date(isSame ? ms : second).toISOString();
}

/** A message's media as webhooks list them: names in other letters than the REST API's. */
function mediaOf({ body }: Thing): string | null {
  const media = bodiesOf(body["media"]);
  if (media.length === 0) return null;
  return JSON.stringify(
    media.map((each) => ({
      Sid: text(each, "sid"),
      Filename: textOrNull(each, "filename"),
      ContentType: text(each, "content_type"),
      Size: number(each, "size"),
    })),
  );
}
