import { ProviderError } from "../errors.ts";
import type { WireRequest } from "../translate/inputs-to-request.ts";
import { isMap, type JsonMap } from "../values/value.ts";
import { failureOf, neverSent, refusal, type Failure } from "./failure.ts";
import { openLimiter, type Limiter } from "./limiter.ts";
import { placeUrl, type Place } from "./place.ts";
import { version } from "../version.ts";
import { defaultPolicy, retryAfterMs, wait, waitBefore, type RetryPolicy } from "./retry.ts";

/** Who calls: an account's token or one of its API keys. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

export interface ClientOptions {
  readonly place: Place;
  /** Asked for when the first call is made: a preview without credentials works as long as it needs no call. */
  readonly credentials: () => Credentials;
  readonly policy?: RetryPolicy;
  /** Requests under way at once, at most. Twilio's cap is by concurrency (error 20429); below it we go as it says. */
  readonly concurrency?: number;
  /** Asked before each request goes out: whether there still is somebody who records what is done. */
  readonly isWanted?: () => boolean;
}

/** A file to upload: multipart, to Twilio's upload host. */
export interface Upload {
  readonly host: string;
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly file: { readonly name: string; readonly type: string; readonly content: Uint8Array };
}

/** What a call is for, in the words of an error. */
export interface Purpose {
  /** `Creating twilio:serverless:Service`. */
  readonly what: string;
  /** What to do when nobody knows whether it was done. */
  readonly advice?: string;
  /** A sent name, `FriendlyName`, in the words of the program that set it; without it names are Twilio's. */
  readonly property?: (sent: string) => string;
  /** Called off: nothing more is begun, what is under way is finished. */
  readonly signal: AbortSignal;
  /** Time is up: also what is under way is given up. */
  readonly deadline?: AbortSignal | undefined;
}

/** Twilio's REST API over HTTP: credentials, places, form bodies, retries. Knows no resource. */
export class TwilioClient {
  readonly #options: ClientOptions;
  readonly policy: RetryPolicy;
  readonly #limiter: Limiter;
  /** SIDs that this process made, and when: Twilio may answer 404 for a moment. */
  readonly #made = new Map<string, number>();
  #clockOffset = 0;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.policy = options.policy ?? defaultPolicy;
    this.#limiter = openLimiter(options.concurrency ?? 10);
  }

  /** Something was made under this SID just now: a 404 below it is waited out. */
  made(sid: string): void {
    this.#made.set(sid, performance.now());
  }

  /** Whether this process made it. */
  hasMade(sid: string): boolean {
    return this.#made.has(sid);
  }

  /** Where a request goes, for a person who sends it by hand. */
  urlOf({ host, path }: Pick<WireRequest, "host" | "path">): string {
    return placeUrl(this.#options.place, host, path);
  }

  /** A moment of this machine's clock as Twilio's clock tells it, by the `Date` of its last answer. */
  atTwilio(moment: number): number {
    return moment + this.#clockOffset;
  }

  /**
   * Sends a request until it is answered.
   *
   * What Twilio did not process is sent again, whatever the method: no connection, 429 (error 20429 says so), 503
   * with Retry-After. After any other 5xx, or when a connection broke after sending, only what may be done twice is
   * sent again: GET, DELETE, and the POST of an update (`repeatable`). A create is not. A 404 below something that
   * was made a moment ago is asked again until Twilio shows it.
   *
   * @throws ProviderError `twilio-refused`, `not-found`, `twilio-failed`, `twilio-unreachable`, `answer-lost`
   */
  async send(request: WireRequest, purpose: Purpose & { readonly repeatable?: boolean }): Promise<JsonMap> {
    const url = placeUrl(this.#options.place, request.host, request.path);
    const repeatable = purpose.repeatable ?? request.method !== "POST";
    const hasBody = request.method !== "GET" && request.method !== "DELETE";
    const body = hasBody ? bodyOf(request) : undefined;
    return this.#attempt(url, request.path, { method: request.method, ...(body && { body }) }, purpose, {
      repeatable,
      sent: hasBody ? request.form.map(([name]) => name) : [],
    });
  }

  /** Uploads a file. A version that nobody refers to does no harm, so an upload may be repeated. */
  async upload(upload: Upload, purpose: Purpose): Promise<JsonMap> {
    const body = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) body.append(name, value);
    const { name, type, content } = upload.file;
    body.append("Content", new Blob([new Uint8Array(content)], { type }), name);
    const url = placeUrl(this.#options.place, upload.host, upload.path);
    const sent = [...Object.keys(upload.fields), "Content"];
    return this.#attempt(url, upload.path, { method: "POST", body }, purpose, { repeatable: true, sent });
  }

  /** Every entry of a list, page by page (https://www.twilio.com/docs/usage/twilios-response#pagination). */
  async *list(request: WireRequest, key: string, purpose: Purpose): AsyncGenerator<JsonMap> {
    let url: string | undefined = placeUrl(this.#options.place, request.host, request.path);
    while (url !== undefined) {
      const page: JsonMap = await this.#attempt(url, request.path, { method: "GET" }, purpose, {
        repeatable: true,
        sent: [],
      });
      const entries = page[key];
      if (Array.isArray(entries)) yield* entries as JsonMap[];
      url = nextPage(this.#options.place, page, request);
    }
  }

  async #attempt(
    url: string,
    path: string,
    init: RequestInit,
    purpose: Purpose,
    { repeatable, sent }: { readonly repeatable: boolean; readonly sent: readonly string[] },
  ): Promise<JsonMap> {
    const { user, password } = this.#options.credentials();
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
    const headers = {
      authorization,
      accept: "application/json",
      "user-agent": agent,
      ...(typeof init.body === "string" && { "content-type": "application/json" }),
    };
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#limiter.run(async () => {
        if (this.#options.isWanted?.() === false) {
          throw new ProviderError("engine-gone", { what: purpose.what });
        }
        return exchange(url, { ...init, headers }, purpose.deadline);
      }, waitingSignal(purpose));
      if (!isFailure(answer)) this.#learn(answer);
      if (!isFailure(answer) && answer.status < 400) return parseBody(answer, purpose.what);
      if (!isFailure(answer) && answer.status === 404 && this.#isSettling(path)) {
        await wait(waitBefore(this.policy, attempt, null), waitingSignal(purpose));
        continue;
      }
      const failure = isFailure(answer) ? answer : undefined;
      // Where nobody listens, nobody is likely to listen soon.
      const attempts =
        failure && neverSent(failure) ? Math.min(3, this.policy.attempts) : this.policy.attempts;
      const last = attempt >= attempts;
      const again = failure ? neverSent(failure) || repeatable : mayRepeat(answer as Answer, repeatable);
      if (!again || last) {
        const { place } = this.#options;
        throw refusal({ purpose, path, attempts: attempt, repeatable, sent, answer, place });
      }
      const retryAfter = failure ? null : (answer as Answer).headers.get("retry-after");
      await wait(waitBefore(this.policy, attempt, retryAfter), waitingSignal(purpose));
    }
  }

  /** What an answer says beside its body: how busy Twilio is, and what time it is there. */
  #learn({ status, headers }: Answer): void {
    const date = Date.parse(headers.get("date") ?? "");
    if (!Number.isNaN(date)) this.#clockOffset = date - Date.now();
    if (status !== 429) return this.#limiter.answered();
    const asked = retryAfterMs(headers.get("retry-after")) ?? 0;
    const concurrent = Number(headers.get("twilio-concurrent-requests") ?? NaN);
    const pause = Math.min(asked, this.policy.longestWaitMs);
    this.#limiter.refused(pause, Number.isFinite(concurrent) ? concurrent : undefined);
  }

  /** Whether a path names something that was made so short a time ago that Twilio may not show it yet. */
  #isSettling(path: string): boolean {
    const since = performance.now() - this.policy.settleMs;
    return path
      .split(/[/?.]/)
      .some((part) => part.length > 30 && (this.#made.get(part) ?? -Infinity) > since);
  }
}

