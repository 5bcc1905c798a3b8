import { z } from "zod";
import { playedShown, timeSaid } from "../shown.ts";
import { widget } from "../widget.ts";
import { atMostOne, integer, integerOf, isOn, optionalText, promptOf, promptProperties } from "./call.ts";

/** Seconds without a key or a word, https://www.twilio.com/docs/studio/widget-library/gather-input-call */
const defaultSeconds = 5;

/** The keys or words that come in stand under the widget, with the callback's other parameters. */
export const gatherInputOnCall = widget({
  events: ["keypress", "speech", "timeout"],
  kind: "ask",
  deed: "asks the caller",
  facts: (text) => [
    playedShown(text("play")),
    `waits ${timeSaid(text("timeout") || String(defaultSeconds))}`,
  ],
  said: { keypress: "keys pressed", speech: "speech", timeout: "no answer in time" },
  quiet: ["timeout"],
  // Its page says that nothing is required, and exports of real Flows have neither.
  properties: atMostOne(
    z.looseObject({
      ...promptProperties,
      timeout: integer.optional(),
      finish_on_key: z.string().optional(),
      stop_gather: z.boolean().optional(),
      number_of_digits: integer.optional(),
      hints: z.string().optional(),
      gather_language: z.string().optional(),
      speech_timeout: z.string().optional(),
      speech_model: z.string().optional(),
      profanity_filter: z.string().optional(),
      save_response_as: z.string().optional(),
    }),
    ["say", "play"],
  ),
  enter(run) {
    return {
      request: {
        type: "gather",
        prompt: promptOf(run),
        loop: integerOf(run, "loop", 1),
        timeoutSeconds: integerOf(run, "timeout", defaultSeconds),
        // "Stop gathering on keypress" is a switch of its own; without it the key is one like any other.
        finishOnKey: run.properties["stop_gather"] === false ? null : optionalText(run, "finish_on_key"),
        numberOfDigits: integerOf(run, "number_of_digits", null),
        speech: {
          language: optionalText(run, "gather_language"),
          hints: optionalText(run, "hints"),
          timeout: optionalText(run, "speech_timeout"),
          model: optionalText(run, "speech_model"),
          profanityFilter: isOn(run, "profanity_filter"),
        },
      },
    };
  },
  resume(_, event) {
    if (event.type === "timedOut") return { leave: "timeout" };
    if (event.type === "keysPressed") {
      return { leave: "keypress", variables: { ...event.call, Digits: event.digits } };
    }
    if (event.type !== "spoken") return null;
    const { text, confidence, call } = event;
    return {
      leave: "speech",
      variables: { ...call, SpeechResult: text, Confidence: String(confidence) },
    };
  },
});
