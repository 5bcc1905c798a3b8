/**
 * A message from a handset: to the open Conversation of its pair of addresses, else to a new one where the address
 * is configured to make it. https://www.twilio.com/docs/conversations-classic/inbound-autocreation
 */
import { inner, text, texts } from "../fields.ts";
import { TwilioError } from "../errors.ts";
import type { CarrierMessage, StoredObject, Twilio } from "../product.ts";
import { inOrder } from "../webhooks/queues.ts";
import { findAddressConfiguration } from "./address-configuration.ts";
import { ask } from "./ask.ts";
import { askedConversation, conversationAdded, findConversation, newConversation } from "./conversation.ts";
import {
  askedMessage,
  changedMessage,
  insertMessage,
  keptMedia,
  messageAdded,
  type NewMessage,
} from "./message.ts";
import type { Source } from "./notify.ts";
import { findPair, type PairHolder } from "./pairs.ts";
import { conversationParameters } from "./parameters.ts";
import { insertParticipant, participantAdded } from "./participant.ts";
import { insertScopedWebhook } from "./scoped-webhook.ts";
import { changeState } from "./state.ts";
import { defaultServiceSid, tokens } from "./tokens.ts";

/** Takes a message if it can; false leaves it to the number's own webhook. One pair's messages are taken in order. */
export function takeInbound(twilio: Twilio, message: CarrierMessage): Promise<boolean> {
  return inOrder(twilio, `inbound:${message.from}:${message.to}`, () => take(twilio, message));
}

async function take(twilio: Twilio, message: CarrierMessage): Promise<boolean> {
  const source: Source = message.from.startsWith("whatsapp:") ? "WHATSAPP" : "SMS";
  const holder = findPair(twilio, message.from, message.to);
  if (holder) {
    await addInbound(twilio, holder, message, source);
    return true;
  }
  const configuration = findAddressConfiguration(twilio, message.to);
  const autoCreation = configuration ? inner(configuration.body, "auto_creation") : {};
  if (!configuration || autoCreation["enabled"] !== true) return false;
  const serviceSid = text(autoCreation, "conversation_service_sid") || defaultServiceSid(twilio);
  if (!twilio.store.find(tokens.service, serviceSid)) {
    const reason = `its address configuration names the service ${serviceSid}, which is gone`;
    twilio.events.append("conversation.notCreated", configuration.sid, null, { to: message.to, reason });
    return false;
  }
  await autoCreate(twilio, serviceSid, autoCreation, message, source);
  return true;
}

/** Adds the message to its Conversation, unless a webhook forbids it. */
async function addInbound(
  twilio: Twilio,
  holder: PairHolder,
  message: CarrierMessage,
  source: Source,
): Promise<void> {
  const asked = await askAbout(twilio, holder, message, source);
  if (asked === null) return;
  twilio.store.transaction(() => {
    const conversation = findConversation(twilio, holder.conversationSid);
    messageAdded(twilio, insertMessage(twilio, conversation, asked), source, true);
  });
}

/** The message as the webhooks want it; null when they forbid it. */
async function askAbout(
  twilio: Twilio,
  holder: PairHolder,
  message: CarrierMessage,
  source: Source,
): Promise<NewMessage | null> {
  const { from: author, body, media } = message;
  const conversation = findConversation(twilio, holder.conversationSid);
  const serviceSid = text(conversation.body, "chat_service_sid");
  const { participantSid } = holder;
  const uploaded = media.map((each) => keptMedia(twilio, serviceSid, each));
  try {
    const changes = await ask(twilio, {
      name: "onMessageAdd",
      serviceSid,
      source,
      parameters: askedMessage(twilio, conversation, { author, body, uploaded, participantSid }),
    });
    return {
      author,
      body,
      uploaded,
      participantSid,
      channelMessageSid: message.sid,
      ...changedMessage(changes),
    };
  } catch (error) {
    if (!(error instanceof TwilioError) || error.code !== 50107) throw error;
    twilio.events.append("message.rejected", message.sid, conversation.sid, { from: author });
    return null;
  }
}

/**
 * Opens a Conversation for the pair, with its webhook, before the message is added: what follows from the message
 * (an Execution) finds everything in place. The order of events was seen live.
 */
async function autoCreate(
  twilio: Twilio,
  serviceSid: string,
  autoCreation: StoredObject["body"],
  message: CarrierMessage,
  source: Source,
): Promise<void> {
  const { store } = twilio;
  const binding = { address: message.from, proxy_address: message.to };
  const asked = askedConversation(twilio, serviceSid, {});
  const changes = await ask(twilio, {
    name: "onConversationAdd",
    serviceSid,
    source,
    parameters: conversationParameters("onConversationAdd", {
      ...asked,
      body: { ...asked.body, messaging_binding: binding, message_body: message.body },
    }),
  });
  const friendlyName = changes["friendly_name"] ?? null;
  const holder = store.transaction(() => {
    const sid = twilio.sid("CH");
    const made = newConversation(twilio, serviceSid, sid, { FriendlyName: friendlyName });
    const opened = store.insert({
      token: tokens.conversation,
      sid,
      parents: { ChatServiceSid: serviceSid },
      body: { ...made.body, state: "initializing" },
      hidden: made.hidden,
    });
    const joined = insertParticipant(twilio, opened, {
      "MessagingBinding.Address": message.from,
      "MessagingBinding.ProxyAddress": message.to,
    });
    attachWebhook(twilio, opened, autoCreation);
    conversationAdded(twilio, opened, true, { source, binding });
    participantAdded(twilio, opened, joined, true, source);
    return { conversationSid: sid, participantSid: joined.sid };
  });
  await addInbound(twilio, holder, message, source);
  changeState(twilio, findConversation(twilio, holder.conversationSid), "active", "EVENT");
}

function attachWebhook(twilio: Twilio, conversation: StoredObject, autoCreation: StoredObject["body"]): void {
  const type = autoCreation["type"];
  if (type === "studio") {
    insertScopedWebhook(twilio, conversation, type, { flow_sid: text(autoCreation, "studio_flow_sid") });
  } else if (type === "webhook") {
    insertScopedWebhook(twilio, conversation, type, {
      url: text(autoCreation, "webhook_url"),
      method: text(autoCreation, "webhook_method"),
      filters: texts(autoCreation, "webhook_filters"),
    });
  }
}
