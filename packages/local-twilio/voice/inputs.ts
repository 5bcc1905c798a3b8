/** Keys and words that complete what a call was asked for. */
import type { Twilio } from "../product.ts";
import { callbackOf, type VoiceCall } from "./calls.ts";
import { answer } from "./changes.ts";

/** The keys that were asked for are all there. */
export function keysDone(twilio: Twilio, call: VoiceCall, digits: string): void {
  if (call.asked === null) return;
  const { id } = call.asked.effect;
  const callback = callbackOf(twilio, call, { Digits: digits, msg: "Gather End" });
  answer(twilio, call, { type: "keysPressed", id, digits, call: callback });
}

/** What a caller said where words were asked for. Text is heard without a mistake. */
export function wordsDone(twilio: Twilio, call: VoiceCall, text: string): void {
  if (call.asked === null) return;
  const { id } = call.asked.effect;
  answer(twilio, call, { type: "spoken", id, text, confidence: 1, call: callbackOf(twilio, call) });
}

/** The recording is over; `key` is the key that ended it. */
export function recordingDone(twilio: Twilio, call: VoiceCall, key: string): void {
  if (call.asked === null) return;
  const { id } = call.asked.effect;
  const variables = callbackOf(twilio, call, { ...recordingOf(twilio, call), Digits: key });
  answer(twilio, call, { type: "recorded", id, call: variables });
}

/** What a recording leaves behind. Its text stands in for the audio. */
export function recordingOf(twilio: Twilio, { asked }: VoiceCall): Record<string, string> {
  const text = (asked?.heard ?? []).join("\n");
  const sid = twilio.sid("RE");
  const { accountSid } = twilio.settings;
  return {
    RecordingSid: sid,
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`,
    RecordingDuration: String(Math.max(1, Math.ceil(text.length / charactersPerSecond))),
    TranscriptionText: text,
  };
}

/** About as fast as people speak. */
const charactersPerSecond = 15;
