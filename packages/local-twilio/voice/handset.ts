/** What people do with their phones. */
import { findOwnAddress, ownerOf } from "../api/addresses.ts";
import { isActive } from "../http/authenticate.ts";
import { TwilioError } from "../errors.ts";
import { text as textAt } from "../fields.ts";
import type { Twilio } from "../product.ts";
import { callbackOf, callParameters, findCall, isLive, legsOf, saveCall, type VoiceCall } from "./calls.ts";
import { addLine, answer, newCall, setStatus } from "./changes.ts";
import { endCall, endRinging } from "./ends.ts";
import { keysDone, recordingDone, wordsDone } from "./inputs.ts";
import { arm } from "./timers.ts";

/** A Flow's webhook URL, https://www.twilio.com/docs/studio/widget-library/trigger-start */
const flowUrl = /^https?:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC[0-9a-f]{32}\/Flows\/(FW[0-9a-f]{32})$/i;
/** Digits of the shortest card number. */
const cardDigits = 13;

/**
 * A handset calls a number, of whichever account has it. Throws when none has, when nothing answers its calls, and when the
 * account is suspended.
 */
export async function callNumber(anybody: Twilio, handset: string, to: string): Promise<VoiceCall> {
  const twilio = ownerOf(anybody, to) ?? anybody;
  if (!isActive(twilio.accounts, twilio.settings.accountSid)) throw new TwilioError(10001);
  const own = findOwnAddress(twilio, to);
  if (!own) throw new TwilioError(21211, { to });
  const url = textAt(own.body, "voice_url");
  const call = twilio.store.transaction(() =>
    newCall(twilio, {
      handset,
      from: handset,
      to,
      direction: "inbound",
      executionSid: null,
      parentSid: null,
      madeBy: null,
      ringsUntil: null,
    }),
  );
  const flowSid = flowUrl.exec(url)?.[1];
  if (flowSid !== undefined) {
    const started = await twilio.services.studio.incomingCall(flowSid, callParameters(twilio, call));
    if (!started) refuse(twilio, call, "the Flow takes no call now");
  } else if (url === "") refuse(twilio, call, `${to} has no voice URL`);
  else {
    const { answerByWebhook } = await import("./twiml.ts");
    const method = textAt(own.body, "voice_method") === "GET" ? "GET" : "POST";
    twilio.background(answerByWebhook(twilio, call, url, method));
  }
  return findCall(twilio, call.sid) ?? call;
}

function refuse(twilio: Twilio, { sid }: VoiceCall, reason: string): void {
  twilio.store.transaction(() => {
    const call = findCall(twilio, sid);
    if (call && isLive(call)) endCall(twilio, addLine(twilio, call, "note", reason));
  });
}

/** Somebody answers a handset that rings. */
export function pickUp(twilio: Twilio, { sid }: VoiceCall): void {
  const ringing = findCall(twilio, sid);
  if (ringing?.status !== "ringing") return;
  const call = setStatus(twilio, ringing, "in-progress");
  if (call.parentSid === null) {
    follow(twilio, call);
    if (call.madeBy === null) return;
    const callback = callbackOf(twilio, call, { AnsweredBy: "human" });
    answer(twilio, call, { type: "callAnswered", id: call.madeBy, call: callback });
    return;
  }
  for (const other of legsOf(twilio, call.parentSid)) {
    if (other.status === "ringing") setStatus(twilio, other, "canceled");
  }
  const parent = findCall(twilio, call.parentSid);
  if (!parent) return;
  saveCall(twilio, { ...call, connected: parent.sid });
  const { asked } = parent;
  const limit = asked?.effect.type === "dial" ? asked.effect.timeLimitSeconds : null;
  const due = limit === null ? null : twilio.clock.now() + limit * 1000;
  const connected = { ...parent, connected: call.sid, asked: asked && { ...asked, due } };
  saveCall(twilio, connected);
  arm(twilio, connected);
}

/** What a call of the REST API is for is played to whoever answered. */
export function follow(twilio: Twilio, { sid, plan }: Pick<VoiceCall, "sid" | "plan">): void {
  if (plan === undefined) return;
  twilio.background(
    import("./twiml.ts").then(({ answerByWebhook, playTwiml }) => {
      if ("twiml" in plan) return twilio.store.transaction(() => playTwiml(twilio, sid, plan.twiml));
      const call = findCall(twilio, sid);
      return call && answerByWebhook(twilio, call, plan.url, plan.method);
    }),
  );
}

