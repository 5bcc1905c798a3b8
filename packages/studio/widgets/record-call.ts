import { z } from "zod";
import { widget } from "../widget.ts";
import { optionalText } from "./call.ts";

/** https://www.twilio.com/docs/studio/widget-library/call-recording */
export const recordCall = widget({
  events: ["success", "failed"],
  kind: "voice",
  deed: "records the call",
  said: { success: "", failed: "fails" },
  quiet: ["failed"],
  properties: z.looseObject({
    record_call: z.boolean(),
    recording_status_callback: z.string().optional(),
    recording_status_callback_method: z.enum(["GET", "POST"]).optional(),
    recording_status_callback_events: z.string().optional(),
    recording_channels: z.enum(["mono", "dual"]).optional(),
    trim: z.string().optional(),
  }),
  enter(run) {
    return {
      request: {
        type: "recordCall",
        record: run.properties["record_call"] === true,
        channels: run.properties["recording_channels"] === "dual" ? "dual" : "mono",
        statusCallback: optionalText(run, "recording_status_callback"),
      },
    };
  },
  resume(_, event) {
    if (event.type !== "recordingChanged") return null;
    return event.succeeded
      ? { leave: "success", variables: event.recording }
      : { leave: "failed", variables: {} };
  },
});
