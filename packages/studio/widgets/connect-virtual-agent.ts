import { z } from "zod";
import { widget } from "../widget.ts";
import { hangup, optionalText } from "./call.ts";

/** The earlier one, Dialogflow ES: https://www.twilio.com/docs/studio/widget-library/connect-virtual-agent-dialogflow-es */
export const connectVirtualAgent = widget({
  events: ["return", "hangup"],
  kind: "people",
  deed: "virtual agent",
  said: { return: "", hangup: "hangs up" },
  quiet: ["hangup"],
  properties: z.looseObject({
    connector: z.string(),
    language: z.string().optional(),
    sentiment_analysis: z.string().optional(),
    status_callback: z.string().optional(),
  }),
  enter(run) {
    return {
      request: {
        type: "virtualAgent",
        connector: run.text("connector"),
        language: optionalText(run, "language"),
        statusCallback: optionalText(run, "status_callback"),
        timeoutSeconds: null,
        parameters: {},
      },
    };
  },
  resume(run, event) {
    if (event.type !== "agentEnded") return hangup(run, event);
    return { leave: "return", variables: event.call };
  },
});
