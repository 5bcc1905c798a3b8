/** Calls that the REST API starts, and new TwiML for those that go on: https://www.twilio.com/docs/voice/api/call-resource */
import { findOwnAddress } from "../api/addresses.ts";
import { TwilioError } from "../errors.ts";
import { text, texts } from "../fields.ts";
import type { Body, Call, Twilio } from "../product.ts";
import { saveCall, type CallPlan, type StatusCallback, type VoiceCall } from "./calls.ts";
import { newCall, tellStatus } from "./changes.ts";
import { follow } from "./handset.ts";
import { ring } from "./perform.ts";

/** https://www.twilio.com/docs/voice/api/call-resource#timeout */
const usualTimeout = 60;

/**
 * Calls somebody. Whoever answers hears the TwiML that is given, or that the URL answers with.
 *
 * @throws TwilioError 21211 for a wrong To, 21210 for a From that is not one of the account's, 21205 without TwiML
 */
export function startCall({ twilio, input }: Call): VoiceCall {
  const [to, from] = [text(input, "To"), text(input, "From")];
  if (!/^(?:\+?[1-9]\d{2,14}|(?:client|sip|sips):.+)$/.test(to)) throw new TwilioError(21211, { to });
  if (!findOwnAddress(twilio, from)) throw new TwilioError(21210, { from });
  const plan = planOf(input);
  if (plan === null) throw new TwilioError(21205, { url: text(input, "Url") });
  const callback = callbackOf(input);
  const seconds = Number(input["Timeout"] ?? usualTimeout);
  return twilio.store.transaction(() => {
    const call = newCall(twilio, {
      handset: to,
      from,
      to,
      direction: "outbound-api",
      executionSid: null,
      parentSid: null,
      madeBy: null,
      ringsUntil: twilio.clock.now() + seconds * 1000,
      plan,
      ...(callback === undefined ? {} : { callback }),
    });
    tellStatus(twilio, call);
    ring(twilio, call);
    return call;
  });
}

/** What is to be played; null when nothing usable is said. */
export function planOf(input: Body): CallPlan | null {
  const twiml = text(input, "Twiml");
  if (twiml !== "") return { twiml };
  const url = text(input, "Url");
  return URL.canParse(url) ? { url, method: methodOf(input, "Method") } : null;
}

/** A call that goes on is played something else; a Flow that had it has it no more. */
export function redirectCall(twilio: Twilio, call: VoiceCall, plan: CallPlan): void {
  twilio.store.transaction(() => {
    saveCall(twilio, { ...call, executionSid: null, asked: null, connected: null, plan });
    if (call.executionSid !== null) twilio.services.studio.callEvent(call.executionSid, { type: "stopped" });
  });
  follow(twilio, { sid: call.sid, plan });
}

function callbackOf(input: Body): StatusCallback | undefined {
  const url = text(input, "StatusCallback");
  if (!URL.canParse(url)) return undefined;
  const asked = texts(input, "StatusCallbackEvent");
  const events = asked.length > 0 ? asked : ["completed"];
  return { url, method: methodOf(input, "StatusCallbackMethod"), events };
}

function methodOf(input: Body, name: string): "GET" | "POST" {
  return text(input, name).toUpperCase() === "GET" ? "GET" : "POST";
}
