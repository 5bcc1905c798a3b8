/** Calling a webhook of the account: form parameters, signed, with a time limit. Functions are called in this process. */
import { signRequest } from "@support-line/functions-runtime";
import type { Twilio } from "../product.ts";
import { callOut, failed, tooLate, type Outcome } from "./call-out.ts";

export interface WebhookCall {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** Calls a webhook. Never throws: what went wrong is the outcome. */
export async function callWebhook(twilio: Twilio, call: WebhookCall): Promise<Outcome> {
  if (!URL.canParse(call.url)) return failed(`'${call.url}' is no URL`);
  const url = new URL(call.url);
  if (url.hostname.endsWith(".twil.io")) return callFunction(twilio, call);
  const isGet = call.method === "GET";
  const inQuery = isGet ? call.parameters : {};
  for (const [name, value] of Object.entries(inQuery)) url.searchParams.append(name, value);
  const signature = signRequest(twilio.settings.authToken, url.href, isGet ? {} : call.parameters);
  const form = { "content-type": "application/x-www-form-urlencoded; charset=UTF-8" };
  return callOut(twilio, {
    method: call.method,
    url: url.href,
    headers: {
      "x-twilio-signature": signature,
      "user-agent": "TwilioProxy/1.1",
      ...(isGet ? {} : form),
    },
    body: isGet ? null : new URLSearchParams(call.parameters).toString(),
    timeoutMs: call.timeoutMs,
  });
}

/** Calls a Function of the account, signed. The reason names the domain when no Environment has it. */
export async function callFunction(twilio: Twilio, call: WebhookCall): Promise<Outcome> {
  const answer = await twilio.services.functions.request({ ...call, sign: true });
  if (answer === null) {
    return failed(`no deployed Environment has the domain of ${call.url}`);
  }
  if (answer === "timeout") return tooLate(call.url, call.timeoutMs);
  return { kind: "answered", status: answer.status, contentType: answer.contentType, body: answer.body };
}
