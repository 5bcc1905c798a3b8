import { z } from "zod";
import { widget } from "../widget.ts";
import { optionalText, pairs } from "./call.ts";
import { renderParameters } from "./http.ts";

/** https://www.twilio.com/docs/voice/conversationrelay, as a widget */
export const runConversationRelay = widget({
  events: ["success", "failed"],
  kind: "people",
  deed: "conversation relay",
  said: { success: "", failed: "fails" },
  quiet: ["failed"],
  properties: z.looseObject({
    url: z.string(),
    welcome_greeting: z.string().optional(),
    tts_provider: z.string().optional(),
    voice: z.string().optional(),
    language: z.string().optional(),
    transcription_provider: z.string().optional(),
    speech_model: z.string().optional(),
    interruptible: z.string().optional(),
    parameters: pairs,
  }),
  enter(run) {
    return {
      request: {
        type: "conversationRelay",
        url: run.text("url"),
        welcomeGreeting: optionalText(run, "welcome_greeting"),
        language: optionalText(run, "language"),
        voice: optionalText(run, "voice"),
        parameters: Object.fromEntries(renderParameters(run)),
      },
    };
  },
  resume(_, event) {
    if (event.type !== "relayEnded") return null;
    return { leave: event.succeeded ? "success" : "failed", variables: event.call };
  },
});
