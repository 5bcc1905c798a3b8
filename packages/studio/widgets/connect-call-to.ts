import { z } from "zod";
import { numberShown } from "../shown.ts";
import { type Run, widget } from "../widget.ts";
import { hangup, integer, integerOf, isOn, numberInText, optionalText } from "./call.ts";

/** Seconds of ringing, https://www.twilio.com/docs/studio/widget-library/connect-call */
const defaultSeconds = 30;

/** Rings somebody while the caller waits. Whether they answered is in `DialCallStatus`, not in the transition. */
export const connectCallTo = widget({
  events: ["callCompleted", "hangup"],
  kind: "people",
  deed: "connects the call",
  facts: (text) => [numberShown(text("to"))],
  said: { callCompleted: "", hangup: "hangs up" },
  quiet: ["hangup"],
  properties: z.looseObject({
    noun: z.enum(["client", "conference", "number", "number-multi", "sim", "sip"]),
    to: z.string().optional(),
    caller_id: z.string().optional(),
    record: z.boolean().optional(),
    timeout: integer.optional(),
    time_limit: z.string().optional(),
    sip_endpoint: z.string().optional(),
    sip_username: z.string().optional(),
    sip_password: z.string().optional(),
  }),
  enter(run) {
    return {
      request: {
        type: "dial",
        noun: run.text("noun"),
        to: targets(run),
        callerId: optionalText(run, "caller_id"),
        record: isOn(run, "record"),
        timeoutSeconds: integerOf(run, "timeout", defaultSeconds),
        timeLimitSeconds: numberInText(run, "time_limit", null),
        sip:
          run.properties["noun"] === "sip"
            ? { username: run.text("sip_username"), password: run.text("sip_password") }
            : null,
      },
    };
  },
  resume(run, event) {
    if (event.type !== "dialEnded") return hangup(run, event);
    return { leave: "callCompleted", variables: event.call };
  },
});

/** Several numbers ring at once: they stand in one text, with commas. */
function targets(run: Run): string[] {
  const { noun } = run.properties;
  const to = run.text(noun === "sip" && run.properties["to"] === undefined ? "sip_endpoint" : "to");
  const all = noun === "number-multi" ? to.split(",") : [to];
  return all.map((one) => one.trim()).filter((one) => one !== "");
}
