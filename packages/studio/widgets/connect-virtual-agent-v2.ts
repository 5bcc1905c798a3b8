import { z } from "zod";
import { widget } from "../widget.ts";
import { hangup, integer, integerOf, optionalText, pairs } from "./call.ts";
import { renderParameters } from "./http.ts";

/** https://www.twilio.com/docs/studio/widget-library/connect-virtual-agent */
export const connectVirtualAgentV2 = widget({
  events: ["completed", "live-agent-handoff", "hangup", "failed", "paused", "timeout"],
  kind: "people",
  deed: "virtual agent",
  said: {
    completed: "",
    "live-agent-handoff": "an agent is asked for",
    hangup: "hangs up",
    failed: "fails",
    paused: "paused",
    timeout: "no answer in time",
  },
  quiet: ["hangup", "failed", "timeout"],
  properties: z.looseObject({
    channel: z.enum(["voice", "conversations"]).optional(),
    connector_name: z.string().optional(),
    connector_details: z.looseObject({}).optional(),
    configurations: pairs,
    parameters: pairs,
    status_callback: z.string().optional(),
    status_callback_method: z.enum(["GET", "POST"]).optional(),
    timeout: integer.optional(),
    session_behavior: z.string().optional(),
  }),
  enter(run) {
    return {
      request: {
        type: "virtualAgent",
        connector: run.text("connector_name"),
        language: optionalText(run, "language"),
        statusCallback: optionalText(run, "status_callback"),
        timeoutSeconds: integerOf(run, "timeout", null),
        parameters: Object.fromEntries(renderParameters(run)),
      },
    };
  },
  resume(run, event) {
    if (event.type !== "agentEnded") return hangup(run, event);
    return { leave: event.outcome, variables: event.call };
  },
});
