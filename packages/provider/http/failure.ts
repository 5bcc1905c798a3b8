import { ProviderError } from "../errors.ts";
import type { JsonMap } from "../values/value.ts";
import type { Answer, Purpose } from "./client.ts";
import type { Place } from "./place.ts";

/** A request that got no answer. */
export interface Failure {
  readonly reason: string;
  /** Node's code for it, `ECONNREFUSED`. */
  readonly code: string | undefined;
  readonly cause: unknown;
}

/** What `fetch` threw, in words. */
export function failureOf(thrown: unknown): Failure {
  const causes = [thrown, (thrown as { cause?: unknown } | undefined)?.cause];
  const coded = causes.find(
    (cause): cause is { code: string } => typeof (cause as { code?: unknown } | undefined)?.code === "string",
  );
  const inner = causes[1] ?? thrown;
  const message =
    inner instanceof Error && inner.message !== "" ? inner.message : String(coded?.code ?? thrown);
  // An address may hold a login, and Node's messages the address.
  return { reason: message.replace(/\/\/[^\s/@]+@/g, "//"), code: coded?.code, cause: thrown };
}

/** Whether the request cannot have reached anybody: there was no connection to send it on. */
export function neverSent({ code }: Failure): boolean {
  return code !== undefined && unsent.has(code);
}

const unsent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

interface Outcome {
  readonly purpose: Purpose;
  readonly path: string;
  readonly attempts: number;
  readonly repeatable: boolean;
  /** Names of what was sent. */
  readonly sent: readonly string[];
  readonly answer: Answer | Failure;
  readonly place: Place;
}

/** What became of a request that will not be tried again, for a person. */
export function refusal({
  purpose,
  path,
  attempts,
  repeatable,
  sent,
  answer,
  place,
}: Outcome): ProviderError {
  const { what } = purpose;
  const advice = purpose.advice ?? "Run `pulumi refresh`, then `pulumi up`.";
  if ("reason" in answer) {
    const { reason, cause } = answer;
    if (neverSent(answer) || repeatable) {
      const endpoint =
        place.endpoint === undefined ? "" : ` and whether something listens at ${place.endpoint}`;
      return new ProviderError("twilio-unreachable", { what, reason, endpoint }, { cause });
    }
    return new ProviderError("answer-lost", { what, reason, advice }, { cause });
  }
  const { status } = answer;
  const { code, message, more } = twilioError(answer.text);
  const requestId = answer.headers.get("twilio-request-id");
  const request = requestId === null ? "" : `, request ${requestId}`;
  const details = { status, details: more, ...(code === undefined ? {} : { twilioCode: code }) };
  const words = { what, path, status, code: code ?? "none", message, request, attempts };
  if (isNotThere(status, message, path)) return new ProviderError("not-found", words, details);
  if (status < 500 && status !== 429) {
    const property = propertyIn(message, sent, purpose);
    const advice = adviceFor(status, code, message);
    return new ProviderError("twilio-refused", { ...words, property, advice }, details);
  }
  if (status === 429 || repeatable || answer.headers.has("retry-after")) {
    return new ProviderError("twilio-failed", words, details);
  }
  return new ProviderError("answer-lost", { what, reason: `HTTP ${status}${request}`, advice }, details);
}

/**
 * Whether an answer says that nothing is there: 404, 410, or as Proxy says it, with 400 and the kind of what its path names
 * ("Invalid Phone Number Sid"), which live accounts answered of what had been deleted.
 */
function isNotThere(status: number, message: string, path: string): boolean {
  if (status === 404 || status === 410) return true;
  const named = /^Invalid ((?:[A-Z]\w+ )+)Sid$/.exec(message)?.[1]?.replaceAll(" ", "");
  return status === 400 && named !== undefined && path.includes(`/${named}s/`);
}

/** `, property friendlyName`, where Twilio's message names something that was sent; the longest name that fits. */
function propertyIn(message: string, sent: readonly string[], { property }: Purpose): string {
  const named = [...new Set(sent)]
    .toSorted((one, other) => other.length - one.length)
    .find((name) => message.split(/[^\w.]+|\.(?=\s|$)/).includes(name));
  return named === undefined ? "" : `, property ${property?.(named) ?? named}`;
}

/** Twilio's error body, `{code, message, more_info, status}`. */
function twilioError(text: string): {
  readonly code: number | undefined;
  readonly message: string;
  readonly more?: unknown;
} {
  try {
    const body = JSON.parse(text) as JsonMap;
    const more = body["details"];
    const details = more === undefined || more === null ? "" : ` ${JSON.stringify(more)}`;
    return {
      more,
      code: typeof body["code"] === "number" ? body["code"] : undefined,
      message: `${typeof body["message"] === "string" ? body["message"].replace(/\.$/, "") : "no message"}${details}`,
    };
  } catch {
    return { code: undefined, message: text.slice(0, 120) || "no message" };
  }
}

/** What to do about the refusals that say too little by themselves. */
function adviceFor(status: number, code: number | undefined, message: string): string {
  if (isFull(code, message)) {
    return "The account has as many of these as Twilio gives one: delete those that nobody needs, deploy to another account, or ask Twilio's support for more";
  }
  if (code === 20005) return "The account is suspended or closed: see its status in Twilio's Console";
  if (status === 401 || code === 20003) {
    return "Check the account SID and its auth token or API key; a suspended account answers the same";
  }
  if (/already has requested deployment/i.test(message)) {
    return "The Environment runs this Build already: nothing needs to be deployed. `pulumi refresh` reads what runs";
  }
  if (code === 20409 || status === 409) {
    return "Something with that name exists already: give this one another name, or take that one over with `pulumi import`";
  }
  return code === undefined ? "See the message" : `See https://www.twilio.com/docs/errors/${code}`;
}

/**
 * Whether Twilio has no room for one more: 21102 (https://www.twilio.com/docs/api/errors/21102), and of Serverless
 * Services 20001, "Services are limited to less than or equal to 50".
 */
function isFull(code: number | undefined, message: string): boolean {
  return code === 21102 || (code === 20001 && /limited to less than or equal to \d+/i.test(message));
}
