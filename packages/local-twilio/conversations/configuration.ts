/**
 * What the account says of its Conversations: the default service, default timers, and the account's webhooks.
 * https://www.twilio.com/docs/conversations-classic/api/configuration-resource
 */
import { TwilioError } from "../errors.ts";
import { text, textOrNull } from "../fields.ts";
import type { Behaviour, StoredObject, Twilio } from "../product.ts";
import { checkMethod } from "./notify.ts";
import { addService } from "./service.ts";
import { readDuration, type Durations } from "./timers.ts";
import { tokens } from "./tokens.ts";

/** Gives a fresh account what every account has: a default service, and a configuration that names it. */
export function furnishAccount(twilio: Twilio): void {
  const { accountSid } = twilio.settings;
  if (twilio.store.find(tokens.configuration, accountSid)) return;
  const service = addService(twilio, "Default Conversations Service");
  twilio.store.insert({
    token: tokens.configuration,
    sid: accountSid,
    parents: {},
    body: {
      account_sid: accountSid,
      default_chat_service_sid: service.sid,
      default_messaging_service_sid: twilio.sid("MG"),
      default_inactive_timer: null,
      default_closed_timer: null,
    },
    hidden: {},
  });
}

/** The timers of Conversations that are created without any. */
export function defaultDurations(twilio: Twilio): Durations {
  const { body } = accountConfiguration(twilio);
  return {
    inactive: textOrNull(body, "default_inactive_timer"),
    closed: textOrNull(body, "default_closed_timer"),
  };
}

/** The Messaging Service of Conversations that are created without one. */
export function defaultMessagingServiceSid(twilio: Twilio): string {
  return text(accountConfiguration(twilio).body, "default_messaging_service_sid");
}

function accountConfiguration(twilio: Twilio): StoredObject {
  const stored = twilio.store.find(tokens.configuration, twilio.settings.accountSid);
  if (!stored) throw new Error("the account has no configuration of Conversations");
  return stored;
}

export const configuration: Behaviour = {
  update({ twilio, input }, current, draft) {
    const service = input["DefaultChatServiceSid"];
    if (typeof service === "string" && !twilio.store.find(tokens.service, service)) {
      throw new TwilioError(20404, { path: `/Services/${service}` });
    }
    const inactive = readDuration(
      input["DefaultInactiveTimer"],
      textOrNull(current.body, "default_inactive_timer"),
      "inactive",
    );
    const closed = readDuration(
      input["DefaultClosedTimer"],
      textOrNull(current.body, "default_closed_timer"),
      "closed",
    );
    return { body: { ...draft, default_inactive_timer: inactive, default_closed_timer: closed } };
  },
  show(_, { body }) {
    const service = text(body, "default_chat_service_sid");
    const base = "https://conversations.twilio.com/v1";
    return {
      ...body,
      links: {
        service: `${base}/Services/${service}/Configuration`,
        webhooks: `${base}/Configuration/Webhooks`,
      },
    };
  },
};

/** The account's webhooks, https://www.twilio.com/docs/conversations-classic/api/webhook-configuration-resource */
export const globalWebhook: Behaviour = {
  initial: (call) => ({
    account_sid: call.accountSid,
    method: "POST",
    filters: [],
    pre_webhook_url: null,
    post_webhook_url: null,
    target: "webhook",
  }),
  update(call, _, draft) {
    checkMethod(call);
    return { body: draft };
  },
};
