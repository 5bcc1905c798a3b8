import { z } from "zod";
import { isObject } from "../json.ts";
import { timeSaid } from "../shown.ts";
import type { EngineEvent, JsonObject } from "../types.ts";
import { type Outcome, type Run, widget } from "../widget.ts";
import { messageOf, messageProperties, outboundOf, templateShown } from "./message.ts";

const defaultSeconds = 3600;

/** https://www.twilio.com/docs/studio/widget-library/send-wait-reply */
export const sendAndWaitForReply = widget({
  events: ["incomingMessage", "timeout", "deliveryFailure"],
  kind: "ask",
  deed: "asks and waits",
  speech: "body",
  facts: (text) => [
    templateShown(text),
    `waits ${timeSaid(text("timeout") || String(defaultSeconds))} for a reply`,
  ],
  said: { incomingMessage: "a reply", timeout: "no reply", deliveryFailure: "not delivered" },
  quiet: ["timeout", "deliveryFailure"],
  properties: z.looseObject({ ...messageProperties, timeout: z.string().optional() }),
  variables: ["outbound", "inbound"],
  enter: (run) => ({ request: messageOf(run) }),
  resume(run, event) {
    if (event.type === "timedOut") return { leave: "timeout" };
    if (event.type === "replied") {
      // Without such a transition the widget does not take replies.
      return run.state.transitions.some((each) => each.event === "incomingMessage")
        ? reply(run, event)
        : null;
    }
    const result = outboundOf(run, event);
    if (result === null) return null;
    const variables = { outbound: { ...earlier(run), ...result.outbound } };
    if (!result.sent) return { leave: "deliveryFailure", variables };
    return { request: { type: "waitForReply", seconds: seconds(run) }, gathered: variables };
  },
});

/** What Twilio said of the message when it took it; empty before. */
function earlier({ gathered: { outbound } }: Run): JsonObject {
  return isObject(outbound) ? outbound : {};
}

function seconds(run: Run): number {
  const given = Number(run.text("timeout"));
  return Number.isFinite(given) && given > 0 ? given : defaultSeconds;
}

function reply(run: Run, { message, conversation }: Extract<EngineEvent, { type: "replied" }>): Outcome {
  const { replyLocation } = run.switches;
  if (conversation !== undefined && replyLocation !== "inbound") {
    run.set(["trigger", "conversation"], conversation);
  }
  if (conversation !== undefined && replyLocation === "trigger") return { leave: "incomingMessage" };
  return { leave: "incomingMessage", variables: { ...run.gathered, inbound: message } };
}
