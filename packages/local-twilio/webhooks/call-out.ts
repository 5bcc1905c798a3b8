/**
 * HTTP requests of Twilio's machines to somebody else's. They end at this machine: Twilio's own hosts are the local
 * Twilio itself, loopback is reached, and every other host only when the settings let webhooks leave the machine. Stand-ins
 * answer before any of it.
 */
import { limits } from "../limits.ts";
import { isTwilioHost } from "../http/address.ts";
import type { Twilio } from "../product.ts";

export interface OutgoingRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
  /** The Execution that asks; absent: a webhook does. */
  readonly executionSid?: string;
}

/** What came of it: an answer, whatever its status, or the reason why there was none. */
export type Outcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
    }
  | { readonly kind: "failed"; readonly reason: string; readonly isTimeout: boolean };

/** Makes a request, following redirects. Never throws: what went wrong is the outcome. */
export async function callOut(twilio: Twilio, request: OutgoingRequest): Promise<Outcome> {
  const { clock } = twilio;
  const abort = new AbortController();
  const disarm = clock.at(clock.now() + request.timeoutMs, () => abort.abort());
  try {
    return await follow(twilio, request, abort.signal);
  } catch (error) {
    if (abort.signal.aborted) return tooLate(request.url, request.timeoutMs);
    return failed(reasonOf(error));
  } finally {
    disarm();
  }
}

async function follow(twilio: Twilio, request: OutgoingRequest, signal: AbortSignal): Promise<Outcome> {
  let { url, method, body } = request;
  for (let hop = 0; hop <= limits.answer.redirects; hop += 1) {
    const target = targetOf(url);
    if (typeof target === "string") return failed(target);
    const headers = { ...request.headers, ...credentialsOf(target) };
    target.username = "";
    target.password = "";
    if (isTwilioHost(target.hostname)) return askTwilio(twilio, target, { method, headers, body });
    const stoodIn = await twilio.settings.standIns.servers?.({
      method,
      url: target.href,
      body: body ?? "",
      executionSid: request.executionSid ?? null,
    });
    if (stoodIn === null) return tooLate(url, request.timeoutMs);
    if (stoodIn !== undefined) return { kind: "answered", ...stoodIn };
    const reason = refusalOf(twilio, target);
    if (reason !== null) return failed(reason);
    const response = await fetch(target, { method, headers, body, signal, redirect: "manual" });
    const location = response.headers.get("location");
    if (location === null || response.status < 300 || response.status > 399) {
      const contentType = response.headers.get("content-type") ?? "";
      const body = await readBounded(response);
      if (body === null) return tooLarge(url);
      return { kind: "answered", status: response.status, contentType, body };
    }
    await response.body?.cancel();
    url = new URL(location, url).href;
    if (response.status !== 307 && response.status !== 308) {
      method = "GET";
      body = null;
    }
  }
  return failed(`${request.url} redirects more than ${limits.answer.redirects} times`);
}

/**
 * The body of an answer; null where it is larger than Twilio takes. No more than that is read, however much is sent, and however
 * well it was packed.
 */
async function readBounded({ body }: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop ends the connection.
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limits.answer.bytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** The URL of a request, or why there can be none. */
function targetOf(url: string): URL | string {
  if (!URL.canParse(url)) return `'${url}' is not a URL`;
  const target = new URL(url);
  const { protocol } = target;
  return protocol === "http:" || protocol === "https:" ? target : `${protocol} is neither http nor https`;
}

/** Why a request goes nowhere; null when it may go. */
function refusalOf({ settings }: Twilio, { hostname }: URL): string | null {
  const isHere = hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
  if (isHere || settings.webhooksLeaveMachine) return null;
  return `${hostname} is another machine and the local Twilio sends nothing there unless it is started with webhooksLeaveMachine`;
}

/** Twilio's own hosts are this local Twilio. */
async function askTwilio(
  twilio: Twilio,
  { hostname, pathname, search, href }: URL,
  { method, headers, body }: Pick<OutgoingRequest, "method" | "headers" | "body">,
): Promise<Outcome> {
  const response = await twilio.request({
    method,
    host: hostname,
    path: `${pathname}${search}`,
    url: href,
    headers,
    body: Buffer.from(body ?? ""),
  });
  if (response === null) return failed("the connection was cut");
  const contentType = String(response.headers["content-type"] ?? "");
  if (Buffer.byteLength(response.body) > limits.answer.bytes) return tooLarge(href);
  const text =
    typeof response.body === "string" ? response.body : Buffer.from(response.body).toString("utf8");
  return { kind: "answered", status: response.status, contentType, body: text };
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === "") return {};
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** The outcome of a request that could not be made. */
export function failed(reason: string): Outcome {
  return { kind: "failed", reason, isTimeout: false };
}

/** The outcome of a request whose answer is larger than Twilio reads. */
export function tooLarge(url: string): Outcome {
  return failed(`${url} answered more than ${limits.answer.bytes / 1024} kB`);
}

/** The outcome of a request that nobody answered in time. */
export function tooLate(url: string, timeoutMs: number): Outcome {
  return { kind: "failed", reason: `${url} did not answer within ${timeoutMs} ms`, isTimeout: true };
}
