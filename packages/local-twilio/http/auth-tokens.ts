/**
 * The account's auth tokens. There are two while one is rotated: the secondary opens the account too, and takes the
 * place of the first when it is promoted (https://www.twilio.com/docs/iam/api/authtoken).
 */
import { randomBytes } from "node:crypto";
import { defaultAccount } from "../account.ts";
import { textOf } from "../json.ts";
import type { Store } from "../product.ts";

const account = "twilio:api:Account";
const secondary = "local:SecondaryAuthToken";
const { accountSid } = defaultAccount;
/** It is kept under the account's SID, and what is the account's is not below it. */
const nothing: readonly string[] = [];

/** The token that signs webhooks. */
export function primaryToken(store: Store): string {
  return textOf(store.find(account, accountSid)?.body["auth_token"]) || defaultAccount.authToken;
}

/** The token that is to come, when there is one. */
export function secondaryToken(store: Store): string | undefined {
  const token = store.find(secondary, accountSid)?.hidden["token"];
  return typeof token === "string" ? token : undefined;
}

/** Makes a secondary token, in the place of an earlier one. */
export function makeSecondaryToken(store: Store): string {
  const token = randomBytes(16).toString("hex");
  store.remove(secondary, accountSid, nothing);
  store.insert({ token: secondary, sid: accountSid, parents: {}, body: {}, hidden: { token } });
  return token;
}

/** Takes the secondary token away; false when there was none. */
export function removeSecondaryToken(store: Store): boolean {
  const isThere = secondaryToken(store) !== undefined;
  store.remove(secondary, accountSid, nothing);
  return isThere;
}

/** The secondary token becomes the primary one, which opens nothing any more; undefined when there is none. */
export function promoteSecondaryToken(store: Store): string | undefined {
  const token = secondaryToken(store);
  const kept = store.find(account, accountSid);
  if (token === undefined || kept === undefined) return undefined;
  store.replace(account, accountSid, { ...kept.body, auth_token: token });
  store.remove(secondary, accountSid, nothing);
  return token;
}
