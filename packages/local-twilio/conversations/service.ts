/** Conversations services with what each has from the start: roles and a configuration. https://www.twilio.com/docs/conversations-classic/api/service-resource */
import { TwilioError } from "../errors.ts";
import type { Behaviour, StoredObject, Twilio } from "../product.ts";
import { checkMethod } from "./notify.ts";
import { releasePairs } from "./pairs.ts";
import { addDefaultRoles } from "./role.ts";
import { defaultServiceSid, tokens } from "./tokens.ts";

/** Stores a new service, furnished. */
export function addService(twilio: Twilio, friendlyName: string): StoredObject {
  const now = twilio.clock.iso();
  const sid = twilio.sid("IS");
  const service = twilio.store.insert({
    token: tokens.service,
    sid,
    parents: {},
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      friendly_name: friendlyName,
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
  furnishService(twilio, service);
  return service;
}

function furnishService(twilio: Twilio, service: StoredObject): void {
  const roles = addDefaultRoles(twilio, service.sid);
  twilio.store.insert({
    token: tokens.serviceConfiguration,
    sid: service.sid,
    parents: { ChatServiceSid: service.sid },
    body: {
      chat_service_sid: service.sid,
      default_conversation_creator_role_sid: roles["channel admin"] ?? null,
      default_conversation_role_sid: roles["channel user"] ?? null,
      default_chat_service_role_sid: roles["service user"] ?? null,
      reachability_enabled: false,
    },
    hidden: {},
  });
}

export const service: Behaviour = {
  created: ({ twilio }, object) => furnishService(twilio, object),
  delete({ twilio }, object) {
    if (object.sid === defaultServiceSid(twilio)) {
      throw new TwilioError(20001, {
        reason: `${object.sid} is the account's default Conversations service: choose another with Configuration first`,
      });
    }
    for (const { sid } of twilio.store.list(tokens.conversation, { ChatServiceSid: object.sid })) {
      releasePairs(twilio, sid);
    }
  },
};

/** Plain: it is stored together with its service. */
export const serviceConfiguration: Behaviour = {};

/** Push notifications; the local Twilio keeps the settings and pushes nothing. */
export const serviceNotification: Behaviour = {
  initial: (call) => ({
    account_sid: call.accountSid,
    log_enabled: false,
    new_message: {
      enabled: false,
      template: null,
      sound: null,
      badge_count_enabled: false,
      with_media: { enabled: false, template: null },
    },
    added_to_conversation: { enabled: false, template: null, sound: null },
    removed_from_conversation: { enabled: false, template: null, sound: null },
  }),
};

/** The webhooks of a service. */
export const serviceWebhook: Behaviour = {
  initial: (call) => ({
    account_sid: call.accountSid,
    chat_service_sid: call.path["ChatServiceSid"] ?? null,
    pre_webhook_url: null,
    post_webhook_url: null,
    filters: [],
    method: "POST",
  }),
  update(call, _, draft) {
    checkMethod(call);
    return { body: draft };
  },
};
