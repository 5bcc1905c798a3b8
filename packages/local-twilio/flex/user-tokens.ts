/**
 * Tokens of the people who sign in to Flex, which Functions have validated by `iam.twilio.com` (twilio-flex-token-validator). What a
 * token of Flex holds is Twilio's affair; here it is an access token as the helper libraries make them
 * (https://www.twilio.com/docs/iam/access-tokens), signed by an API key of the account or by its auth token, whose identity is the
 * name of a worker.
 */
import { isoOf } from "../calendar.ts";
import { createHmac, timingSafeEqual } from "node:crypto";
import { isBody, parseJson, textOf, type Json } from "../json.ts";
import { findApiKey } from "../http/api-keys.ts";
import { authenticate } from "../http/authenticate.ts";
import { refusal } from "../http/answer.ts";
import { jsonAnswer } from "../http/json-answer.ts";
import type { Body, RawRequest, RawResponse, StoredObject, Twilio } from "../product.ts";
import { TwilioError } from "../errors.ts";

/** How long a token is valid, in seconds. */
const lifetime = 3600;

/** The worker of a name or a SID. */
export function findWorker(twilio: Twilio, name: string): StoredObject | undefined {
  const workers = twilio.store.list("twilio:taskrouter:Worker");
  return workers.find(({ sid, body }) => sid === name || body["friendly_name"] === name);
}

/** A token for a worker, signed by the account. */
export function userToken(twilio: Twilio, worker: StoredObject): string {
  const { accountSid, authToken } = twilio.settings;
  const now = Math.floor(twilio.clock.now() / 1000);
  const identity = textOf(worker.body["friendly_name"]);
  const parts = [
    { typ: "JWT", alg: "HS256", cty: "twilio-fpa;v=1" },
    { iss: accountSid, sub: accountSid, iat: now, exp: now + lifetime, grants: { identity } },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signed = parts.join(".");
  return `${signed}.${signatureOf(signed, authToken)}`;
}

/** `POST /v1/Accounts/{Sid}/Tokens/validate` with `{"token": …}`. */
export function serveValidation(twilio: Twilio, request: RawRequest): Promise<RawResponse> {
  try {
    const { authorization } = request.headers;
    const caller = authenticate(twilio, typeof authorization === "string" ? authorization : undefined);
    if (!request.path.includes(`/${caller.accountSid}/`)) throw new TwilioError(20003);
    const asked = jsonIn(Buffer.from(request.body).toString("utf8"));
    const token = isBody(asked) ? textOf(asked["token"]) : "";
    return Promise.resolve(jsonAnswer(200, verdictOn(twilio, token)));
  } catch (error) {
    return Promise.resolve(refusal(error, (problem) => process.emitWarning(String(problem))));
  }
}

/** As the validator's page shows it; the messages of a refusal are ours. */
function verdictOn(twilio: Twilio, token: string): Body {
  const refused = (message: string): Body => ({ valid: false, code: 20101, message });
  const [header = "", payload = "", signature = ""] = token.split(".");
  const claims = jsonIn(Buffer.from(payload, "base64url").toString("utf8"));
  if (!isBody(claims)) return refused("Invalid Access Token");
  const secret = secretOf(twilio, textOf(claims["iss"]));
  if (secret === undefined || !same(signature, signatureOf(`${header}.${payload}`, secret))) {
    return refused("Invalid Access Token");
  }
  const expires = Number(claims["exp"]) * 1000;
  if (!(expires > twilio.clock.now())) {
    return refused("Access Token expired or expiration date invalid");
  }
  const grants = claims["grants"];
  const identity = isBody(grants) ? textOf(grants["identity"]) : "";
  const worker = findWorker(twilio, identity);
  if (worker === undefined) return refused(`No worker of this account is called '${identity}'`);
  const attributes = jsonIn(textOf(worker.body["attributes"]));
  const roles = isBody(attributes) ? attributes["roles"] : undefined;
  return {
    ...{ valid: true, code: 0, message: null, expiration: isoOf(expires) },
    ...{ realm_user_id: identity, identity, roles: Array.isArray(roles) ? roles : ["agent"] },
    worker_sid: worker.sid,
  };
}

/** What a text is as JSON; null for what is none. */
function jsonIn(content: string): Json {
  try {
    return parseJson(content);
  } catch {
    return null;
  }
}

function secretOf(twilio: Twilio, issuer: string): string | undefined {
  const { accountSid, authToken } = twilio.settings;
  return issuer === accountSid ? authToken : findApiKey(twilio, issuer)?.secret;
}

function signatureOf(signed: string, secret: string): string {
  return createHmac("sha256", secret).update(signed).digest("base64url");
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
