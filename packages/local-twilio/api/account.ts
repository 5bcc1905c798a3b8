/** The account itself, https://www.twilio.com/docs/iam/api/account */
import { randomBytes } from "node:crypto";
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

/** Subaccounts: created with a token of their own, and with a name where nobody gives one. */
export const account: Behaviour = {
  create({ twilio }, { sid, body }) {
    const owner = twilio.settings.accountSid;
    const auth_token = randomBytes(16).toString("hex");
    return { body: { ...body, sid, auth_token, owner_account_sid: owner, status: "active", type: "Full" } };
  },
};
