/** The Conversations of a user, with what they have read; https://www.twilio.com/docs/conversations-classic/api/user-conversation-resource */
import { notFound } from "../http/engine.ts";
import { renderBody } from "../http/render.ts";
import { number, text } from "../fields.ts";
import type { Behaviour, Body, Call, StoredObject, Twilio } from "../product.ts";
import { tokens } from "./tokens.ts";

/** Seen through the participant that the user is: nothing is stored for it. */
export const userConversation: Behaviour = {
  instead: {
    fetch: (call) => ({ body: rendered(call, participantOf(call)) }),
    update(call) {
      const { twilio, input } = call;
      const participant = participantOf(call);
      const read = input["LastReadMessageIndex"];
      const level = input["NotificationLevel"];
      const body: Body = { ...participant.body, date_updated: twilio.clock.iso() };
      if (read !== undefined) body["last_read_message_index"] = read;
      const hidden: Body = { ...participant.hidden };
      if (level !== undefined) hidden["notificationLevel"] = level;
      return {
        body: rendered(call, twilio.store.replace(tokens.participant, participant.sid, body, hidden)),
      };
    },
    delete(call) {
      call.twilio.store.remove(tokens.participant, participantOf(call).sid);
      return { body: {} };
    },
  },
  list: (call) => participantsOf(call).map((participant) => shown(call, participant)),
};

function participantsOf({ twilio, path }: Call): StoredObject[] {
  const user = twilio.store.find(tokens.user, path["UserSid"] ?? "");
  if (!user) return [];
  const serviceSid = text(user.body, "chat_service_sid");
  const identity = text(user.body, "identity");
  return twilio.store.list(tokens.participant, { ChatServiceSid: serviceSid }, { identity });
}

function participantOf(call: Call): StoredObject {
  const { ConversationSid: conversation } = call.path;
  const participant = participantsOf(call).find(({ body }) => body["conversation_sid"] === conversation);
  if (!participant) throw notFound(call);
  return participant;
}

function rendered(call: Call, participant: StoredObject): Body {
  const object = shown(call, participant);
  return renderBody(call.resource, object.body, object);
}

function shown(call: Call, participant: StoredObject): StoredObject {
  const { twilio, path } = call;
  const conversation = conversationOf(twilio, participant);
  const { body, hidden } = participant;
  const read = body["last_read_message_index"] ?? null;
  const base = `https://conversations.twilio.com/v1/Services/${text(body, "chat_service_sid")}`;
  const conversationPath = `${base}/Conversations/${text(body, "conversation_sid")}`;
  return {
    ...participant,
    sid: text(body, "conversation_sid"),
    parents: { ...participant.parents, UserSid: path["UserSid"] ?? "" },
    body: {
      account_sid: body["account_sid"] ?? null,
      chat_service_sid: body["chat_service_sid"] ?? null,
      conversation_sid: body["conversation_sid"] ?? null,
      participant_sid: participant.sid,
      user_sid: path["UserSid"] ?? null,
      last_read_message_index: read,
      unread_messages_count:
        read === null ? null : number(conversation.hidden, "nextIndex") - 1 - Number(read),
      friendly_name: conversation.body["friendly_name"] ?? null,
      unique_name: conversation.body["unique_name"] ?? null,
      conversation_state: conversation.body["state"] ?? null,
      timers: conversation.body["timers"] ?? {},
      attributes: conversation.body["attributes"] ?? "{}",
      created_by: "system",
      notification_level: hidden["notificationLevel"] ?? "default",
      date_created: body["date_created"] ?? null,
      date_updated: body["date_updated"] ?? null,
      links: {
        conversation: conversationPath,
        participant: `${conversationPath}/Participants/${participant.sid}`,
      },
    },
  };
}

function conversationOf(twilio: Twilio, participant: StoredObject): Pick<StoredObject, "body" | "hidden"> {
  const found = twilio.store.find(tokens.conversation, text(participant.body, "conversation_sid"));
  return found ?? { body: {}, hidden: {} };
}
