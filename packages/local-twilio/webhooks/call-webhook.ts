/**
 * Calling a webhook of the account: form parameters, signed, with a time limit. Functions of the account are called
 * in this process; everything else over the network, which ends at this machine unless the settings say otherwise.
 */
import { signRequest } from "@support-line/functions-runtime";
import type { Twilio } from "../product.ts";

export interface WebhookCall {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

/** What came of it: an answer, whatever its status, or the reason why there was none. */
export type WebhookOutcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | { readonly kind: "failed"; readonly reason: string };

/** Calls a webhook. Never throws: what went wrong is the outcome. */
export async function callWebhook(twilio: Twilio, call: WebhookCall): Promise<WebhookOutcome> {
  if (!URL.canParse(call.url)) return failed(`'${call.url}' is no URL`);
  const { hostname, protocol } = new URL(call.url);
  if (protocol !== "http:" && protocol !== "https:") return failed(`${protocol} is neither http nor https`);
  if (hostname.endsWith(".twil.io")) return callFunction(twilio, call);
  if (!isLoopback(hostname) && !twilio.settings.webhooksLeaveMachine) {
    return failed(
      `${hostname} is another machine and the local Twilio sends nothing there unless it is started with webhooksLeaveMachine`,
    );
  }
  return callOverNetwork(twilio, call);
}

async function callFunction(twilio: Twilio, call: WebhookCall): Promise<WebhookOutcome> {
  const answer = await twilio.services.functions.request({ ...call, sign: true });
  if (answer === null) return failed(`no deployed Environment has the domain of ${call.url}`);
  if (answer === "timeout") return failed(tooSlow(call));
  return { kind: "answered", status: answer.status, contentType: answer.contentType, body: answer.body };
}

async function callOverNetwork(twilio: Twilio, call: WebhookCall): Promise<WebhookOutcome> {
  const { clock, settings } = twilio;
  const url = new URL(call.url);
  const isGet = call.method === "GET";
  const inQuery = isGet ? call.parameters : {};
  for (const [name, value] of Object.entries(inQuery)) url.searchParams.append(name, value);
  const signed = signRequest(settings.authToken, url.href, isGet ? {} : call.parameters);
  const abort = new AbortController();
  const disarm = clock.at(clock.now() + call.timeoutMs, () => abort.abort());
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: { "x-twilio-signature": signed, "user-agent": "TwilioProxy/1.1", accept: "*/*" },
      ...(isGet ? {} : { body: new URLSearchParams(call.parameters) }),
      signal: abort.signal,
    });
    const contentType = response.headers.get("content-type") ?? "";
    return { kind: "answered", status: response.status, contentType, body: await response.text() };
  } catch (error) {
    return failed(abort.signal.aborted ? tooSlow(call) : reasonOf(error));
  } finally {
    disarm();
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}

function tooSlow({ url, timeoutMs }: WebhookCall): string {
  return `${url} did not answer within ${timeoutMs} ms`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

function failed(reason: string): WebhookOutcome {
  return { kind: "failed", reason };
}
