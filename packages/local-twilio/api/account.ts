/** The account itself, https://www.twilio.com/docs/iam/api/account */
import { randomBytes } from "node:crypto";
import { TwilioError } from "../errors.ts";
import { filtered } from "../http/engine.ts";
import type { Behaviour, Twilio } from "../product.ts";

const token = "twilio:api:Account";

/** Stores the account when the store does not have it. */
export function putAccount(twilio: Twilio): void {
  const { accountSid, authToken } = twilio.settings;
  if (twilio.store.find(token, accountSid)) return;
  const now = twilio.clock.iso();
  twilio.store.insert({
    token,
    sid: accountSid,
    parents: {},
    body: {
      sid: accountSid,
      auth_token: authToken,
      friendly_name: "Local Twilio",
      owner_account_sid: accountSid,
      status: "active",
      type: "Full",
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
}

/**
 * Subaccounts: created with a token of their own, and with a name where nobody gives one; suspended, opened again and closed
 * by their owner alone. One that is closed has no numbers any more, and stays closed
 * (https://www.twilio.com/docs/iam/api/subaccounts).
 */
export const account: Behaviour = {
  create({ twilio, accountSid }, { sid, body }) {
    const owner = twilio.settings.accountSid;
    if (accountSid !== owner) throw new TwilioError(20006, { reason: "a subaccount cannot make accounts" });
    const auth_token = randomBytes(16).toString("hex");
    return { body: { ...body, sid, auth_token, owner_account_sid: owner, status: "active", type: "Full" } };
  },
  created: ({ twilio }, { sid }) => twilio.accounts.open(sid),
  update({ twilio, accountSid }, { sid, body }, draft) {
    const isChanged = draft["status"] !== body["status"];
    if (isChanged && sid === twilio.settings.accountSid) throw new TwilioError(21477);
    if (isChanged && accountSid === sid) throw new TwilioError(20003);
    if (isChanged && body["status"] === "closed") throw new TwilioError(21479);
    return { body: draft };
  },
  updated({ twilio }, before, { sid, body }) {
    if (body["status"] === "closed" && before.body["status"] !== "closed") {
      releaseNumbers(twilio.accounts.find(sid));
    }
  },
  list(call, objects) {
    const { twilio, accountSid } = call;
    const isOwner = accountSid === twilio.settings.accountSid;
    const theirs = objects.filter(({ sid }) => isOwner || sid === accountSid);
    return filtered(call, theirs).reverse();
  },
  refuse: ({ parameter }) => (parameter === "Status" ? new TwilioError(21475) : undefined),
};

function releaseNumbers(twilio: Twilio | undefined): void {
  for (const token of ["twilio:api:IncomingPhoneNumber", "twilio:messaging:ChannelsSender"]) {
    for (const { sid } of twilio?.store.list(token) ?? []) twilio?.store.remove(token, sid);
  }
}
