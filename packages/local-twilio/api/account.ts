/** The account itself, https://www.twilio.com/docs/iam/api/account */
import { TwilioError } from "../errors.ts";
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

/** There is one account. */
export const account: Behaviour = {
  create() {
    throw new TwilioError(20001, { reason: "The local Twilio has one account and no subaccounts" });
  },
};
