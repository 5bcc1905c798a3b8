/**
 * Basic authentication: the account's SID with its token, or an API key with its secret
 * (https://www.twilio.com/docs/usage/requests-to-twilio). Every credential fault is 20003.
 */
import { timingSafeEqual } from "node:crypto";
import { TwilioError } from "../errors.ts";
import type { Accounts, Twilio } from "../product.ts";
import { findApiKey } from "./api-keys.ts";
import { secondaryToken } from "./auth-tokens.ts";

export interface Caller {
  readonly accountSid: string;
  /** The SID it signed with: the account's or an API key's. For the call log. */
  readonly who: string;
  readonly isApiKey: boolean;
}

/** Who calls, by the Authorization header; throws 20003. */
export function authenticate({ accounts }: Twilio, authorization: string | undefined): Caller {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) throw new TwilioError(20003);
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(0, colon));
  const secret = text.slice(colon + 1);
  const caller = byToken(accounts, name, secret) ?? byKey(accounts, name, secret);
  // A suspended account is answered like wrong credentials: https://www.twilio.com/docs/api/errors/20003
  if (caller === undefined || !isActive(accounts, caller.accountSid)) throw new TwilioError(20003);
  return caller;
}

function byToken(accounts: Accounts, accountSid: string, secret: string): Caller | undefined {
  const twilio = accounts.find(accountSid);
  if (twilio === undefined) return undefined;
  const { authToken } = twilio.settings;
  const tokens = [authToken, secondaryToken(twilio) ?? authToken];
  const isRight = tokens.some((token) => same(secret, token));
  return isRight ? { accountSid, who: accountSid, isApiKey: false } : undefined;
}

function byKey(accounts: Accounts, sid: string, secret: string): Caller | undefined {
  for (const twilio of accounts.all()) {
    const key = findApiKey(twilio, sid);
    if (key === undefined || !same(secret, key.secret)) continue;
    return { accountSid: twilio.settings.accountSid, who: sid, isApiKey: true };
  }
  return undefined;
}

/** Whether an account may do anything: a subaccount goes with its owner. */
export function isActive(accounts: Accounts, accountSid: string): boolean {
  const all = [accountSid, accounts.owner.settings.accountSid];
  return all.every((sid) => !["suspended", "closed"].includes(accounts.status(sid)));
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
