/** The webhook of a number: what Twilio posts to it for an inbound message, and what becomes of its TwiML. */
import { findOwnAddress } from "../api/addresses.ts";
import { inner, text } from "../fields.ts";
import { mediaUrlsOf } from "../media/message-media.ts";
import type { CarrierMessage, Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { enqueue } from "../webhooks/queues.ts";
import { parseAddress } from "./address.ts";
import type { TwimlVerb } from "./twiml.ts";

/** Twilio waits this long for the answer, https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
const timeoutMs = 15_000;
/** Redirects that are followed before the chain counts as endless. */
const mostRedirects = 10;

/** A Flow's webhook URL, https://www.twilio.com/docs/studio/widget-library/trigger-start */
const flowUrl = /^https?:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC[0-9a-f]{32}\/Flows\/(FW[0-9a-f]{32})$/i;

/** Calls the webhook of the number that a message came in at, if it has one. A Flow's webhook URL starts the Flow. */
export async function callSmsWebhook(twilio: Twilio, message: CarrierMessage): Promise<void> {
  const own = findOwnAddress(twilio, message.to);
  if (!own) return;
  // A sender names its webhook in another place: https://www.twilio.com/docs/whatsapp/api/senders
  const url = text(own.body, "sms_url") || text(inner(own.body, "webhook"), "callback_url");
  const fallback = text(own.body, "sms_fallback_url");
  if (url === "") return;
  const flowSid = flowUrl.exec(url)?.[1];
  if (flowSid !== undefined) {
    await twilio.services.studio.incomingMessage(flowSid, message);
    return;
  }
  const method = text(own.body, "sms_method") === "GET" ? "GET" : "POST";
  const fallbackMethod = text(own.body, "sms_fallback_method") === "GET" ? "GET" : "POST";
  enqueue(twilio, `sms:${message.from}:${message.to}`, async () => {
    if (await follow(twilio, message, url, method)) return;
    if (fallback !== "") await follow(twilio, message, fallback, fallbackMethod);
  });
}

/** Calls a URL about a message and does what its TwiML says, redirects and all; false when that failed. */
export async function follow(
  twilio: Twilio,
  message: CarrierMessage,
  firstUrl: string,
  firstMethod: "GET" | "POST",
): Promise<boolean> {
  let url = firstUrl;
  let method = firstMethod;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const outcome = await callWebhook(twilio, {
      url,
      method,
      parameters: inboundParameters(twilio, message),
      timeoutMs,
    });
    if (outcome.kind === "failed") return fail(twilio, message, url, 11200, outcome.reason);
    if (outcome.status >= 400) return fail(twilio, message, url, 11200, `${url} answered ${outcome.status}`);
    const verbs = await readAnswer(outcome.contentType, outcome.body);
    if (typeof verbs === "string") return fail(twilio, message, url, 12100, verbs);
    const redirect = verbs.find((verb) => verb.verb === "redirect");
    const before = redirect === undefined ? verbs : verbs.slice(0, verbs.indexOf(redirect));
    for (const verb of before) reply(twilio, message, verb);
    if (redirect === undefined) return true;
    url = URL.canParse(redirect.url, url) ? new URL(redirect.url, url).href : redirect.url;
    method = redirect.method;
  }
  return fail(twilio, message, url, 12100, `more than ${mostRedirects} redirects`);
}

/** The verbs of an answer (plain text is a message), or what is wrong with it. */
async function readAnswer(contentType: string, body: string): Promise<TwimlVerb[] | string> {
  if (body.trim() === "") return [];
  if (contentType.startsWith("text/plain")) {
    return [{ verb: "message", to: null, from: null, body, media: [] }];
  }
  const { parseTwiml } = await import("./twiml.ts");
  try {
    return parseTwiml(body);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function reply(twilio: Twilio, message: CarrierMessage, verb: TwimlVerb): void {
  if (verb.verb !== "message") return;
  const media = verb.media.map((url) => ({ url, contentType: "application/octet-stream" }));
  twilio.services.carrier.send({
    sid: twilio.sid(media.length > 0 ? "MM" : "SM"),
    from: verb.from ?? message.to,
    to: verb.to ?? message.from,
    body: verb.body,
    media,
  });
}

/** 11200: the URL could not be had; 12100: what it answered is no TwiML. https://www.twilio.com/docs/api/errors */
function fail(
  twilio: Twilio,
  message: CarrierMessage,
  url: string,
  code: 11200 | 12100,
  reason: string,
): false {
  twilio.store.transaction(() => {
    twilio.events.append("message.webhookFailed", message.sid, null, { url, code, reason });
    twilio.services.monitor.alert({
      code,
      level: "error",
      text: reason,
      resourceSid: message.sid,
      serviceSid: null,
    });
  });
  return false;
}

/** What Twilio posts, https://www.twilio.com/docs/messaging/guides/webhook-request */
export function inboundParameters(twilio: Twilio, message: CarrierMessage): Record<string, string> {
  const { sid, from, to, body, media } = message;
  const parameters: Record<string, string> = {
    AccountSid: twilio.settings.accountSid,
    ApiVersion: "2010-04-01",
    MessageSid: sid,
    SmsMessageSid: sid,
    SmsSid: sid,
    SmsStatus: "received",
    From: from,
    To: to,
    Body: body,
    NumMedia: String(media.length),
    NumSegments: String(Math.max(1, Math.ceil(body.length / 160))),
  };
  const urls = mediaUrlsOf(twilio, message);
  for (const [index, { url, contentType }] of media.entries()) {
    parameters[`MediaUrl${index}`] = urls[index] ?? url;
    parameters[`MediaContentType${index}`] = contentType;
  }
  const handset = parseAddress(from);
  if (handset?.channel === "whatsapp") {
    parameters["WaId"] = handset.number.slice(1);
    parameters["ProfileName"] = handset.number.slice(-4);
    return parameters;
  }
  for (const side of ["From", "To"]) {
    for (const part of ["City", "State", "Zip"]) parameters[side + part] = "";
    parameters[`${side}Country`] = "US";
  }
  return parameters;
}
