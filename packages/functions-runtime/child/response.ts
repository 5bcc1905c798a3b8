/** `Twilio.Response`, https://www.twilio.com/docs/serverless/functions-assets/functions/headers-and-cookies */
type HeaderValue = string | readonly string[];

/** A response that a Function builds: status, body, headers, cookies. Every setter answers the response itself. */
export class Response {
  statusCode = 200;
  body: unknown = "";
  readonly #headers: Record<string, HeaderValue> = { "Set-Cookie": [] };

  get headers(): Readonly<Record<string, HeaderValue>> {
    return this.#headers;
  }

  setStatusCode(statusCode: number): this {
    this.statusCode = statusCode;
    return this;
  }

  setBody(body: unknown): this {
    this.body = body;
    return this;
  }

  setHeaders(headers: Record<string, HeaderValue>): this {
    if (typeof headers !== "object") {
      throw new TypeError("setHeaders takes an object of header names and values");
    }
    const cookies = this.#headers["Set-Cookie"] ?? [];
    for (const name of Object.keys(this.#headers)) delete this.#headers[name];
    this.#headers["Set-Cookie"] = cookies;
    for (const [name, value] of Object.entries(headers)) this.appendHeader(name, value);
    return this;
  }

  appendHeader(name: string, value: HeaderValue): this {
    if (!isHeaderValue(value)) {
      throw new TypeError(`the value of header ${name} is an object; give a string or a list of strings`);
    }
    const key = name.toLowerCase() === "set-cookie" ? "Set-Cookie" : name;
    const present = this.#headers[key];
    this.#headers[key] = present === undefined ? value : [...listOf(present), ...listOf(value)];
    return this;
  }

  setCookie(key: string, value: string, attributes: readonly string[] = []): this {
    return this.appendHeader("Set-Cookie", [`${key}=${value}`, ...attributes].join(";"));
  }

  removeCookie(key: string): this {
    return this.appendHeader("Set-Cookie", `${key}=;Max-Age=0`);
  }
}

function isHeaderValue(value: unknown): boolean {
  return (
    typeof value === "string" || (Array.isArray(value) && value.every((each) => typeof each === "string"))
  );
}

function listOf(value: HeaderValue): readonly string[] {
  return typeof value === "string" ? [value] : value;
}
