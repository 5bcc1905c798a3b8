import { z } from "zod";
import { widget } from "../widget.ts";
import { messageOf, messageProperties, outboundOf, templateShown } from "./message.ts";

/** https://www.twilio.com/docs/studio/widget-library/send-message: `sent` is Twilio's taking it, not its delivery. */
export const sendMessage = widget({
  events: ["sent", "failed"],
  kind: "message",
  deed: "sends",
  speech: "body",
  facts: (text) => [templateShown(text), text("media_url") === "" ? "" : "with a picture or a file"],
  said: { sent: "", failed: "fails" },
  quiet: ["failed"],
  properties: z.looseObject(messageProperties),
  variables: ["outbound"],
  enter: (run) => ({ request: messageOf(run) }),
  resume(run, event) {
    const result = outboundOf(run, event);
    if (result === null) return null;
    return { leave: result.sent ? "sent" : "failed", variables: { outbound: result.outbound } };
  },
});
