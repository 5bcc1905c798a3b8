/** The webhook of a number: what Twilio posts to it for an inbound message, and what becomes of its TwiML. */
import { limits } from "../limits.ts";
import { findOwnAddress } from "../api/addresses.ts";
import { inner, text } from "../fields.ts";
import { poolOf } from "../messaging/sender-pool.ts";
import type { Body, CarrierMessage, StoredObject, Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { enqueue } from "../webhooks/queues.ts";
import { inboundParameters } from "./inbound-parameters.ts";
import type { TwimlVerb } from "./twiml.ts";

/** Twilio waits this long for the answer, https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides */
const timeoutMs = 15_000;
const { redirects: mostRedirects } = limits.answer;

/** A Flow's webhook URL, https://www.twilio.com/docs/studio/widget-library/trigger-start */
const flowUrl = /^https?:\/\/webhooks\.twilio\.com\/v1\/Accounts\/AC[0-9a-f]{32}\/Flows\/(FW[0-9a-f]{32})$/i;

interface Webhook {
  readonly url: string;
  readonly method: "GET" | "POST";
  readonly fallbackUrl: string;
  readonly fallbackMethod: "GET" | "POST";
}

/** Calls the webhook of the number that a message came in at, if it has one. A Flow's webhook URL starts the Flow. */
export async function callSmsWebhook(twilio: Twilio, message: CarrierMessage): Promise<void> {
  const own = findOwnAddress(twilio, message.to);
  if (!own) return;
  const { url, method, fallbackUrl, fallbackMethod } = webhookOf(own, poolOf(twilio, message.to));
  if (url === "") return;
  const flowSid = flowUrl.exec(url)?.[1];
  if (flowSid !== undefined) {
    await twilio.services.studio.incomingMessage(flowSid, message);
    return;
  }
  enqueue(twilio, `sms:${message.from}:${message.to}`, async () => {
    if (await follow(twilio, message, url, method)) return;
    if (fallbackUrl !== "") await follow(twilio, message, fallbackUrl, fallbackMethod);
  });
}

/**
 * Whose webhook it is: that of the Messaging Service whose pool the number is in, unless the Service leaves it to the
 * number: https://www.twilio.com/docs/messaging/api/service-resource
 */
function webhookOf({ body }: StoredObject, pool: StoredObject | undefined): Webhook {
  if (pool !== undefined && pool.body["use_inbound_webhook_on_number"] !== true) {
    return {
      url: text(pool.body, "inbound_request_url"),
      method: methodOf(pool.body, "inbound_method"),
      fallbackUrl: text(pool.body, "fallback_url"),
      fallbackMethod: methodOf(pool.body, "fallback_method"),
    };
  }
  // A sender names its webhook in another place: https://www.twilio.com/docs/whatsapp/api/senders
  const sender = inner(body, "webhook");
  if (text(sender, "callback_url") !== "") {
    return {
      url: text(sender, "callback_url"),
      method: methodOf(sender, "callback_method"),
      fallbackUrl: text(sender, "fallback_url"),
      fallbackMethod: methodOf(sender, "fallback_method"),
    };
  }
  return {
    url: text(body, "sms_url"),
    method: methodOf(body, "sms_method"),
    fallbackUrl: text(body, "sms_fallback_url"),
    fallbackMethod: methodOf(body, "sms_fallback_method"),
  };
}

function methodOf(body: Body, name: string): "GET" | "POST" {
  return text(body, name).toUpperCase() === "GET" ? "GET" : "POST";
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
      parameters: inboundParameters(twilio, message, poolOf(twilio, message.to)?.sid ?? null),
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
