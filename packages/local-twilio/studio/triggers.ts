/** What starts an Execution or moves one on: messages of Conversations, messages and calls to numbers. */
import type { EngineEvent } from "@support-line/studio";
import { inner, text } from "../fields.ts";
import { inboundParameters } from "../carrier/inbound-parameters.ts";
import { poolOf } from "../messaging/sender-pool.ts";
import { tokens as conversationTokens } from "../conversations/tokens.ts";
import { findCall } from "../voice/calls.ts";
import { isCallType } from "../voice/call-effects.ts";
import type { Body, CarrierMessage, Twilio } from "../product.ts";
import { loadEngine } from "./engine.ts";
import { startRun, tellRun, warn } from "./runner.ts";
import { findActiveRun, findRun } from "./runs.ts";
import { tokens } from "./tokens.ts";

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
  const parameters = inboundParameters(twilio, message, poolOf(twilio, message.to)?.sid ?? null);
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

/**
 * A call to a number whose webhook is the Flow's; false when none starts. A second call of somebody who is in an
 * Execution is ignored with 81002, unless the Flow allows concurrent calls:
 * https://www.twilio.com/docs/api/errors/81002
 */
export async function incomingCall(
  twilio: Twilio,
  flowSid: string,
  parameters: Readonly<Record<string, string>>,
): Promise<boolean> {
  await loadEngine();
  const { From: from = "", To: to = "", CallSid: callSid = "" } = parameters;
  const definition = inner(twilio.store.find(tokens.flow, flowSid)?.body ?? {}, "definition");
  const isConcurrent = inner(definition, "flags")["allow_concurrent_calls"] === true;
  const contact = isConcurrent ? `${from} ${callSid}` : from;
  const active = findActiveRun(twilio, flowSid, contact);
  if (active) {
    warn(
      twilio,
      active,
      81002,
      active.execution.state,
      "A second call of this contact came in; it is ignored",
    );
    return false;
  }
  const started = startRun(twilio, {
    flowSid,
    trigger: "incomingCall",
    contact,
    conversationSid: null,
    start: { channelAddress: to, contactAddress: from, trigger: { call: parameters } },
  });
  return started !== undefined;
}

/** Tells an Execution what happened on its call. After a hangup nothing on the call can be waited for any more. */
export function callEvent(twilio: Twilio, executionSid: string, event: EngineEvent): void {
  tellRun(twilio, executionSid, event);
  if (event.type !== "hungUp") return;
  const { execution } = findRun(twilio, executionSid) ?? {};
  const waiting = execution?.status === "active" ? execution.waiting : null;
  const isOfCall = waiting && (waiting.type === "redirect" || isCallType(waiting.type));
  if (isOfCall && waiting.type !== "makeCall") {
    tellRun(twilio, executionSid, { type: "stopped" });
  }
}

/**
 * TwiML gives its call or message back to the Flow that redirected it there (`FlowEvent=return`). What it brings along
 * stands under the widget. Nothing that waits for it: 81002.
 */
export async function redirectedBack(
  twilio: Twilio,
  flowSid: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  await loadEngine();
  const call = findCall(twilio, parameters["CallSid"] ?? "");
  const run = call
    ? findRun(twilio, call.executionSid ?? "")
    : findActiveRun(twilio, flowSid, parameters["From"] ?? "");
  if (run?.flowSid !== flowSid || run.execution.status !== "active") return;
  const { waiting, state } = run.execution;
  if (waiting?.type === "redirect") {
    tellRun(twilio, run.sid, { type: "returned", id: waiting.effect, parameters });
    return;
  }
  warn(twilio, run, 81002, state, `The widget ${state} waits for no TwiML to return; it is ignored`);
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
  if (twilio.settings.switches.channelAddress === "conversation") return conversationSid;
  const participant = twilio.store.find(conversationTokens.participant, text(message, "ParticipantSid"));
  const binding = participant ? inner(participant.body, "messaging_binding") : {};
  return text(binding, "proxy_address") || conversationSid;
}
