import { z } from "zod";
import type { EngineEvent } from "../types.ts";
import type { Outcome, Run, Widget } from "../widget.ts";
import { messageOf, messageProperties, outboundOf } from "./message.ts";

const defaultSeconds = 3600;

/** https://www.twilio.com/docs/studio/widget-library/send-wait-reply */
export const sendAndWaitForReply: Widget = {
  type: "send-and-wait-for-reply",
  events: ["incomingMessage", "timeout", "deliveryFailure"],
  properties: z.looseObject({ ...messageProperties, timeout: z.string().optional() }),
  enter: (run) => ({ request: messageOf(run) }),
  resume(run, event) {
    if (event.type === "timedOut") return { leave: "timeout" };
    if (event.type === "replied") return reply(run, event);
    const result = outboundOf(run, event);
    if (result === null) return null;
    const variables = { outbound: result.outbound };
    if (!result.sent) return { leave: "deliveryFailure", variables };
    return { request: { type: "waitForReply", seconds: seconds(run) }, gathered: variables };
  },
};

function seconds(run: Run): number {
  const given = Number(run.text("timeout"));
  return Number.isFinite(given) && given > 0 ? given : defaultSeconds;
}

function reply(run: Run, { message, conversation }: Extract<EngineEvent, { type: "replied" }>): Outcome {
  const { replyLocation } = run.unknowns;
  if (conversation !== undefined && replyLocation !== "inbound") {
    run.set(["trigger", "conversation"], conversation);
  }
  if (conversation !== undefined && replyLocation === "trigger") return { leave: "incomingMessage" };
  return { leave: "incomingMessage", variables: { ...run.gathered, inbound: message } };
}
