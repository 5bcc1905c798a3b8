/** Twilio's request signature, https://www.twilio.com/docs/usage/security#validating-requests */
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { FunctionRequest } from "./types.ts";

/** Form parameters as they are signed: a name may stand several times. */
export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The value of `X-Twilio-Signature` for a request: HMAC-SHA1 over the full URL and each POST parameter, sorted by name,
 * name and value run together; values of one name are sorted and each counts once.
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
      url,
    );
  return createHmac("sha1", authToken).update(Buffer.from(text, "utf8")).digest("base64");
}

/** Whether a request carries a valid signature. The URL counts with its port and without, as Twilio's own libraries accept it. */
export function isSigned(authToken: string, request: FunctionRequest): boolean {
  const given = request.headers["x-twilio-signature"];
  if (typeof given !== "string") return false;
  const type = String(request.headers["content-type"] ?? "");
  const isForm = request.method === "POST" && type.startsWith("application/x-www-form-urlencoded");
  const parameters = isForm ? formParameters(new TextDecoder().decode(request.body)) : {};
  return urlVariants(request.url).some(
    (url) => bodyIsCovered(url, request, isForm) && equal(given, signRequest(authToken, url, parameters)),
  );
}

/** The parameters of a form body. */
export function formParameters(body: string): Record<string, string[]> {
  const parameters: Record<string, string[]> = {};
  for (const [name, value] of new URLSearchParams(body)) (parameters[name] ??= []).push(value);
  return parameters;
}

/** A body that is no form is covered by its digest in the query. */
function bodyIsCovered(url: string, request: FunctionRequest, isForm: boolean): boolean {
  const digest = new URL(url).searchParams.get("bodySHA256");
  if (isForm || request.body.length === 0) return true;
  return (
    digest !== null && equal(digest.toLowerCase(), createHash("sha256").update(request.body).digest("hex"))
  );
}

function urlVariants(given: string): string[] {
  const url = new URL(given);
  const port = url.protocol === "https:" ? "443" : "80";
  const withPort = given.replace(`//${url.host}`, `//${url.hostname}:${url.port || port}`);
  const withoutPort = given.replace(`//${url.host}`, `//${url.hostname}`);
  return [given, withPort, withoutPort].filter(unique);
}

function unique<Item>(item: Item, at: number, all: readonly Item[]): boolean {
  return all.indexOf(item) === at;
}

function equal(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
