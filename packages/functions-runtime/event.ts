/** What a Function gets as `event`, https://www.twilio.com/docs/serverless/functions-assets/functions/invocation */
import { formParameters } from "./signature.ts";
import type { FunctionRequest } from "./types.ts";

/** Headers that Twilio's proxies add or that belong to one hop; a Function does not see them. */
const dropped = new Set(
  "via referer transfer-encoding proxy-authorization proxy-authenticate x-real-ip connection proxy-connection expect trailer upgrade".split(
    " ",
  ),
);
const droppedPrefixes = ["i-twilio-", "i-t-", "ot-", "x-amz", "x-forwarded-", "x-accel-"];

/**
 * The event of a request: its query and its body (form or JSON object) merged, the body winning, and `request` with
 * the headers and cookies. A JSON body that does not parse adds nothing.
 */
export function eventOf(request: FunctionRequest): Record<string, unknown> {
  const query = flat(formParameters(new URL(request.url).search));
  const headers = headersOf(request);
  return { request: { headers, cookies: cookiesOf(headers) }, ...query, ...bodyOf(request) };
}

function headersOf({ headers }: FunctionRequest): Record<string, string | readonly string[]> {
  const kept = Object.entries(headers)
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !dropped.has(name) && !droppedPrefixes.some((prefix) => name.startsWith(prefix)));
  return Object.fromEntries(kept);
}

function cookiesOf(headers: FunctionRequest["headers"]): Record<string, string> {
  const pairs = [headers.cookie ?? []].flat().flatMap((line) => line.split(";"));
  const cookies = pairs.flatMap((pair) => {
    const [name = "", ...rest] = pair.trim().split("=");
    return name === "" ? [] : [[name, decoded(rest.join("="))] as const];
  });
  return Object.fromEntries(cookies);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bodyOf(request: FunctionRequest): Record<string, unknown> {
  const type = String(request.headers["content-type"] ?? "");
  const text = new TextDecoder().decode(request.body);
  if (type.startsWith("application/x-www-form-urlencoded")) return flat(formParameters(text));
  if (!type.startsWith("application/json")) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

function flat(parameters: Readonly<Record<string, string[]>>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, values]) => [
      name,
      values.length === 1 ? (values[0] ?? "") : values,
    ]),
  );
}
