/** Conversations that a Flow opens or goes on in: https://www.twilio.com/docs/studio/widget-library/start-conversation */
import type { Effect } from "@support-line/studio";
import { TwilioError } from "../errors.ts";
import type { Body, StoredObject, Twilio } from "../product.ts";
import { conversationAdded, newConversation, refuseClosed } from "./conversation.ts";
import { insertParticipant, participantAdded } from "./participant.ts";
import { insertScopedWebhook, refuseOneMore } from "./scoped-webhook.ts";
import { changeState } from "./state.ts";
import { tokens } from "./tokens.ts";

/** A Conversation whose messages reach a Flow by this webhook. */
export interface Opened {
  readonly conversation: StoredObject;
  readonly webhookSid: string;
}

/**
 * A new Conversation with its participants. Webhooks of the service stay silent, as with all that Studio does.
 *
 * @throws TwilioError as a REST call would: no such service, a pair in use, a wrong duration
 */
export function openConversation(
  twilio: Twilio,
  flowSid: string,
  effect: Extract<Effect, { type: "startConversation" }>,
): Opened {
  const { serviceSid, participants, friendlyName, attributes, messagingServiceSid, timers } = effect;
  if (!twilio.store.find(tokens.service, serviceSid)) throw new TwilioError(50350);
  const sid = twilio.sid("CH");
  const { body, hidden } = newConversation(twilio, serviceSid, sid, {
    ...(friendlyName === null ? {} : { FriendlyName: friendlyName }),
    ...(attributes === null ? {} : { Attributes: attributes }),
    ...(messagingServiceSid === null ? {} : { MessagingServiceSid: messagingServiceSid }),
    ...(timers["inactive"] === undefined ? {} : { "Timers.Inactive": timers["inactive"] }),
    ...(timers["closed"] === undefined ? {} : { "Timers.Closed": timers["closed"] }),
  });
  const conversation = twilio.store.insert({
    token: tokens.conversation,
    sid,
    parents: { ChatServiceSid: serviceSid },
    body,
    hidden,
  });
  conversationAdded(twilio, conversation, false);
  for (const party of participants) join(twilio, conversation, party);
  return connected(twilio, conversation, flowSid);
}

function join(
  twilio: Twilio,
  conversation: StoredObject,
  party: Extract<Effect, { type: "startConversation" }>["participants"][number],
): void {
  const input: Body =
    "identity" in party
      ? { Identity: party.identity }
      : { "MessagingBinding.Address": party.address, "MessagingBinding.ProxyAddress": party.proxyAddress };
  participantAdded(twilio, conversation, insertParticipant(twilio, conversation, input), false);
}

/**
 * A Conversation that there is.
 *
 * @throws TwilioError 50350 when it is not in that service, 50377 when it is closed, 50361 when it has no room for a webhook
 */
export function resumeConversation(
  twilio: Twilio,
  flowSid: string,
  { serviceSid, conversationSid, attributes }: Extract<Effect, { type: "resumeConversation" }>,
): Opened {
  const found = twilio.store.find(tokens.conversation, conversationSid, { ChatServiceSid: serviceSid });
  if (!found) throw new TwilioError(50350);
  refuseClosed(found);
  if (attributes === null) return connected(twilio, found, flowSid);
  const body = { ...found.body, attributes, date_updated: twilio.clock.iso() };
  return connected(twilio, twilio.store.replace(tokens.conversation, found.sid, body), flowSid);
}

/** The Execution is over, and its widget said that the Conversation is closed then. */
export function closeByStudio(twilio: Twilio, conversationSid: string): void {
  const conversation = twilio.store.find(tokens.conversation, conversationSid);
  if (conversation) changeState(twilio, conversation, "closed", "API");
}

function connected(twilio: Twilio, conversation: StoredObject, flowSid: string): Opened {
  refuseOneMore(twilio, conversation.sid);
  const { sid: webhookSid } = insertScopedWebhook(twilio, conversation, "studio", { flow_sid: flowSid });
  return { conversation, webhookSid };
}
