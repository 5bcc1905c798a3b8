/** From what a Function called back with to what goes over the wire. */
import { validateHeaderName, validateHeaderValue } from "node:http";
import type { FunctionResponse } from "../types.ts";
import { headerLoad, limits } from "../limits.ts";
import { Response } from "./response.ts";

const text = new TextEncoder();

/**
 * The response of `callback(null, payload)`: nothing gives an empty 200, text is plain text, TwiML is XML, a
 * `Response` is as it was built, and everything else is JSON.
 *
 * @throws Error for a `Response` whose body is an object without a JSON content type, and for bodies over 4 MB,
 *   and for a status or headers that HTTP cannot carry
 */
export function answerOf(payload: unknown): FunctionResponse {
  const response =
    payload instanceof Response || isForeignResponse(payload)
      ? builtResponse(payload)
      : plainResponse(payload);
  refuseUnsendable(response);
  const size = response.body.byteLength + headerLoad(response.headers).bytes;
  if (size > limits.response) {
    throw new Error(`The response is ${size} bytes, and Twilio allows ${limits.response}`);
  }
  return response;
}

/** What HTTP cannot carry is found here, where it still is the Function's error. */
function refuseUnsendable({ status, headers }: FunctionResponse): void {
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    throw new Error(`${status} is not a status of a response: statuses are 200 to 599`);
  }
  for (const [name, values] of Object.entries(headers)) {
    validateHeaderName(name);
    for (const value of [values].flat()) validateHeaderValue(name, value);
  }
}

/** The response of `callback(error)`: 500 with what the error says. Of what cannot be written as JSON it says nothing. */
export function failureOf(error: unknown): FunctionResponse {
  if (typeof error === "string") return respond(500, "text/plain", error);
  const body =
    error instanceof Error ? { message: error.message, name: error.name, stack: error.stack } : error;
  return respond(500, "application/json", jsonOf(body));
}

/** A value as JSON, whatever it is. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "{}";
  } catch {
    return "{}";
  }
}

function plainResponse(payload: unknown): FunctionResponse {
  if (payload === undefined || payload === null) return respond(200, "text/plain", "");
  if (typeof payload === "string") return respond(200, "text/plain", payload);
  const xml = twiml(payload);
  if (xml !== undefined) return respond(200, "text/xml", xml);
  return respond(200, "application/json", JSON.stringify(payload) ?? "");
}

/** TwiML objects of the helper library write themselves as XML. */
function twiml(payload: unknown): string | undefined {
  if (!classOf(payload).endsWith("Response")) return undefined;
  const written = String(payload);
  return written.startsWith("<?xml") ? written : undefined;
}

/** A `Response` of `@twilio/runtime-handler`, which a bundled Function may carry. */
function isForeignResponse(payload: unknown): payload is Response {
  return (
    classOf(payload) === "Response" &&
    typeof payload === "object" &&
    payload !== null &&
    "statusCode" in payload &&
    "headers" in payload
  );
}

function classOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const { constructor } = value;
  return typeof constructor === "function" ? constructor.name : "";
}

function builtResponse(built: Response): FunctionResponse {
  const headers = Object.fromEntries(
    Object.entries(built.headers)
      .filter(([, value]) => typeof value !== "object" || value.length > 0)
      .map(([name, value]) => [name.toLowerCase(), typeof value === "object" ? value : String(value)]),
  );
  const type = String(headers["content-type"] ?? "");
  const { body } = built;
  const isJson = type.startsWith("application/json");
  if (typeof body === "object" && body !== null && !(body instanceof Uint8Array) && !isJson) {
    throw new Error("The body of the Response is an object; set Content-Type application/json, or give text");
  }
  return {
    status: built.statusCode,
    headers: type === "" ? { "content-type": "text/plain", ...headers } : headers,
    body:
      body instanceof Uint8Array
        ? body
        : text.encode(isJson && typeof body !== "string" ? JSON.stringify(body) : textOf(body)),
  };
}

function textOf(body: unknown): string {
  return typeof body === "string" || typeof body === "number" || typeof body === "boolean"
    ? String(body)
    : "";
}

function respond(status: number, type: string, body: string): FunctionResponse {
  return { status, headers: { "content-type": type }, body: text.encode(body) };
}
