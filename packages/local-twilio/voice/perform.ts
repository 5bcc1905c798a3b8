/** What an Execution wants done on its call. */
import type { CallEffect } from "@support-line/studio";
import { findOwnAddress } from "../api/addresses.ts";
import type { Twilio } from "../product.ts";
import {
  answeringOf,
  callbackOf,
  callOfExecution,
  findCall,
  isLive,
  saveCall,
  type VoiceCall,
} from "./calls.ts";
import { addLine, answer, ask, newCall, setStatus } from "./changes.ts";
import { endCall, endRinging } from "./ends.ts";
import { pickUp } from "./handset.ts";
import { arm } from "./timers.ts";

/**
 * Starts an effect, within the caller's transaction. `incomingSid` is the call that started the Execution. An
 * Execution whose call is over ends: nothing can be done on it any more.
 */
export function perform(twilio: Twilio, executionSid: string, incomingSid: string, effect: CallEffect): void {
  const call = callOfExecution(twilio, executionSid) ?? adopt(twilio, executionSid, incomingSid);
  if (effect.type === "makeCall") {
    makeCall(twilio, executionSid, effect);
    return;
  }
  if (!call || !isLive(call)) {
    const over = (): void => {
      twilio.services.studio.callEvent(executionSid, { type: "stopped" });
    };
    twilio.background(Promise.resolve().then(over));
    return;
  }
  doOnCall(twilio, call.status === "ringing" ? setStatus(twilio, call, "in-progress") : call, effect);
}

/** The call that came in belongs to the Execution from its first effect on. */
function adopt(twilio: Twilio, executionSid: string, incomingSid: string): VoiceCall | undefined {
  const call = findCall(twilio, incomingSid);
  if (!call || call.executionSid !== null) return undefined;
  const adopted = { ...call, executionSid };
  saveCall(twilio, adopted);
  return adopted;
}

function doOnCall(twilio: Twilio, given: VoiceCall, effect: CallEffect): void {
  const { id } = effect;
  const within = (seconds: number | null) =>
    seconds === null || seconds <= 0 ? null : twilio.clock.now() + seconds * 1000;
  const asks = (call: VoiceCall, due: number | null): void => {
    arm(twilio, ask(twilio, call, { effect, keys: "", heard: [], due }));
  };
  switch (effect.type) {
    case "say":
      answer(twilio, prompted(twilio, given, effect.prompt, effect.loop), { type: "played", id });
      return;
    case "gather":
      asks(prompted(twilio, given, effect.prompt, effect.loop), within(effect.timeoutSeconds));
      return;
    case "dial":
      dial(twilio, given, effect);
      return;
    case "enqueue": {
      const queue = effect.queueName ?? effect.workflowSid ?? "";
      asks(addLine(twilio, given, "note", `waits in ${queue}`), within(effect.timeoutSeconds));
      return;
    }
    case "recordVoicemail":
      asks(effect.playBeep ? addLine(twilio, given, "tones", "beep") : given, within(effect.timeoutSeconds));
      return;
    case "pay": {
      const text = `Card number, then #${effect.amount === null ? "" : ` (${effect.amount} ${effect.currency})`}`;
      asks(addLine(twilio, given, "says", text), within(effect.timeoutSeconds));
      return;
    }
    case "recordCall": {
      const call = addLine(
        twilio,
        given,
        "note",
        effect.record ? "the call is recorded" : "recording stopped",
      );
      const recording = {
        Sid: twilio.sid("RE"),
        CallSid: call.sid,
        Status: effect.record ? "in-progress" : "stopped",
      };
      answer(twilio, call, { type: "recordingChanged", id, succeeded: true, recording });
      return;
    }
    case "stream": {
      const call = addLine(
        twilio,
        given,
        "note",
        `stream ${effect.action} ${effect.url ?? effect.name ?? ""}`,
      );
      answer(twilio, call, { type: "streamChanged", id });
      return;
    }
    case "virtualAgent": {
      const call = addLine(twilio, given, "note", `no virtual agent ${effect.connector} is here`);
      const callback = callbackOf(twilio, call, { VirtualAgentStatus: "failed" });
      answer(twilio, call, { type: "agentEnded", id, outcome: "failed", call: callback });
      return;
    }
    case "conversationRelay": {
      const call = addLine(twilio, given, "note", `no relay to ${effect.url} from here`);
      const callback = callbackOf(twilio, call, { SessionStatus: "failed" });
      answer(twilio, call, { type: "relayEnded", id, succeeded: false, call: callback });
      return;
    }
    case "giveUpCall":
      giveUp(twilio, ask(twilio, given, { effect, keys: "", heard: [], due: null }));
      return;
    case "makeCall":
  }
}

