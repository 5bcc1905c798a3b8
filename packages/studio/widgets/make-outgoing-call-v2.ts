import { z } from "zod";
import { numberShown } from "../shown.ts";
import { widget } from "../widget.ts";
import { notAnswered, outgoingCallOf, outgoingProperties } from "./outgoing-call.ts";

/** Whether a person or a machine answered stands in `AnsweredBy`, where it was asked for. */
export const makeOutgoingCallV2 = widget({
  events: ["answered", "busy", "noAnswer", "failed"],
  kind: "people",
  deed: "calls somebody",
  facts: (text) => [numberShown(text("to"))],
  said: { answered: "answered", busy: "busy", noAnswer: "no answer", failed: "fails" },
  quiet: ["busy", "noAnswer", "failed"],
  properties: z.looseObject({
    ...outgoingProperties,
    recording_channels: z.enum(["mono", "dual"]).optional(),
    recording_status_callback: z.string().optional(),
    trim: z.string().optional(),
    detect_answering_machine: z.boolean().optional(),
    machine_detection: z.enum(["Enable", "DetectMessageEnd"]).optional(),
    machine_detection_timeout: z.string().optional(),
    machine_detection_speech_threshold: z.string().optional(),
    machine_detection_speech_end_threshold: z.string().optional(),
    machine_detection_silence_timeout: z.string().optional(),
    send_digits: z.string().optional(),
    sip_auth_username: z.string().optional(),
    sip_auth_password: z.string().optional(),
  }),
  enter: (run) => ({ request: outgoingCallOf(run) }),
  resume: (run, event) =>
    event.type === "callAnswered" ? { leave: "answered", variables: event.call } : notAnswered(run, event),
});
