/** Add TwiML Redirect: TwiML goes on with the call or the message, https://www.twilio.com/docs/studio/widget-library/twiml-redirect */
import { limits } from "../limits.ts";
import type { Effect } from "@support-line/studio";
import { follow } from "../carrier/sms-webhook.ts";
import { text } from "../fields.ts";
import { isBody } from "../json.ts";
import type { Body, CarrierMessage, Twilio } from "../product.ts";
import { callOfExecution } from "../voice/calls.ts";
import { redirectCall } from "../voice/redirect.ts";
import { tellRun } from "./runner.ts";
import type { Run } from "./runs.ts";

/**
 * Has TwiML go on. What it redirects back comes by the Flow's webhook; with a time limit of 0 the Flow goes on when the
 * TwiML is through.
 */
export async function redirect(
  twilio: Twilio,
  run: Run,
  incomingCall: string,
  { id, state, url, method, timeoutSeconds }: Extract<Effect, { type: "redirect" }>,
): Promise<void> {
  const message = messageOf(run);
  if (incomingCall !== "" || callOfExecution(twilio, run.sid)) {
    await redirectCall(twilio, run.sid, incomingCall, url, method);
  } else if (message) {
    await follow(twilio, message, url, method);
  } else {
    const reason = "the Execution is on no call, and no message to a number started it";
    twilio.events.append("execution.notRedirected", run.sid, run.flowSid, { state, url, reason });
  }
  if (timeoutSeconds === 0) tellRun(twilio, run.sid, { type: "timedOut", id });
}

/** The message that started the Execution, whose answer the TwiML is. */
function messageOf({ execution }: Run): CarrierMessage | undefined {
  const message = (execution.context.trigger as Body)["message"];
  if (!isBody(message)) return undefined;
  const count = Math.min(Math.max(Number(message["NumMedia"] ?? 0) || 0, 0), limits.message.media);
  const media = Array.from({ length: count }, (_, at) => ({
    url: text(message, `MediaUrl${at}`),
    contentType: text(message, `MediaContentType${at}`),
  }));
  return {
    sid: text(message, "MessageSid"),
    from: text(message, "From"),
    to: text(message, "To"),
    body: text(message, "Body"),
    media,
  };
}
