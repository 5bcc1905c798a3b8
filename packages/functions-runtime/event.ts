/** What a Function gets as `event`, https://www.twilio.com/docs/serverless/functions-assets/functions/invocation */
import { formParameters } from "./signature.ts";
import type { FunctionRequest } from "./types.ts";

/** Headers that belong to one hop or that Twilio keeps to itself; a Function does not see them. The page on limitations adds `host` to those of the toolkit. */
const dropped = new Set(
  "host via referer transfer-encoding proxy-authorization proxy-authenticate x-real-ip connection proxy-connection expect trailer upgrade".split(
    " ",
  ),
);
const droppedPrefixes = ["i-twilio-", "i-t-", "ot-", "x-amz", "x-forwarded-", "x-accel-"];

/** A body that says it is JSON and is not. Twilio refuses an invalid request with 400. */
export class MalformedBody extends Error {}

/** The same request with every header's name in lower case, as the rest of this package reads them. */
export function withLowerCaseHeaders(request: FunctionRequest): FunctionRequest {
  const headers: Record<string, string | readonly string[]> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    const key = name.toLowerCase();
    const present = headers[key];
    headers[key] = present === undefined ? value : [present, value].flat();
  }
  return { ...request, headers };
}

/**
 * The event of a request: its query and its body (form, JSON object, or JSON list by index) merged, the body winning, and `request` with
 * the headers and cookies. What stands several times is a list.
 *
 * @param request with header names in lower case
 * @throws MalformedBody for JSON that does not parse
 */
export function eventOf(request: FunctionRequest): Record<string, unknown> {
  const query = flat(formParameters(new URL(request.url).search));
  const headers = headersOf(request);
  return { request: { headers, cookies: cookiesOf(headers) }, ...query, ...bodyOf(request) };
}

function headersOf({ headers }: FunctionRequest): Record<string, string | readonly string[]> {
  const kept = Object.entries(headers).filter(
    ([name]) => !dropped.has(name) && !droppedPrefixes.some((prefix) => name.startsWith(prefix)),
  );
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
  const type = String(request.headers["content-type"] ?? "").toLowerCase();
  const text = new TextDecoder().decode(request.body);
  if (type.startsWith("application/x-www-form-urlencoded")) return flat(formParameters(text));
  if (!type.startsWith("application/json") || text === "") return {};
  const value = parsed(text);
  // A list gives its items by index, as in the toolkit's development server.
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new MalformedBody("the body is not JSON", { cause: error });
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
