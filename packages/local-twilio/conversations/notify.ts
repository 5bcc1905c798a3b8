/**
 * Webhooks after the fact: to the account's, the service's and the Conversation's own, each in the order of events.
 * Who is told what: https://www.twilio.com/docs/conversations-classic/conversations-webhooks
 */
import { TwilioError } from "../errors.ts";
import { inner, text, texts } from "../fields.ts";
import type { Body, Call, StoredObject, Twilio } from "../product.ts";
import { callWebhook } from "../webhooks/call-webhook.ts";
import { enqueue } from "../webhooks/queues.ts";
import { parseAttributes } from "./attributes.ts";
import { parametersOf } from "../webhooks/fields.ts";
import { commonFields, userParameters, type Parameters, type UserEvent } from "./parameters.ts";
import { tokens } from "./tokens.ts";

/** Conversations' webhooks wait this long for an answer. */
export const webhookTimeoutMs = 5_000;

/** Where something came from, as `Source` says it. */
export type Source = "API" | "SDK" | "SMS" | "WHATSAPP";

export interface Happening {
  /** `onMessageAdded` and so on. */
  readonly name: string;
  readonly conversation: StoredObject;
  readonly parameters: Parameters;
  readonly source: Source;
}

/** Tells everybody who asked for it. Returns at once; each receiver is told in order. */
export function notify(twilio: Twilio, happening: Happening): void {
  const { store, settings } = twilio;
  const { conversation } = happening;
  const service = text(conversation.body, "chat_service_sid");
  const global = store.find(tokens.globalWebhook, settings.accountSid);
  if (global) post(twilio, happening, global.body, settings.accountSid);
  const fromCarrier = ["SMS", "WHATSAPP"].includes(happening.source) && happening.name === "onMessageAdded";
  if (!fromCarrier || settings.switches.serviceWebhookHearsCarrier) {
    const own = store.find(tokens.serviceWebhook, service);
    if (own) post(twilio, happening, own.body, service);
  }
  for (const webhook of store.list(tokens.scopedWebhook, { ConversationSid: conversation.sid })) {
    tellScoped(twilio, happening, webhook);
  }
}

/** What happens to users belongs to no Conversation: account and service hear of it. */
export function notifyOfUser(twilio: Twilio, name: UserEvent, user: StoredObject): void {
  const { store, settings } = twilio;
  const serviceSid = text(user.body, "chat_service_sid");
  const parameters = withCommon(twilio, { name, source: "API", parameters: userParameters(name, user) });
  for (const webhook of [
    store.find(tokens.globalWebhook, settings.accountSid),
    store.find(tokens.serviceWebhook, serviceSid),
  ]) {
    const url = webhook ? text(webhook.body, "post_webhook_url") : "";
    if (!webhook || url === "" || !texts(webhook.body, "filters").includes(name)) continue;
    send(twilio, webhook.sid, null, name, url, methodOf(webhook.body), parameters);
  }
}

/** Tells one scoped webhook, if it asks for this; also what replay does. */
export function tellScoped(twilio: Twilio, happening: Happening, webhook: StoredObject): void {
  const configuration = inner(webhook.body, "configuration");
  const { name, conversation } = happening;
  const key = `${conversation.sid}:${webhook.sid}`;
  switch (webhook.body["target"]) {
    case "studio": {
      if (name !== "onMessageAdded") return;
      const flowSid = text(configuration, "flow_sid");
      const message = triggerContext(twilio, happening);
      enqueue(twilio, key, () =>
        twilio.services.studio.conversationMessage(flowSid, conversation.sid, message),
      );
      return;
    }
    case "trigger": {
      const said = (happening.parameters["Body"] ?? "").toLowerCase();
      const hit = texts(configuration, "triggers").some((word) => said.includes(word.toLowerCase()));
      if (name !== "onMessageAdded" || !hit) return;
      break;
    }
    default:
      if (!texts(configuration, "filters").includes(name)) return;
  }
  const url = text(configuration, "url");
  send(twilio, key, conversation.sid, name, url, methodOf(configuration), withCommon(twilio, happening));
}

/** What a Flow finds under `trigger.conversation`: the webhook's parameters, and the Conversation's attributes parsed. */
export function triggerContext(twilio: Twilio, happening: Happening): Body {
  const { conversation } = happening;
  return {
    ...withCommon(twilio, happening),
    ChannelSid: conversation.sid,
    From: happening.parameters["Author"] ?? "",
    ChannelAttributes: parseAttributes(text(conversation.body, "attributes")),
  };
}

function post(twilio: Twilio, happening: Happening, webhook: Body, scope: string): void {
  const url = text(webhook, "post_webhook_url");
  // No filters, no events: an empty list with a URL beside it sends nothing.
  if (url === "" || !texts(webhook, "filters").includes(happening.name)) return;
  const { conversation, name } = happening;
  const key = `${conversation.sid}:${scope}`;
  send(twilio, key, conversation.sid, name, url, methodOf(webhook), withCommon(twilio, happening));
}

/** Parameters that every event has. */
export function withCommon(
  twilio: Twilio,
  happening: Omit<Happening, "conversation">,
): Record<string, string> {
  const { name: event, source, parameters } = happening;
  const { accountSid } = twilio.settings;
  const clientIdentity = source === "SDK" ? (parameters["Author"] ?? null) : null;
  return { ...parametersOf(commonFields, { accountSid, event, source, clientIdentity }), ...parameters };
}

/**
 * Refuses a webhook that is to be called by anything but GET and POST.
 *
 * @throws TwilioError 20001
 */
export function checkMethod({ input }: Call): void {
  const method = text(input, "Method");
  if (!/^(?:GET|POST|)$/i.test(method)) {
    throw new TwilioError(20001, { reason: `Invalid parameter Method: '${method}' is neither GET nor POST` });
  }
}

function methodOf(webhook: Body): "GET" | "POST" {
  return text(webhook, "method").toUpperCase() === "GET" ? "GET" : "POST";
}

function send(
  twilio: Twilio,
  key: string,
  conversationSid: string | null,
  event: string,
  url: string,
  method: "GET" | "POST",
  parameters: Parameters,
): void {
  enqueue(twilio, key, async () => {
    const outcome = await callWebhook(twilio, {
      by: "conversations",
      url,
      method,
      parameters,
      timeoutMs: webhookTimeoutMs,
    });
    const about = conversationSid ?? twilio.settings.accountSid;
    if (outcome.kind === "answered" && outcome.status < 400) {
      twilio.events.append("conversation.webhook", about, null, { event, url, status: outcome.status });
      return;
    }
    const isTimeout = outcome.kind === "failed" && outcome.isTimeout;
    const reason = outcome.kind === "failed" ? outcome.reason : `${url} answered ${outcome.status}`;
    reportFailure(twilio, { about, event, url, method, reason, isTimeout });
  });
}

/** Says in the event stream and in the Debugger that a webhook could not be reached, or refused. */
export function reportFailure(
  twilio: Twilio,
  failure: {
    readonly about: string;
    readonly event: string;
    readonly url: string;
    readonly method: "GET" | "POST";
    readonly reason: string;
    readonly isTimeout: boolean;
  },
): void {
  const { about, event, url, method, reason, isTimeout } = failure;
  twilio.store.transaction(() => {
    twilio.events.append("conversation.webhookFailed", about, null, { event, url, reason });
    twilio.services.monitor.alert({
      code: isTimeout ? 50076 : 50057,
      level: "error",
      text: `${event}: ${reason}`,
      resourceSid: about,
      serviceSid: null,
      request: { method, url },
    });
  });
}