/** Somebody takes the first call out of a queue, or this one. */
export function takeFromQueue(twilio: Twilio, call: VoiceCall, handset: string): VoiceCall {
  const leg = newCall(twilio, {
    handset,
    from: call.from,
    to: handset,
    direction: "outbound-dial",
    executionSid: null,
    parentSid: call.sid,
    madeBy: null,
    ringsUntil: null,
  });
  pickUp(twilio, leg);
  return findCall(twilio, leg.sid) ?? leg;
}

/** Somebody does not want to answer. */
export function decline(twilio: Twilio, call: VoiceCall): void {
  if (call.status === "ringing" && call.direction !== "inbound") endRinging(twilio, call, "busy");
}

/** Keys are pressed: each counts by itself. */
export function press(twilio: Twilio, sid: string, keys: string): void {
  const first = findCall(twilio, sid);
  if (!first || first.status !== "in-progress") return;
  // What belongs to a payment is written down nowhere.
  const shown = first.asked?.effect.type === "pay" ? keys.replace(/\d/g, "x") : keys;
  heardByBoth(twilio, first, "keys", shown);
  for (const key of keys) {
    const call = findCall(twilio, sid);
    if (!call?.asked) return;
    pressOne(twilio, call, key);
  }
}

function pressOne(twilio: Twilio, call: VoiceCall, key: string): void {
  const { asked } = call;
  if (asked === null) return;
  const { effect } = asked;
  if (effect.type === "recordVoicemail") {
    const ends = effect.finishOnKey === "" ? false : effect.finishOnKey.includes(key);
    if (ends && asked.heard.length > 0) recordingDone(twilio, call, key);
    else if (ends) answer(twilio, call, { type: "timedOut", id: effect.id });
    return;
  }
  if (effect.type === "pay") {
    payment(twilio, call, asked.keys, key);
    return;
  }
  if (effect.type !== "gather") return;
  if (key === effect.finishOnKey) {
    if (asked.keys === "") answer(twilio, call, { type: "timedOut", id: effect.id });
    else keysDone(twilio, call, asked.keys);
    return;
  }
  const keys = asked.keys + key;
  if (keys.length === effect.numberOfDigits) {
    keysDone(twilio, call, keys);
    return;
  }
  again(twilio, call, { keys }, effect.timeoutSeconds);
}

function payment(twilio: Twilio, call: VoiceCall, keys: string, key: string): void {
  const { asked } = call;
  if (asked?.effect.type !== "pay") return;
  const { id, timeoutSeconds, maxAttempts } = asked.effect;
  if (key !== "#") {
    again(twilio, call, { keys: keys + key }, timeoutSeconds);
    return;
  }
  if (keys.length >= cardDigits) {
    const variables = callbackOf(twilio, call, {
      Result: "success",
      PaymentToken: twilio.sid("PT"),
      PaymentCardNumber: `xxxxxxxxxxxx${keys.slice(-4)}`,
    });
    answer(twilio, call, { type: "paid", id, outcome: "success", call: variables });
    return;
  }
  if (asked.attempts + 1 >= maxAttempts) {
    const variables = callbackOf(twilio, call, { Result: "too-many-failed-attempts" });
    answer(twilio, call, { type: "paid", id, outcome: "maxFailedAttempts", call: variables });
    return;
  }
  again(twilio, call, { keys: "", attempts: asked.attempts + 1 }, timeoutSeconds);
}

/** What was asked goes on, and its time starts anew. */
function again(
  twilio: Twilio,
  call: VoiceCall,
  more: Partial<NonNullable<VoiceCall["asked"]>>,
  seconds: number,
): void {
  if (call.asked === null) return;
  const after = { ...call, asked: { ...call.asked, ...more, due: twilio.clock.now() + seconds * 1000 } };
  saveCall(twilio, after);
  arm(twilio, after);
}

/** Somebody speaks: to a prompt, into a recording, or to whoever is connected. */
export function speak(twilio: Twilio, sid: string, words: string): void {
  const call = findCall(twilio, sid);
  if (call?.status !== "in-progress") return;
  const spoken = heardByBoth(twilio, call, "says", words);
  const { asked } = spoken;
  if (asked?.effect.type === "gather") wordsDone(twilio, spoken, words);
  if (asked?.effect.type === "recordVoicemail") {
    again(twilio, spoken, { heard: [...asked.heard, words] }, asked.effect.timeoutSeconds);
  }
}

function heardByBoth(twilio: Twilio, call: VoiceCall, kind: "says" | "keys", text: string): VoiceCall {
  const other = call.connected === null ? undefined : findCall(twilio, call.connected);
  if (other) addLine(twilio, other, kind, text, call.handset);
  return addLine(twilio, call, kind, text, call.handset);
}
