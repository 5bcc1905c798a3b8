/** What happens on a call when nobody does anything: it stops ringing, an input is over, a recording ends. */
import type { Twilio } from "../product.ts";
import { callbackOf, findCall, type VoiceCall } from "./calls.ts";
import { answer } from "./changes.ts";
import { endRinging, hangUp } from "./ends.ts";
import { keysDone, recordingDone } from "./inputs.ts";

/** Has the clock end what the call waits for. What came first has changed it, and the time-out passes. */
export function arm(twilio: Twilio, { sid, asked, ringsUntil }: VoiceCall): void {
  if (ringsUntil !== null) {
    twilio.clock.at(ringsUntil, () => {
      const call = findCall(twilio, sid);
      if (call?.status !== "ringing") return;
      twilio.store.transaction(() => endRinging(twilio, call, "no-answer"));
    });
  }
  const due = asked?.due ?? null;
  if (asked === null || due === null) return;
  twilio.clock.at(due, () => {
    const call = findCall(twilio, sid);
    if (call?.asked?.due !== due || call.asked.effect.id !== asked.effect.id) return;
    twilio.store.transaction(() => tooLate(twilio, call));
  });
}

function tooLate(twilio: Twilio, call: VoiceCall): void {
  const { asked } = call;
  if (asked === null) return;
  const { effect, keys, heard } = asked;
  const { id } = effect;
  switch (effect.type) {
    case "gather":
      if (keys === "") answer(twilio, call, { type: "timedOut", id });
      else keysDone(twilio, call, keys);
      return;
    case "recordVoicemail":
      if (heard.length === 0) answer(twilio, call, { type: "timedOut", id });
      else recordingDone(twilio, call, "");
      return;
    case "enqueue":
      answer(twilio, call, {
        type: "dequeued",
        id,
        outcome: "failedToEnqueue",
        call: callbackOf(twilio, call, { QueueResult: "system-error" }),
      });
      return;
    case "pay":
      answer(twilio, call, {
        type: "paid",
        id,
        outcome: "maxFailedAttempts",
        call: callbackOf(twilio, call, { Result: "too-many-failed-attempts" }),
      });
      return;
    case "dial":
      hangUp(twilio, call.connected ?? "");
      return;
    default:
  }
}
