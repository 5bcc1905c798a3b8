/**
 * The auth tokens of an account. There are two while one is rotated: the secondary opens the account too, and takes the
 * place of the first when it is promoted (https://www.twilio.com/docs/iam/api/authtoken).
 */
import { randomBytes } from "node:crypto";
import { defaultAccount } from "../account.ts";
import { textOf } from "../json.ts";
import type { Store, Twilio } from "../product.ts";

const account = "twilio:api:Account";
const secondary = "local:SecondaryAuthToken";
/** It is kept under the account's SID, and what is the account's is not below it. */
const nothing: readonly string[] = [];

/**
 * The token that signs webhooks.
 *
 * @param owner the store of the account that has the accounts
 */
export function primaryToken(owner: Store, accountSid: string): string {
  return textOf(owner.find(account, accountSid)?.body["auth_token"]) || defaultAccount.authToken;
}

/** The token that is to come, when there is one. */
export function secondaryToken({ store, settings }: Twilio): string | undefined {
  const token = store.find(secondary, settings.accountSid)?.hidden["token"];
  return typeof token === "string" ? token : undefined;
}

/** Makes a secondary token, in the place of an earlier one. */
export function makeSecondaryToken({ store, settings: { accountSid } }: Twilio): string {
  const token = randomBytes(16).toString("hex");
  store.remove(secondary, accountSid, nothing);
  store.insert({ token: secondary, sid: accountSid, parents: {}, body: {}, hidden: { token } });
  return token;
}

/** Takes the secondary token away; false when there was none. */
export function removeSecondaryToken(twilio: Twilio): boolean {
  const isThere = secondaryToken(twilio) !== undefined;
  twilio.store.remove(secondary, twilio.settings.accountSid, nothing);
  return isThere;
}

/** The secondary token becomes the primary one, which opens nothing any more; undefined when there is none. */
export function promoteSecondaryToken(twilio: Twilio): string | undefined {
  const token = secondaryToken(twilio);
  const { accountSid } = twilio.settings;
  const { store } = twilio.accounts.owner;
  const kept = store.find(account, accountSid);
  if (token === undefined || kept === undefined) return undefined;
  store.replace(account, accountSid, { ...kept.body, auth_token: token });
  removeSecondaryToken(twilio);
  return token;
}
