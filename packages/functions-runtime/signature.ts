/** Twilio's request signature, https://www.twilio.com/docs/usage/security#validating-requests */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { parse, stringify } from "node:querystring";
import type { FunctionRequest } from "./types.ts";

/** Form parameters as they are signed: a name may stand several times. */
export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The value of `X-Twilio-Signature` for a request: HMAC-SHA1 over the full URL and each POST parameter, sorted by name,
 * name and value run together; values of one name are sorted and each counts once. A fragment is not signed.
 *
 * @param authToken the account's primary auth token
 * @param url full URL with its query, as it is called
 * @param parameters form parameters; none for GET and for JSON bodies
 */
export function signRequest(authToken: string, url: string, parameters: Parameters = {}): string {
  const text = Object.keys(parameters)
    .sort()
    .reduce(
      (signed, name) =>
        signed +
        [parameters[name] ?? ""]
          .flat()
          .sort()
          .filter(unique)
          .map((value) => name + value)
          .join(""),
      url.replace(/#.*$/, ""),
    );
  return createHmac("sha1", authToken).update(Buffer.from(text, "utf8")).digest("base64");
}

/**
 * Whether a request carries a valid signature. The URL counts with its port and without, as it came, normalised and
 * with its query encoded anew: the spellings that Twilio's own libraries accept.
 *
 * @param request with header names in lower case
 */
export function isSigned(authToken: string, request: FunctionRequest): boolean {
  const given = request.headers["x-twilio-signature"];
  if (typeof given !== "string") return false;
  const type = String(request.headers["content-type"] ?? "").toLowerCase();
  const isForm = request.method === "POST" && type.startsWith("application/x-www-form-urlencoded");
  if (!isForm && !bodyIsCovered(request)) return false;
  const parameters = isForm ? formParameters(new TextDecoder().decode(request.body)) : {};
  return spellingsOf(request.url).some((url) => equal(given, signRequest(authToken, url, parameters)));
}

/** The parameters of a form body or a query. */
export function formParameters(text: string): Record<string, string[]> {
  const parameters = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) {
    const values = parameters.get(name);
    if (values) values.push(value);
    else parameters.set(name, [value]);
  }
  return Object.fromEntries(parameters);
}

/** A body that is no form is covered by its digest in the signed query. */
function bodyIsCovered({ url, body }: FunctionRequest): boolean {
  if (body.length === 0) return true;
  const digest = new URL(url).searchParams.get("bodySHA256");
  return digest !== null && equal(digest.toLowerCase(), createHash("sha256").update(body).digest("hex"));
}

function spellingsOf(given: string): string[] {
  const normal = new URL(given).toString();
  const [place, query] = normal.split("?");
  const encoded = query ? `${place}?${stringify(parse(query))}` : normal;
  return [given, normal, encoded].flatMap((url) => [withoutPort(url), withPort(url)]).filter(unique);
}

const origin = /^(https?:\/\/(?:[^/?#@]*@)?(?:\[[^\]]*\]|[^/?#:]*))(:\d+)?/i;

function withoutPort(url: string): string {
  return url.replace(origin, "$1");
}

function withPort(url: string): string {
  const usual = url.toLowerCase().startsWith("https:") ? ":443" : ":80";
  return url.replace(origin, (_, host: string, port?: string) => `${host}${port ?? usual}`);
}

function unique<Item>(item: Item, at: number, all: readonly Item[]): boolean {
  return all.indexOf(item) === at;
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