function waitingSignal({ signal, deadline }: Purpose): AbortSignal {
  return deadline === undefined ? signal : AbortSignal.any([signal, deadline]);
}

const agent = `pulumi-twilio/${version} (node ${process.versions.node})`;

/** Twilio answers within seconds; after this long nobody will. */
const answerTimeoutMs = 60_000;

/** What a request says: a form, or JSON where Twilio takes that. */
function bodyOf({ form, json }: WireRequest): URLSearchParams | string {
  return json === undefined ? formBody(form) : JSON.stringify(json);
}

/** Fields as a form body; a name that comes again is a list. */
function formBody(form: WireRequest["form"]): URLSearchParams {
  const body = new URLSearchParams();
  for (const [name, value] of form) body.append(name, value);
  return body;
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function exchange(url: string, init: RequestInit, deadline?: AbortSignal): Promise<Answer | Failure> {
  const timeout = AbortSignal.timeout(answerTimeoutMs);
  const signal = deadline === undefined ? timeout : AbortSignal.any([timeout, deadline]);
  try {
    const response = await fetch(url, { ...init, signal });
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (cause) {
    return failureOf(cause);
  }
}

function isFailure(answer: Answer | Failure): answer is Failure {
  return "reason" in answer;
}

/** Whether an answer that is no success leaves the request undone, or doable again. */
function mayRepeat({ status, headers }: Answer, repeatable: boolean): boolean {
  if (status === 429) return true;
  if (status === 503 && headers.has("retry-after")) return true;
  // What is not implemented will not be a second later.
  return status >= 500 && status !== 501 && repeatable;
}

function parseBody(answer: Answer, what: string): JsonMap {
  if (answer.text.trim() === "") return {};
  try {
    return JSON.parse(answer.text) as JsonMap;
  } catch (cause) {
    throw new ProviderError("answer-unreadable", { what, excerpt: answer.text.slice(0, 80) }, { cause });
  }
}

/**
 * v1 and v2 say `meta.next_page_url`, 2010-04-01 says `next_page_uri`, newer APIs `meta.nextToken`; either way the next
 * page is on the same host.
 */
function nextPage(place: Place, page: JsonMap, { host, path }: WireRequest): string | undefined {
  const { meta, next_page_uri: uri } = page;
  const url = meta !== undefined && isMap(meta) ? meta["next_page_url"] : undefined;
  if (typeof url === "string" && url !== "") {
    const { pathname, search } = new URL(url);
    return placeUrl(place, host, pathname + search);
  }
  const token = meta !== undefined && isMap(meta) ? meta["nextToken"] : undefined;
  if (typeof token === "string" && token !== "") {
    const next = new URL(path, `https://${host}`);
    next.searchParams.set("pageToken", token);
    return placeUrl(place, host, next.pathname + next.search);
  }
  return typeof uri === "string" && uri !== "" ? placeUrl(place, host, uri) : undefined;
}
