/** What Twilio refused, as far as a person needs it: nothing of the request is kept. */

/** As much as is shown of a text that is no JSON. */
const longest = 300;

interface Said {
  readonly status: number;
  readonly host: string;
  readonly code?: number | undefined;
  readonly problem: string;
}

export class TwilioRefusal extends Error {
  readonly status: number;
  /** Twilio's own code of the error; undefined when it gave none. */
  readonly code: number | undefined;
  readonly host: string;
  /** Twilio's words. */
  readonly problem: string;

  constructor({ status, host, code, problem }: Said) {
    super(`${host} answered ${status}${code === undefined ? "" : ` (${code})`}: ${problem}`);
    this.name = "TwilioRefusal";
    this.status = status;
    this.code = code;
    this.host = host;
    this.problem = problem;
  }

  /** The answer and the way out, in one sentence. */
  get sentence(): string {
    return `${this.message.replace(/[.\s]+$/, "")}; ${this.#advice()}.`;
  }

  #advice(): string {
    if (this.status === 401) {
      return "set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, of the account that is meant";
    }
    if (this.status === 407) return "the proxy in HTTP_PROXY wants a login of its own";
    if (this.status === 429 || this.status >= 500) return "run the command again in a moment";
    return this.code === undefined
      ? "see what Twilio's status page says of it, https://status.twilio.com"
      : `see https://www.twilio.com/docs/errors/${this.code}`;
  }

  /**
   * An answer's body, of any shape: Twilio's `{code, message}`, a Function's text, or a page of a proxy in between.
   *
   * @param body parsed or not
   */
  static from(status: number, host: string, body: unknown): TwilioRefusal {
    const { code, message } = fieldsOf(body);
    return new TwilioRefusal({
      status,
      host,
      code: typeof code === "number" ? code : undefined,
      problem: typeof message === "string" && message !== "" ? message : "it gave no reason",
    });
  }

  /** Of what was thrown: one of these, or a `RestException` of Twilio's client that came another way; else null. */
  static of(error: Error): TwilioRefusal | null {
    if (error instanceof TwilioRefusal) return error;
    if (!("status" in error) || !("moreInfo" in error) || typeof error.status !== "number") return null;
    const code = "code" in error && typeof error.code === "number" ? error.code : undefined;
    return new TwilioRefusal({ status: error.status, host: "Twilio", code, problem: error.message });
  }
}

function fieldsOf(body: unknown): { readonly code?: unknown; readonly message?: unknown } {
  if (typeof body === "string") {
    try {
      return fieldsOf(JSON.parse(body));
    } catch {
      const [first = ""] = body.trim().split("\n");
      return first.startsWith("<") ? {} : { message: first.slice(0, longest) };
    }
  }
  return typeof body === "object" && body !== null ? body : {};
}
