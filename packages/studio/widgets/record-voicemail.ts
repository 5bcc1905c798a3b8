import { z } from "zod";
import { timeSaid } from "../shown.ts";
import { widget } from "../widget.ts";
import { hangup, integer, integerOf, isOn, optionalText } from "./call.ts";

/** Seconds, https://www.twilio.com/docs/studio/widget-library/record-voicemail */
const usual = { silence: 5, recording: 3600 };

/** A caller who hangs up has left their message all the same: it stands under the widget as after a key. */
export const recordVoicemail = widget({
  events: ["recordingComplete", "noAudio", "hangup"],
  kind: "ask",
  deed: "records a message",
  facts: (text) => [text("max_length") === "" ? "" : `at most ${timeSaid(text("max_length"))}`],
  said: { recordingComplete: "recorded", noAudio: "silence", hangup: "hangs up" },
  quiet: ["noAudio", "hangup"],
  properties: z.looseObject({
    timeout: integer.optional(),
    finish_on_key: z.string().optional(),
    max_length: integer.optional(),
    transcribe: z.boolean().optional(),
    transcription_callback_url: z.string().optional(),
    recording_status_callback_url: z.string().optional(),
    trim: z.string().optional(),
    play_beep: z.string().optional(),
  }),
  enter(run) {
    return {
      request: {
        type: "recordVoicemail",
        timeoutSeconds: integerOf(run, "timeout", usual.silence),
        finishOnKey: run.text("finish_on_key"),
        maxSeconds: integerOf(run, "max_length", usual.recording),
        playBeep: run.properties["play_beep"] !== "false",
        transcribe: isOn(run, "transcribe"),
        transcriptionCallbackUrl: optionalText(run, "transcription_callback_url"),
        statusCallbackUrl: optionalText(run, "recording_status_callback_url"),
      },
    };
  },
  resume(run, event) {
    if (event.type === "timedOut") return { leave: "noAudio" };
    if (event.type === "recorded") return { leave: "recordingComplete", variables: event.call };
    return hangup(run, event, { Digits: "hangup" });
  },
});
