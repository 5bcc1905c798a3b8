/** Users: identities of chat participants, https://www.twilio.com/docs/conversations-classic/api/user-resource */
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import { text, textOrNull } from "../fields.ts";
import type { Behaviour, Call, StoredObject, Twilio } from "../product.ts";
import { isSid } from "../sid.ts";
import { readAttributes } from "./attributes.ts";
import { notifyOfUser } from "./notify.ts";
import { defaultServiceSid, tokens } from "./tokens.ts";
import { webhooksEnabled } from "./webhook-enabled.ts";

const { attributes: mostAttributes, identity: longestIdentity } = limits.conversation;

/** The user of an identity in a service. */
export function findUser(twilio: Twilio, serviceSid: string, identity: string): StoredObject | undefined {
  return twilio.store.list(tokens.user, { ChatServiceSid: serviceSid }, { identity })[0];
}

/** The user of an identity, made when a participant is the first to use it. */
export function ensureUser(twilio: Twilio, serviceSid: string, identity: string): void {
  if (findUser(twilio, serviceSid, identity)) return;
  const sid = twilio.sid("US");
  const now = twilio.clock.iso();
  twilio.store.insert({
    token: tokens.user,
    sid,
    parents: { ChatServiceSid: serviceSid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      chat_service_sid: serviceSid,
      role_sid: defaultRole(twilio, serviceSid),
      identity,
      friendly_name: null,
      attributes: "{}",
      is_online: null,
      is_notifiable: null,
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
}

/**
 * Refuses a name that is too long to be one.
 *
 * @throws TwilioError 50207
 */
export function refuseLongIdentity(identity: string | null): void {
  if ((identity ?? "").length > longestIdentity) throw new TwilioError(50207, { limit: longestIdentity });
}

/** A user is found by identity as well as by SID: the identity in a path becomes the SID. */
function resolveUser(call: Call): Call {
  const id = call.path["Sid"];
  if (id === undefined || isSid(id, "US")) return call;
  const serviceSid = call.path["ChatServiceSid"] ?? defaultServiceSid(call.twilio);
  const found = findUser(call.twilio, serviceSid, id);
  return found ? { ...call, path: { ...call.path, Sid: found.sid } } : call;
}

function defaultRole(twilio: Twilio, serviceSid: string): string | null {
  const configuration = twilio.store.find(tokens.serviceConfiguration, serviceSid);
  return configuration ? textOrNull(configuration.body, "default_chat_service_role_sid") : null;
}

export const user: Behaviour = {
  alsoBy: "identity",
  before: (call) => resolveUser(call),
  create({ twilio, input }, draft) {
    const serviceSid = draft.parents["ChatServiceSid"] ?? "";
    const identity = text(input, "Identity");
    refuseLongIdentity(identity);
    if (findUser(twilio, serviceSid, identity)) throw new TwilioError(50201);
    return {
      body: {
        ...draft.body,
        chat_service_sid: serviceSid,
        role_sid: textOrNull(input, "RoleSid") ?? defaultRole(twilio, serviceSid),
        attributes: readAttributes(input["Attributes"], mostAttributes),
      },
    };
  },
  created(call, object) {
    if (webhooksEnabled(call)) notifyOfUser(call.twilio, "onUserAdded", object);
  },
  update: ({ input }, current, draft) => ({
    body: {
      ...draft,
      attributes:
        input["Attributes"] === undefined
          ? text(current.body, "attributes")
          : readAttributes(input["Attributes"], mostAttributes),
    },
  }),
  updated(call, _, after) {
    if (webhooksEnabled(call)) notifyOfUser(call.twilio, "onUserUpdated", after);
  },
};
