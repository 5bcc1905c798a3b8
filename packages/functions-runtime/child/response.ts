/**
 * `Twilio.Response`, https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies/setting-and-modifying;
 * what the page leaves open is as in `@twilio/runtime-handler` (serverless-toolkit, `dev-runtime/internal/response.ts`).
 */
type HeaderValue = string | number | boolean | readonly string[];
type Headers = Record<string, HeaderValue>;

export interface ResponseOptions {
  readonly statusCode?: number;
  readonly body?: unknown;
  readonly headers?: Headers;
}

const cookieHeader = "Set-Cookie";

/** A response that a Function builds: status, body, headers, cookies. Every setter answers the response itself. */
export class Response {
  statusCode: number;
  body: unknown;
  headers: Headers = { [cookieHeader]: [] };

  constructor({ statusCode = 200, body = null, headers = {} }: ResponseOptions = {}) {
    this.statusCode = statusCode;
    this.body = body;
    this.setHeaders(headers);
  }

  setStatusCode(statusCode: number): this {
    this.statusCode = statusCode;
    return this;
  }

  setBody(body: unknown): this {
    this.body = body;
    return this;
  }

  /** Puts these in place of all headers that were set, cookies included. What is no object changes nothing. */
  setHeaders(headers: Headers): this {
    if (typeof headers !== "object") return this;
    this.headers = { [cookieHeader]: [] };
    for (const [name, value] of Object.entries(headers)) this.appendHeader(name, value);
    return this;
  }

  /**
   * Adds a header; one that is there gets a further value.
   *
   * @throws Error for a value that is an object
   */
  appendHeader(name: string, value: HeaderValue): this {
    if (typeof value === "object" && !Array.isArray(value)) {
      throw new Error("Header value cannot be an object");
    }
    const key = name.toLowerCase() === cookieHeader.toLowerCase() ? cookieHeader : name;
    const present = this.headers[key];
    this.headers[key] = present === undefined ? value : [...listOf(present), ...listOf(value)];
    return this;
  }

  setCookie(key: string, value: string, attributes: readonly string[] = []): this {
    return this.appendHeader(cookieHeader, [`${key}=${value}`, ...attributes].join(";"));
  }

  /** Tells the browser to forget a cookie, and forgets what this response said about it. */
  removeCookie(key: string): this {
    const kept = listOf(this.headers[cookieHeader] ?? []).filter((cookie) => !cookie.startsWith(`${key}=`));
    this.headers[cookieHeader] = [...kept, `${key}=;Max-Age=0`];
    return this;
  }
}

function listOf(value: HeaderValue): readonly string[] {
  return typeof value === "object" ? value : [String(value)];
}
