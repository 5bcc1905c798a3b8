/** What a Function or a web server answers in a test, in as few words as there are. */
import type { HttpResult, JsonObject } from "@support-line/studio";

/** An answer of which everything is said. */
export class Reply {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(given: {
    readonly status?: number;
    readonly body?: string;
    readonly contentType?: string;
    readonly headers?: Readonly<Record<string, string>>;
  }) {
    this.status = given.status ?? 200;
    this.body = given.body ?? "";
    this.contentType = given.contentType ?? "text/plain";
    this.headers = given.headers ?? {};
  }
}

/**
 * A text is 200 with that text, an object 200 with that JSON, a number that status with nothing in it, `null` no answer
 * at all: what took too long, or was not there.
 */
export type Answer = string | number | JsonObject | Reply | null;

/** An answer as the engine takes it. */
export function httpResultOf(answer: Answer): HttpResult {
  if (answer === null) return null;
  if (answer instanceof Reply) {
    const { status, body, contentType, headers } = answer;
    return { status, body, contentType, headers };
  }
  const plain = { contentType: "text/plain", headers: {} };
  if (typeof answer === "number") return { ...plain, status: answer, body: "" };
  if (typeof answer === "string") return { ...plain, status: 200, body: answer };
  return { status: 200, contentType: "application/json", headers: {}, body: JSON.stringify(answer) };
}

/** An answer in a word, for a transcript. */
export function answerSaid(result: HttpResult): string {
  if (result === null) return "no answer";
  const { status, body } = result;
  return body === "" ? String(status) : `${status} ${body.length > 60 ? `${body.slice(0, 60)}…` : body}`;
}
