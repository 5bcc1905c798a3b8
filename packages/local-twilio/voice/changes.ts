/** How calls change: lines, answers to what an Execution asked, the end. Everything is written before it is told. */
import { isoOf } from "../calendar.ts";
import type { CallEvent } from "@support-line/studio";
import type { Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { enqueue } from "../webhooks/queues.ts";
import {
  callParameters,
  findCall,
  saveCall,
  type Asked,
  type CallStatus,
  type Line,
  type VoiceCall,
} from "./calls.ts";

/** Something is said, played or pressed: a line of the call, and an event. */
export function addLine(
  twilio: Twilio,
  call: VoiceCall,
  kind: Line["kind"],
  text: string,
  from = "twilio",
): VoiceCall {
  const line: Line = { at: twilio.clock.iso(), from, kind, text };
  const after = { ...call, lines: [...call.lines, line] };
  saveCall(twilio, after);
  twilio.events.append(`call.${kind}`, call.sid, call.executionSid, { handset: call.handset, from, text });
  return after;
}

/** The call is asked for something, with a time limit or without. */
export function ask(
  twilio: Twilio,
  call: VoiceCall,
  asked: Omit<Asked, "attempts"> & { attempts?: number },
): VoiceCall {
  const after = { ...call, asked: { attempts: 0, ...asked } };
  saveCall(twilio, after);
  const until = asked.due === null ? null : isoOf(asked.due);
  const { handset, sid, executionSid } = call;
  twilio.events.append("call.asked", sid, executionSid, { handset, for: asked.effect.type, until });
  return after;
}

/** Nothing is asked any more: the Execution is told what came of it, once this is written. */
export function answer(twilio: Twilio, call: VoiceCall, event: CallEvent | TimedOut): VoiceCall {
  const after = { ...call, asked: null, untold: [...call.untold, event as CallEvent] };
  saveCall(twilio, after);
  tellSoon(twilio, call.sid);
  return after;
}

export interface TimedOut {
  readonly type: "timedOut";
  readonly id: string;
}

/** Has the Execution told what it does not know yet, apart from whatever goes on right now. */
export function tellSoon(twilio: Twilio, sid: string): void {
  twilio.background(
    Promise.resolve().then(() => {
      twilio.store.transaction(() => {
        const call = findCall(twilio, sid);
        if (!call || call.untold.length === 0) return;
        saveCall(twilio, { ...call, untold: [] });
        if (call.executionSid === null) return;
        for (const event of call.untold) twilio.services.studio.callEvent(call.executionSid, event);
      });
    }),
  );
}

/** The status of a call changes; `call.<status>` says so. */
export function setStatus(twilio: Twilio, call: VoiceCall, status: CallStatus): VoiceCall {
  const isAnswer = status === "in-progress";
  const after: VoiceCall = {
    ...call,
    status,
    ringsUntil: null,
    answeredAt: isAnswer ? twilio.clock.now() : call.answeredAt,
    ...(isAnswer ? {} : { connected: null, asked: null }),
  };
  saveCall(twilio, after);
  tellStatus(twilio, after);
  const { handset, from, to, direction, parentSid } = call;
  twilio.events.append(`call.${status}`, call.sid, call.executionSid, {
    handset,
    from,
    to,
    direction,
    parentSid,
  });
  return after;
}

/** Tells whoever a call of the REST API named how it goes on: https://www.twilio.com/docs/voice/api/call-resource#statuscallback */
export function tellStatus(twilio: Twilio, call: VoiceCall): void {
  const { callback, status } = call;
  const event = status === "in-progress" ? "answered" : status === "ringing" ? "ringing" : "completed";
  if (callback === undefined || !callback.events.includes(event)) return;
  const { url, method } = callback;
  const parameters = { ...callParameters(twilio, call), CallbackSource: "call-progress-events" };
  enqueue(twilio, `call:${call.sid}`, async () => {
    await callWebhook(twilio, { url, method, parameters, timeoutMs: 15_000 });
  });
}

/** A new call, which rings. */
export function newCall(
  twilio: Twilio,
  given: Pick<
    VoiceCall,
    | "handset"
    | "from"
    | "to"
    | "direction"
    | "executionSid"
    | "parentSid"
    | "madeBy"
    | "ringsUntil"
    | "plan"
    | "callback"
  >,
): VoiceCall {
  const call: VoiceCall = {
    ...given,
    sid: twilio.sid("CA"),
    status: "ringing",
    asked: null,
    connected: null,
    answeredAt: null,
    lines: [],
    untold: [],
  };
  return setStatusNew(twilio, call);
}

function setStatusNew(twilio: Twilio, call: VoiceCall): VoiceCall {
  saveCall(twilio, call);
  const { handset, from, to, direction, parentSid } = call;
  twilio.events.append("call.ringing", call.sid, call.executionSid, {
    handset,
    from,
    to,
    direction,
    parentSid,
  });
  return call;
}
