/**
 * What stands between a request and a Function, and between its response and the caller: Twilio's Functions Gateway,
 * https://www.twilio.com/docs/serverless/functions-assets/functions/request-flow. It runs in the host, so that a refused
 * request wakes no process.
 */
import { issuedCookie } from "./cookies.ts";
import { limits, tooManyHeaders } from "./limits.ts";
import { isSigned } from "./signature.ts";
import type { DeployedFile, Deployment, FunctionRequest, FunctionResponse, Invocation } from "./types.ts";

/** What Twilio's pages leave open, as named switches. */
export interface GatewaySwitches {
  /**
   * Status for a request of a protected Function or Asset without a valid signature. The pages on Assets and on the
   * Service say 403, the page on the request flow says 400; two to one, so 403.
   */
  readonly signatureRejection?: 403 | 400;
  /**
   * Runs at once for each Service; what comes on top is answered with 429. Twilio documents the 30, not the status.
   * `Infinity` lets everything through.
   */
  readonly maxConcurrent?: number;
}

/** An answer of the gateway itself; `error` where Twilio's Debugger would hear of it. */
export interface GatewayAnswer {
  readonly response: FunctionResponse;
  readonly error?: Invocation["error"];
}

const verbs = new Set(["GET", "POST", "OPTIONS"]);
const text = new TextEncoder();

/**
 * The answer to a request that reaches no Function; null when it is let through to `file`.
 *
 * @param request with header names in lower case
 * @param running runs of the Service at this moment, this one included
 */
export function refusal(
  file: DeployedFile | undefined,
  deployment: Deployment,
  request: FunctionRequest,
  switches: GatewaySwitches,
  running: number,
): GatewayAnswer | null {
  const { method, headers, body } = request;
  const isAsset = file !== undefined && deployment.assets.includes(file);
  if (!verbs.has(method) && !(isAsset && method === "HEAD")) return plain(405, "Method Not Allowed");
  if (file === undefined) return plain(404, "Not Found");
  if (file.visibility === "private") return plain(403, "Forbidden");
  // A browser's pre-flight is answered by Twilio, never by the Function.
  if (method === "OPTIONS") return { response: { status: 204, headers: preflight, body: text.encode("") } };
  if (tooManyHeaders(headers)) return plain(431, "Request headers or cookies too long", 82008);
  if (body.byteLength > limits.request) return plain(413, "Payload Too Large");
  if (method === "GET" && body.byteLength > 0) return plain(403, "Forbidden");
  if (file.visibility === "protected" && !isSigned(deployment.authToken, request)) {
    const status = switches.signatureRejection ?? 403;
    return plain(status, "Unauthorized - you are not authorized to access this resource");
  }
  return running > (switches.maxConcurrent ?? limits.concurrent) ? plain(429, "Too Many Requests") : null;
}

/** Twilio documents the first two; the rest is what its toolkit's development server sends. */
const preflight = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-allow-methods": "GET, POST, OPTIONS",
  "access-control-expose-headers": "ETag",
  "access-control-max-age": "86400",
};

/**
 * A Function's response as it leaves Twilio: its cookies made safe, its headers counted, and how many runs the Service
 * has at this moment.
 *
 * @param now the time, in milliseconds since 1970: a cookie lives a day at most
 */
export function issued(
  response: FunctionResponse,
  { domainName }: Deployment,
  running: number,
  now: number,
): GatewayAnswer {
  const { "set-cookie": given, ...rest } = response.headers;
  const cookies = [given ?? []].flat().map((cookie) => issuedCookie(cookie, domainName, now));
  if (cookies.includes(null)) return plain(400, "Cookies max-age cannot be greater than a day");
  const kept = cookies.filter((cookie) => cookie !== null);
  const headers = { ...rest, ...(kept.length > 0 ? { "set-cookie": kept } : {}) };
  if (tooManyHeaders(headers)) return plain(431, "Response headers or cookies too long", 82008);
  return {
    response: { ...response, headers: { ...headers, "x-twilio-function-concurrency": String(running) } },
  };
}

/** An answer of plain text, with the Debugger's code when it has one. */
export function plain(status: number, message: string, code?: number): GatewayAnswer {
  const response = { status, headers: { "content-type": "text/plain" }, body: text.encode(message) };
  return code === undefined ? { response } : { response, error: { code, message } };
}
