/** Participants, https://www.twilio.com/docs/conversations-classic/api/conversation-participant-resource */
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import { inner, text, textOrNull } from "../fields.ts";
import type { Behaviour, Body, Call, StoredObject, Twilio } from "../product.ts";
import { isSid } from "../sid.ts";
import { ask } from "./ask.ts";
import { readAttributes } from "./attributes.ts";
import { readBinding } from "./binding.ts";
import { conversationOf, refuseClosed } from "./conversation.ts";
import { notify, type Source } from "./notify.ts";
import { findPair, releasePairs, takePair } from "./pairs.ts";
import { participantParameters, type ParticipantEvent } from "./parameters.ts";
import { defaultParticipantRole } from "./role.ts";
import { tokens } from "./tokens.ts";
import { ensureUser, refuseLongIdentity } from "./user.ts";
import { webhooksEnabled } from "./webhook-enabled.ts";

const {
  attributes: mostAttributes,
  participants: mostParticipants,
  nonChat: mostNonChat,
} = limits.conversation;

/** Everybody in a Conversation, first come first. */
export function participantsOf(twilio: Twilio, conversationSid: string): StoredObject[] {
  return twilio.store.list(tokens.participant, { ConversationSid: conversationSid });
}

/** The participant who writes under this name: an identity, or an address of theirs. */
export function participantNamed(
  participants: readonly StoredObject[],
  author: string,
): StoredObject | undefined {
  return participants.find(
    ({ body }) => body["identity"] === author || inner(body, "messaging_binding")["address"] === author,
  );
}

/**
 * A new participant, once everything about it is right, with its pair taken.
 *
 * @throws TwilioError with Twilio's code: 50207, 50407 to 50433, 50303, 50304
 */
function newParticipant(
  twilio: Twilio,
  conversation: StoredObject,
  sid: string,
  input: Body,
): Pick<StoredObject, "body" | "hidden"> {
  refuseClosed(conversation);
  const serviceSid = text(conversation.body, "chat_service_sid");
  const identity = textOrNull(input, "Identity") || null;
  const binding = readBinding(twilio, input);
  if (identity === null && binding === null) {
    throw new TwilioError(50420, { reason: "neither Identity nor MessagingBinding.Address was given" });
  }
  refuseLongIdentity(identity);
  if (identity !== null && binding !== null) {
    throw new TwilioError(50420, { reason: "an SMS or WhatsApp participant has no Identity" });
  }
  const others = participantsOf(twilio, conversation.sid);
  if (others.length >= mostParticipants) throw new TwilioError(50417, { limit: mostParticipants });
  if (identity !== null) {
    if (others.some(({ body }) => body["identity"] === identity)) throw new TwilioError(50433);
  } else if (others.filter(({ body }) => body["messaging_binding"] !== null).length >= mostNonChat) {
    throw new TwilioError(50418, { limit: mostNonChat });
  }
  const attributes = readAttributes(input["Attributes"], mostAttributes);
  if (binding !== null) {
    const holder = findPair(twilio, text(binding, "address"), text(binding, "proxy_address"));
    if (holder) throw new TwilioError(50416, { conversation: holder.conversationSid });
    takePair(twilio, binding, { conversationSid: conversation.sid, participantSid: sid });
  }
  if (identity !== null) ensureUser(twilio, serviceSid, identity);
  const now = twilio.clock.iso();
  const body: Body = {
    sid,
    account_sid: twilio.settings.accountSid,
    chat_service_sid: serviceSid,
    conversation_sid: conversation.sid,
    identity,
    messaging_binding: binding,
    attributes,
    role_sid: textOrNull(input, "RoleSid") ?? defaultParticipantRole(twilio, serviceSid),
    last_read_message_index: null,
    last_read_timestamp: null,
    date_created: textOrNull(input, "DateCreated") ?? now,
    date_updated: textOrNull(input, "DateUpdated") ?? now,
  };
  return { body, hidden: { createdMs: twilio.clock.now() } };
}

/**
 * Stores a participant who joins otherwise than by the REST API's own create.
 *
 * @param input the parameters that a create would have
 * @throws TwilioError with Twilio's code: 50207, 50407 to 50433, 50303, 50304
 */
export function insertParticipant(twilio: Twilio, conversation: StoredObject, input: Body): StoredObject {
  const sid = twilio.sid("MB");
  return twilio.store.insert({
    token: tokens.participant,
    sid,
    parents: {
      ChatServiceSid: text(conversation.body, "chat_service_sid"),
      ConversationSid: conversation.sid,
    },
    ...newParticipant(twilio, conversation, sid, input),
  });
}

