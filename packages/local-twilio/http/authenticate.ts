/**
 * Basic authentication: the account's SID with its token, or an API key with its secret
 * (https://www.twilio.com/docs/usage/requests-to-twilio). Every credential fault is 20003.
 */
import { timingSafeEqual } from "node:crypto";
import { TwilioError } from "../errors.ts";
import type { Twilio } from "../product.ts";
import { findApiKey } from "./api-keys.ts";
import { secondaryToken } from "./auth-tokens.ts";

export interface Caller {
  readonly accountSid: string;
  /** The SID it signed with: the account's or an API key's. For the call log. */
  readonly who: string;
  readonly isApiKey: boolean;
}

/** Who calls, by the Authorization header; throws 20003. */
export function authenticate(twilio: Twilio, authorization: string | undefined): Caller {
  if (isSuspended(twilio)) throw new TwilioError(20003);
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) throw new TwilioError(20003);
  const text = Buffer.from(encoded, "base64").toString("utf8");
  const colon = text.indexOf(":");
  const name = text.slice(0, Math.max(0, colon));
  const secret = text.slice(colon + 1);
  const { accountSid, authToken } = twilio.settings;
  if (name === accountSid) {
    const tokens = [authToken, secondaryToken(twilio.store) ?? authToken];
    if (tokens.some((token) => same(secret, token))) return { accountSid, who: name, isApiKey: false };
  }
  const key = findApiKey(twilio, name);
  if (key && same(secret, key.secret)) return { accountSid, who: name, isApiKey: true };
  throw new TwilioError(20003);
}

/** A suspended account is answered like wrong credentials: https://www.twilio.com/docs/api/errors/20003 */
function isSuspended({ settings, store }: Twilio): boolean {
  const status = store.find("twilio:api:Account", settings.accountSid)?.body["status"];
  return status === "suspended" || status === "closed";
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
