/** What starts an Execution or moves one on: messages of Conversations, messages to numbers. */
import { inner, text } from "../fields.ts";
import { inboundParameters } from "../carrier/sms-webhook.ts";
import { tokens as conversationTokens } from "../conversations/tokens.ts";
import type { Body, CarrierMessage, Twilio } from "../product.ts";
import { loadEngine } from "./engine.ts";
import { startRun, tellRun } from "./runner.ts";
import { findActiveRun, findRun } from "./runs.ts";

/** A message in a Conversation that a studio webhook connects to a Flow. Whoever writes moves the same Execution on. */
export async function conversationMessage(
  twilio: Twilio,
  flowSid: string,
  conversationSid: string,
  message: Body,
): Promise<void> {
  await loadEngine();
  const active = findActiveRun(twilio, flowSid, conversationSid);
  if (active) {
    tellRun(twilio, active.sid, { type: "replied", message, conversation: message });
    return;
  }
  startRun(twilio, {
    flowSid,
    trigger: "incomingConversationMessage",
    contact: conversationSid,
    conversationSid,
    start: {
      channelAddress: channelAddress(twilio, conversationSid, message),
      contactAddress: text(message, "Author"),
      trigger: { conversation: message },
    },
  });
}

/** A message to a number whose webhook is the Flow's. */
export async function incomingMessage(
  twilio: Twilio,
  flowSid: string,
  message: CarrierMessage,
): Promise<void> {
  await loadEngine();
  const parameters = inboundParameters(twilio, message);
  const active = findActiveRun(twilio, flowSid, message.from);
  if (active) {
    tellRun(twilio, active.sid, { type: "replied", message: parameters });
    return;
  }
  startRun(twilio, {
    flowSid,
    trigger: "incomingMessage",
    contact: message.from,
    conversationSid: null,
    start: {
      channelAddress: message.to,
      contactAddress: message.from,
      trigger: { message: parameters },
    },
  });
}

/** The message that asks for the reply which is awaited did not arrive: Send & Wait leaves by deliveryFailure. */
export function messageUndelivered(
  twilio: Twilio,
  executionSid: string,
  messageSid: string,
  errorCode: number,
): void {
  const { waiting, gathered } = findRun(twilio, executionSid)?.execution ?? {};
  const outbound = gathered?.["outbound"];
  const asked = typeof outbound === "object" && outbound !== null && "Sid" in outbound && outbound["Sid"];
  if (waiting?.type !== "waitForReply" || asked !== messageSid) return;
  const message = "The message was not delivered";
  tellRun(twilio, executionSid, {
    type: "messageFailed",
    id: waiting.effect,
    error: { code: errorCode, message },
  });
}

/** Nobody says what `flow.channel.address` is in a Conversation; a chat participant has no proxy address. */
function channelAddress(twilio: Twilio, conversationSid: string, message: Body): string {
  if (twilio.settings.unknowns.channelAddress === "conversation") return conversationSid;
  const participant = twilio.store.find(conversationTokens.participant, text(message, "ParticipantSid"));
  const binding = participant ? inner(participant.body, "messaging_binding") : {};
  return text(binding, "proxy_address") || conversationSid;
}