/** The call goes on by TwiML, and the Execution has nothing more to do with it. */
export function giveUp(twilio: Twilio, { sid, executionSid, asked }: VoiceCall): void {
  if (asked?.effect.type !== "giveUpCall") return;
  const { twiml } = asked.effect;
  twilio.background(
    import("./twiml.ts").then(({ playTwiml }) => {
      twilio.store.transaction(() => {
        playTwiml(twilio, sid, twiml);
        if (executionSid !== null) twilio.services.studio.callEvent(executionSid, { type: "stopped" });
      });
    }),
  );
}

function prompted(
  twilio: Twilio,
  call: VoiceCall,
  prompt: Extract<CallEffect, { type: "say" }>["prompt"],
  loop: number,
): VoiceCall {
  const suffix = loop > 1 ? ` (${loop} times)` : "";
  if ("say" in prompt) return addLine(twilio, call, "says", prompt.say + suffix);
  if ("play" in prompt) return addLine(twilio, call, "plays", prompt.play + suffix);
  return addLine(twilio, call, "tones", prompt.digits);
}

function makeCall(
  twilio: Twilio,
  executionSid: string,
  effect: Extract<CallEffect, { type: "makeCall" }>,
): void {
  const { from, to } = effect;
  const call = newCall(twilio, {
    handset: to,
    from,
    to,
    direction: "outbound-api",
    executionSid,
    parentSid: null,
    madeBy: effect.id,
    ringsUntil: twilio.clock.now() + effect.timeoutSeconds * 1000,
  });
  if (!findOwnAddress(twilio, from) || !isAddress(to)) {
    endRinging(twilio, call, "failed");
    return;
  }
  ring(twilio, call);
}

function dial(twilio: Twilio, call: VoiceCall, effect: Extract<CallEffect, { type: "dial" }>): void {
  const shown = addLine(twilio, call, "note", `rings ${effect.to.join(", ")}`);
  const asking = ask(twilio, shown, { effect, keys: "", heard: [], due: null });
  if (effect.to.length === 0) {
    const callback = callbackOf(twilio, asking, { DialCallStatus: "failed" });
    answer(twilio, asking, { type: "dialEnded", id: effect.id, call: callback });
    return;
  }
  const legs = effect.to.map((to) =>
    newCall(twilio, {
      handset: to,
      from: effect.callerId ?? call.from,
      to,
      direction: "outbound-dial",
      executionSid: null,
      parentSid: call.sid,
      madeBy: null,
      ringsUntil: twilio.clock.now() + effect.timeoutSeconds * 1000,
    }),
  );
  for (const leg of legs) {
    // Whoever answers first ends the ringing of the others.
    const now = findCall(twilio, leg.sid);
    if (now?.status === "ringing") ring(twilio, now);
  }
}

/** The handset rings: it does what it was told to, else it waits for somebody. */
export function ring(twilio: Twilio, call: VoiceCall): void {
  const mode = answeringOf(twilio, call.handset);
  if (mode === "answers") pickUp(twilio, call);
  else if (mode === "busy" || mode === "failed") endRinging(twilio, call, mode);
  else if (mode === "noAnswer") endRinging(twilio, call, "no-answer");
  else arm(twilio, call);
}

function isAddress(to: string): boolean {
  return /^(?:\+?[1-9]\d{2,14}|(?:client|sip|sips):.+)$/.test(to);
}

/** An Execution is over: so is its call, even one that it has done nothing on. */
export function executionEnded(twilio: Twilio, executionSid: string, incomingSid: string): void {
  const call = callOfExecution(twilio, executionSid) ?? adopt(twilio, executionSid, incomingSid);
  if (call && isLive(call)) endCall(twilio, call);
}
