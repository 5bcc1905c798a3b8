/** Calling a webhook of the account: form parameters, signed, with a time limit. Functions are called in this process. */
import { limits } from "../limits.ts";
import { randomUUID } from "node:crypto";
import { signRequest } from "@support-line/functions-runtime";
import type { Twilio } from "../product.ts";
import { callOut, failed, tooLarge, tooLate, type Outcome } from "./call-out.ts";
import { connectionOverrides, isRetried, type ConnectionOverrides } from "./connection-overrides.ts";

export interface WebhookCall {
  /** Whose webhook it is, where that makes a difference: Conversations says its charset and takes no connection overrides. */
  readonly by?: "conversations";
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** What tells a receiver that this came before; each call has one of its own unless it is given. */
  readonly idempotencyToken?: string;
}

/** A new idempotency token, for what may be sent more than once. */
export function newIdempotencyToken(): string {
  return randomUUID();
}

/**
 * The headers of every webhook, as recorded requests of Twilio's have them; a POST has its content type and each its
 * signature besides.
 */
export function webhookHeaders(idempotencyToken: string): Record<string, string> {
  return {
    accept: "*/*",
    "i-twilio-idempotency-token": idempotencyToken,
    "user-agent": "TwilioProxy/1.1",
    "x-home-region": "us1",
  };
}

/** The content type of a POST: Conversations says its charset. */
function contentTypeOf({ by }: WebhookCall): string {
  const form = "application/x-www-form-urlencoded";
  return by === "conversations" ? `${form}; charset=utf-8` : form;
}

/** Calls a webhook. Never throws: what went wrong is the outcome. */
export async function callWebhook(twilio: Twilio, call: WebhookCall): Promise<Outcome> {
  if (!URL.canParse(call.url)) return failed(`'${call.url}' is not a URL`);
  const url = new URL(call.url);
  const overrides: ConnectionOverrides =
    call.by === "conversations"
      ? { timeoutMs: call.timeoutMs, retries: 0, retryOn: [] }
      : connectionOverrides(url.hash, call.timeoutMs);
  url.hash = "";
  if (url.hostname.endsWith(".twil.io")) return callFunction(twilio, { ...call, url: url.href });
  const isGet = call.method === "GET";
  const inQuery = isGet ? call.parameters : {};
  for (const [name, value] of Object.entries(inQuery)) url.searchParams.append(name, value);
  const signature = signRequest(twilio.settings.authToken, url.href, isGet ? {} : call.parameters);
  const request = {
    method: call.method,
    url: url.href,
    headers: {
      ...webhookHeaders(call.idempotencyToken ?? newIdempotencyToken()),
      "x-twilio-signature": signature,
      ...(isGet ? {} : { "content-type": contentTypeOf(call) }),
    },
    body: isGet ? null : new URLSearchParams(call.parameters).toString(),
    timeoutMs: overrides.timeoutMs,
  };
  for (let retry = 0; ; retry += 1) {
    const outcome = await callOut(twilio, request);
    if (retry >= overrides.retries || !isRetried(outcome, overrides.retryOn)) return outcome;
  }
}

/** Calls a Function of the account, signed. The reason names the domain when no Environment has it. */
export async function callFunction(twilio: Twilio, call: WebhookCall): Promise<Outcome> {
  const type = call.method === "POST" ? { "content-type": contentTypeOf(call) } : {};
  const headers = { ...webhookHeaders(call.idempotencyToken ?? newIdempotencyToken()), ...type };
  const answer = await twilio.services.functions.request({ ...call, headers, sign: true });
  if (answer === null) {
    return failed(`no deployed Environment has the domain of ${call.url}`);
  }
  if (answer === "timeout") return tooLate(call.url, call.timeoutMs);
  if (Buffer.byteLength(answer.body) > limits.answer.bytes) return tooLarge(call.url);
  return { kind: "answered", status: answer.status, contentType: answer.contentType, body: answer.body };
}
