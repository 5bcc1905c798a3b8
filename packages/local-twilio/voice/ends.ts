/** How calls end: nobody answers, somebody hangs up, the Flow is over. */
import type { Twilio } from "../product.ts";
import { callbackOf, findCall, isLive, legsOf, saveCall, type VoiceCall } from "./calls.ts";
import { answer, setStatus, tellSoon } from "./changes.ts";
import { recordingOf } from "./inputs.ts";

type NoAnswer = "busy" | "no-answer" | "failed" | "canceled";

const outcomes = { busy: "busy", "no-answer": "noAnswer", canceled: "noAnswer", failed: "failed" } as const;

/** A call that rang is not answered. Whoever waits for it learns why. */
export function endRinging(twilio: Twilio, call: VoiceCall, status: NoAnswer): void {
  const after = setStatus(twilio, call, status);
  if (after.parentSid !== null) {
    legEnded(twilio, after);
    return;
  }
  if (after.madeBy === null) return;
  answer(twilio, after, {
    type: "callNotAnswered",
    id: after.madeBy,
    outcome: outcomes[status],
    call: callbackOf(twilio, after),
  });
}

/** Somebody on the call hangs up. */
export function hangUp(twilio: Twilio, sid: string): void {
  const call = findCall(twilio, sid);
  if (!call || !isLive(call)) return;
  if (call.status === "ringing" && call.direction !== "inbound") {
    endRinging(twilio, call, "busy");
    return;
  }
  const { asked } = call;
  const ended = setStatus(twilio, call, "completed");
  if (ended.parentSid !== null) {
    legEnded(twilio, ended);
    return;
  }
  for (const leg of legsOf(twilio, sid).filter(isLive)) {
    setStatus(twilio, leg, leg.status === "ringing" ? "canceled" : "completed");
  }
  if (call.executionSid === null) return;
  if (asked?.effect.type === "enqueue") {
    const variables = callbackOf(twilio, ended, { QueueResult: "hangup" });
    answer(twilio, ended, {
      type: "dequeued",
      id: asked.effect.id,
      outcome: "callComplete",
      call: variables,
    });
    return;
  }
  const recorded = asked?.effect.type === "recordVoicemail" && asked.heard.length > 0;
  const more = recorded ? recordingOf(twilio, call) : {};
  const event = { type: "hungUp", call: callbackOf(twilio, ended, more) } as const;
  saveCall(twilio, { ...ended, untold: [...ended.untold, event] });
  tellSoon(twilio, sid);
}

/** Twilio hangs up: the Flow is over, or its call was ended over REST. */
export function endCall(twilio: Twilio, call: VoiceCall): void {
  for (const leg of legsOf(twilio, call.sid).filter(isLive)) setStatus(twilio, leg, "completed");
  setStatus(
    twilio,
    call,
    call.status === "ringing" && call.direction !== "inbound" ? "canceled" : "completed",
  );
}

/** One of those that were rung is no longer there: when none is left, the dialling is over. */
function legEnded(twilio: Twilio, leg: VoiceCall): void {
  const parent = findCall(twilio, leg.parentSid ?? "");
  const asked = parent?.asked;
  if (!parent || !asked || legsOf(twilio, parent.sid).some(isLive)) return;
  const seconds = leg.answeredAt === null ? null : Math.round((twilio.clock.now() - leg.answeredAt) / 1000);
  const variables = callbackOf(twilio, parent, {
    DialCallStatus: leg.status,
    DialCallSid: leg.sid,
    ...(seconds === null ? {} : { DialCallDuration: String(seconds), DialBridged: "true" }),
  });
  const { id, type } = asked.effect;
  const apart = { ...parent, connected: null };
  if (type === "enqueue") {
    const queue = { ...variables, QueueResult: "bridged" };
    answer(twilio, apart, { type: "dequeued", id, outcome: "callComplete", call: queue });
    return;
  }
  answer(twilio, apart, { type: "dialEnded", id, call: variables });
}
