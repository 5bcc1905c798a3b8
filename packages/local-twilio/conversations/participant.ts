/** Participants, https://www.twilio.com/docs/conversations-classic/api/conversation-participant-resource */
import { TwilioError } from "../errors.ts";
import { inner, text, textOrNull } from "../fields.ts";
import type { Behaviour, Body, Call, StoredObject, Twilio } from "../product.ts";
import { isSid } from "../sid.ts";
import { ask } from "./ask.ts";
import { readAttributes } from "./attributes.ts";
import { readBinding } from "./binding.ts";
import { conversationOf, refuseClosed } from "./conversation.ts";
import { notify } from "./notify.ts";
import { findPair, releasePairs, takePair } from "./pairs.ts";
import { participantParameters } from "./parameters.ts";
import { defaultParticipantRole } from "./role.ts";
import { tokens } from "./tokens.ts";
import { ensureUser } from "./user.ts";
import { webhooksEnabled } from "./webhook-enabled.ts";

const attributesLimit = 4 * 1024;
/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const mostParticipants = 1000;
const mostNonChat = 50;

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
 * The body of a new participant, once everything about it is right, with its pair taken.
 *
 * @throws TwilioError with Twilio's code: 50407 to 50437, 50303, 50304
 */
export function newParticipant(twilio: Twilio, conversation: StoredObject, sid: string, input: Body): Body {
  refuseClosed(conversation);
  const serviceSid = text(conversation.body, "chat_service_sid");
  const identity = textOrNull(input, "Identity") || null;
  const binding = readBinding(twilio, input);
  if (identity === null && binding === null) throw new TwilioError(50437);
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
  const attributes = readAttributes(input["Attributes"], attributesLimit);
  if (binding !== null) {
    const holder = findPair(twilio, text(binding, "address"), text(binding, "proxy_address"));
    if (holder) throw new TwilioError(50416, { conversation: holder.conversationSid });
    takePair(twilio, binding, { conversationSid: conversation.sid, participantSid: sid });
  }
  if (identity !== null) ensureUser(twilio, serviceSid, identity);
  const now = twilio.clock.iso();
  return {
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
}

/** Tells of a participant who was just stored. */
export function participantAdded(
  twilio: Twilio,
  conversation: StoredObject,
  participant: StoredObject,
  webhooks: boolean,
): void {
  report(twilio, "participantAdded", participant);
  if (webhooks) tell(twilio, "onParticipantAdded", conversation, participant);
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
    await ask(call.twilio, {
      name: names[call.operation],
      serviceSid: text(conversation.body, "chat_service_sid"),
      source: "API",
      parameters: current ? participantParameters(current.body) : asked(conversation, call.input),
    });
    return call;
  },
  create: (call, draft) => ({
    body: newParticipant(call.twilio, conversationOf(call), draft.sid, call.input),
  }),
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
        : readAttributes(input["Attributes"], attributesLimit);
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

function asked(conversation: StoredObject, input: Body): Record<string, string> {
  const names = ["Identity", "MessagingBinding.Address", "MessagingBinding.ProxyAddress", "Attributes"];
  return {
    ConversationSid: conversation.sid,
    ChatServiceSid: text(conversation.body, "chat_service_sid"),
    ...Object.fromEntries(
      names.flatMap((name) => (textOrNull(input, name) === null ? [] : [[name, text(input, name)]])),
    ),
  };
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

function tell(twilio: Twilio, name: string, conversation: StoredObject, object: StoredObject): void {
  const parameters = participantParameters(object.body);
  notify(twilio, { name, conversation, source: "API", parameters });
}