/** Tells of a participant who was just stored. */
export function participantAdded(
  twilio: Twilio,
  conversation: StoredObject,
  participant: StoredObject,
  webhooks: boolean,
  source: Source = "API",
): void {
  report(twilio, "participantAdded", participant);
  if (webhooks) tell(twilio, "onParticipantAdded", conversation, participant, source);
}

/** Tells of a participant who is gone. */
export function participantRemoved(twilio: Twilio, participant: StoredObject): void {
  report(twilio, "participantRemoved", participant);
}

export const participant: Behaviour = {
  async before(given) {
    const call = resolveIdentity(given);
    if (!webhooksEnabled(call) || call.operation === "fetch" || call.operation === "list") return call;
    const names = {
      create: "onParticipantAdd",
      update: "onParticipantUpdate",
      delete: "onParticipantRemove",
    } as const;
    const current = call.twilio.store.find(tokens.participant, call.path["Sid"] ?? "");
    const conversation = conversationOf(call);
    const name = names[call.operation];
    await ask(call.twilio, {
      name,
      serviceSid: text(conversation.body, "chat_service_sid"),
      source: "API",
      parameters: participantParameters(name, current ?? asked(conversation, call.input)),
    });
    return call;
  },
  create: (call, draft) => newParticipant(call.twilio, conversationOf(call), draft.sid, call.input),
  created(call, object) {
    participantAdded(call.twilio, conversationOf(call), object, webhooksEnabled(call));
  },
  update(call, current, draft) {
    refuseClosed(conversationOf(call));
    const { input } = call;
    // Twilio takes a binding at creation alone, whatever the value: https://www.twilio.com/docs/api/errors/50441
    if (Object.keys(input).some((name) => name.startsWith("MessagingBinding."))) throw new TwilioError(50441);
    const attributes =
      input["Attributes"] === undefined
        ? text(current.body, "attributes")
        : readAttributes(input["Attributes"], mostAttributes);
    return { body: { ...draft, attributes } };
  },
  updated(call, _, after) {
    if (webhooksEnabled(call)) tell(call.twilio, "onParticipantUpdated", conversationOf(call), after);
  },
  delete(call, object) {
    releasePairs(call.twilio, text(object.body, "conversation_sid"), object.sid);
  },
  deleted(call, object) {
    participantRemoved(call.twilio, object);
    if (webhooksEnabled(call)) tell(call.twilio, "onParticipantRemoved", conversationOf(call), object);
  },
  list: (_, objects) => objects,
};

/** A path may name a participant by identity. */
function resolveIdentity(call: Call): Call {
  const id = call.path["Sid"];
  if (id === undefined || isSid(id, "MB")) return call;
  const named = participantsOf(call.twilio, call.path["ConversationSid"] ?? "").find(
    ({ body }) => body["identity"] === id,
  );
  return named ? { ...call, path: { ...call.path, Sid: named.sid } } : call;
}

/** A participant as a webhook hears of one beforehand: without a SID. */
function asked(conversation: StoredObject, input: Body): Pick<StoredObject, "body" | "hidden"> {
  const body: Body = {
    conversation_sid: conversation.sid,
    chat_service_sid: text(conversation.body, "chat_service_sid"),
    identity: textOrNull(input, "Identity"),
    role_sid: textOrNull(input, "RoleSid"),
    attributes: textOrNull(input, "Attributes") ?? "{}",
    messaging_binding: {
      address: textOrNull(input, "MessagingBinding.Address"),
      proxy_address: textOrNull(input, "MessagingBinding.ProxyAddress"),
    },
  };
  return { body, hidden: {} };
}

function report(twilio: Twilio, what: string, { sid, body }: StoredObject): void {
  const binding = inner(body, "messaging_binding");
  twilio.events.append(`conversation.${what}`, text(body, "conversation_sid"), null, {
    participantSid: sid,
    identity: body["identity"] ?? null,
    address: binding["address"] ?? null,
    proxyAddress: binding["proxy_address"] ?? null,
  });
}

function tell(
  twilio: Twilio,
  name: ParticipantEvent,
  conversation: StoredObject,
  object: StoredObject,
  source: Source = "API",
): void {
  notify(twilio, { name, conversation, source, parameters: participantParameters(name, object) });
}
