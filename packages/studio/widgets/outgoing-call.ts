/** What both versions of Make Outgoing Call share: https://www.twilio.com/docs/studio/widget-library/make-outgoing-call */
import { z } from "zod";
import type { EngineEvent } from "../types.ts";
import type { Outcome, Request, Run } from "../widget.ts";
import { integer, integerOf, isOn, optionalText } from "./call.ts";

/** Seconds of ringing. */
const defaultSeconds = 60;

export const outgoingProperties = {
  from: z.string(),
  to: z.string(),
  record: z.boolean().optional(),
  timeout: integer.optional(),
};

/** The call, rendered. */
export function outgoingCallOf(run: Run): Request {
  const detection =
    run.properties["machine_detection"] === "DetectMessageEnd" ? "DetectMessageEnd" : "Enable";
  return {
    type: "makeCall",
    from: run.text("from"),
    to: run.text("to"),
    timeoutSeconds: integerOf(run, "timeout", defaultSeconds),
    record: isOn(run, "record"),
    sendDigits: optionalText(run, "send_digits"),
    machineDetection: isOn(run, "detect_answering_machine") ? detection : null,
  };
}

/** How it came out when nobody answered; null for every other event. */
export function notAnswered(run: Run, event: EngineEvent): Outcome | null {
  if (event.type !== "callNotAnswered") return null;
  if (event.outcome === "failed") run.warn(81008, `The call of ${run.state.name} could not be made`);
  return { leave: event.outcome, variables: event.call };
}
