/** In which Conversations an identity or an address takes part, https://www.twilio.com/docs/conversations-classic/api/participant-conversation-resource */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { findUser } from "./user.ts";
import { defaultServiceSid, tokens } from "./tokens.ts";

export const participantConversation: Behaviour = {
  list(call) {
    const { twilio, query } = call;
    const { Identity: identity, Address: address } = query;
    if ((identity === undefined) === (address === undefined)) {
      throw new TwilioError(20001, { reason: "Either Identity or Address is needed" });
    }
    const serviceSid = call.path["ChatServiceSid"] ?? defaultServiceSid(twilio);
    const where = identity === undefined ? { "messaging_binding.address": address ?? "" } : { identity };
    return twilio.store
      .list(tokens.participant, { ChatServiceSid: serviceSid }, where)
      .map((participant) => shown(twilio, participant))
      .reverse();
  },
};

function shown(twilio: Twilio, participant: StoredObject): StoredObject {
  const { body } = participant;
  const conversationSid = text(body, "conversation_sid");
  const conversation = twilio.store.find(tokens.conversation, conversationSid)?.body ?? {};
  const serviceSid = text(body, "chat_service_sid");
  const identity = body["identity"] ?? null;
  const user = typeof identity === "string" ? findUser(twilio, serviceSid, identity) : undefined;
  const base = `https://conversations.twilio.com/v1/Services/${serviceSid}/Conversations/${conversationSid}`;
  const renamed: Body = Object.fromEntries(
    ["unique_name", "friendly_name", "attributes", "date_created", "date_updated", "state", "timers"].map(
      (name) => [`conversation_${name}`, conversation[name] ?? null],
    ),
  );
  return {
    ...participant,
    body: {
      account_sid: body["account_sid"] ?? null,
      chat_service_sid: serviceSid,
      participant_sid: participant.sid,
      participant_user_sid: user?.sid ?? null,
      participant_identity: identity,
      participant_messaging_binding: body["messaging_binding"] ?? null,
      conversation_sid: conversationSid,
      conversation_created_by: "system",
      ...renamed,
      links: { conversation: base, participant: `${base}/Participants/${participant.sid}` },
    },
  };
}
