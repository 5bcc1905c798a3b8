/**
 * Requests by seed: valid ones made from the rows, the same with one thing wrong, and what is no request of Twilio's at all. Whoever
 * plays Twilio answers each with something documented, and is none the worse for it.
 */
import { allResources, type OperationName, type Resource } from "@support-line/twilio-api";
import { randomNumbers } from "../http/disturbances.ts";
import { Samples, type SampleRequest } from "./samples.ts";

export interface FuzzRequest {
  readonly method: string;
  /** After the endpoint: a host of Twilio's and a path, or `_local/v1/…`. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: URLSearchParams | FormData | string | undefined;
  /** What it was made from; absent where it is no operation. */
  readonly sample?: SampleRequest;
}

const operations: readonly OperationName[] = ["create", "fetch", "update", "list", "delete"];

const deep = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;

/** Texts that nobody means. Those that are long are made when they are drawn. */
const texts: readonly (() => string)[] = [
  () => "",
  () => " ",
  () => "null",
  () => "undefined",
  () => "-1",
  () => "0",
  () => "1e300",
  () => "NaN",
  () => "-Infinity",
  () => "9007199254740993",
  () => "2147483648",
  () => "0x10",
  () => "true",
  () => "{}",
  () => "[]",
  () => "{",
  () => '"',
  () => '{"__proto__":{"polluted":true}}',
  () => '{"constructor":{"prototype":{}}}',
  () => '[null,1,"a",{}]',
  () => "__proto__",
  () => "..",
  () => "../../etc/passwd",
  () => "%00",
  () => "\u0000",
  () => "\ud800",
  () => "😀".repeat(40),
  () => "' or 1=1 --",
  () => "<Response><Say>",
  () => '<!DOCTYPE a [<!ENTITY b "c">]><Response>&b;</Response>',
  () => "{{ 'a' | append: 'b' }}{% for i in (1..1000000) %}x{% endfor %}",
  () => "P999999999999D",
  () => "PT0S",
  () => "275760-09-13T00:00:00.001Z",
  () => "0000-00-00T00:00:00Z",
  () => "2026-02-31",
  () => "99999999999999",
  () => "(a+)+$",
  () => "1==1".repeat(500),
  () => "x".repeat(2_000),
  () => "x".repeat(70_000),
  () => deep(50),
  () => deep(9_000),
  () => "(".repeat(9_000),
  () => `${"NOT ".repeat(5_000)}1==1`,
  () => "http://",
  () => "https://example.com:99999/",
  () => "javascript:alert(1)",
  () => "file:///etc/passwd",
  () => "+1",
  () => "whatsapp:+15550100201",
  () => "sip:ada@example.com",
];

const contentTypes = [
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "multipart/form-data; boundary=x",
  "text/plain",
  "application/xml",
  "",
] as const;

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"] as const;

/** Routes of `/_local/v1`, with bodies that are right more or less. */
const controls: readonly (readonly [method: string, path: string, body?: string])[] = [
  ["GET", "status"],
  ["GET", "clock"],
  ["POST", "clock/advance", '{"seconds":30}'],
  ["POST", "clock/advance", '{"seconds":1e300}'],
  ["POST", "clock/advance", '{"seconds":-1}'],
  ["POST", "clock/set", '{"at":"9999-12-31T23:59:59Z"}'],
  ["POST", "clock/set", '{"at":"+275760-09-13T00:00:00Z"}'],
  ["POST", "clock/set", '{"at":"soon"}'],
  ["POST", "seed", "{}"],
  ["POST", "seed", '{"numbers":[{"phoneNumber":"one"}]}'],
  ["GET", "handsets"],
  ["GET", "handsets/%2B15550100201/messages"],
  ["POST", "handsets/%2B15550100201/messages", '{"to":"+15550100001","body":"hello"}'],
  ["POST", "handsets/%2B15550100202/messages", '{"to":"+15550100002","body":"hello"}'],
  ["POST", "handsets/nobody/messages", '{"to":"+15550100001","body":"hello"}'],
  ["POST", "handsets/%2B15550100201/calls", '{"to":"+15550100001"}'],
  ["GET", "calls"],
  ["POST", "functions/invoke", '{"url":"https://nothing-1234.twil.io/a"}'],
  ["GET", `executions/FN${"0".repeat(32)}/steps`],
  ["POST", "faults", "[]"],
  ["POST", "latency", '{"ms":-1}'],
  ["GET", "nothing"],
];

/** Hosts and paths that no row has. */
const elsewhere: readonly string[] = [
  "nothing.twilio.com/v1/Things",
  "api.twilio.com/",
  "api.twilio.com/2010-04-01/Accounts//Messages.json",
  "api.twilio.com/2010-04-01/Accounts/%E0%A4%A/Messages.json",
  "nothing-1234.twil.io/hello",
  "nothing-1234-dev.twil.io/../../etc/passwd",
  "webhooks.twilio.com/v1/Accounts/AC1/Flows/FW1",
  "mcs.us1.twilio.com/v1/Services/IS1/Media",
  "conversations.twilio.com/v1/Conversations?PageSize=many",
  "conversations.twilio.com/v1/Conversations?PageToken=PAnothing&Page=1e9",
  "taskrouter.twilio.com/v1/Workspaces?Page=-1",
  "studio.twilio.com/v1/Flows",
];

/** Draws requests, one after the other: the same seed and the same answers give the same requests. */
export class Fuzz {
  readonly #random: () => number;
  readonly #samples: Samples;
  readonly #resources: readonly Resource[];
  readonly #notPlayed = new Set<Resource>();
  readonly #authorization: string;

  constructor(seed: number, account: { readonly accountSid: string; readonly authToken: string }) {
    this.#random = randomNumbers(seed);
    this.#samples = new Samples(account.accountSid);
    // What ends the account, or its token, ends the run.
    this.#resources = allResources().filter(({ token }) => !/:accounts:|:api:Account$/.test(token));
    this.#authorization = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString("base64")}`;
  }

  next(): FuzzRequest {
    const kind = this.#random();
    if (kind < 0.04) return this.#control();
    if (kind < 0.06) return this.#elsewhere();
    const request = this.#sample();
    return kind < 0.4 ? request : this.#distorted(request);
  }

  /** Learns from an answer what is there, so that later requests are about it. */
  learn({ sample }: FuzzRequest, status: number, body: Readonly<Record<string, unknown>>): void {
    if (sample === undefined) return;
    if (body["not_played"] === "resource") this.#notPlayed.add(sample.resource);
    this.#samples.learn(sample, status, body);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)] as Item;
  }

  #text(): string {
    return this.#pick(texts)();
  }

  #sample(): FuzzRequest {
    for (;;) {
      const resource = this.#pick(this.#resources);
      if (this.#notPlayed.has(resource) && this.#random() < 0.9) continue;
      // What is deleted at once leaves nothing to be asked about.
      const operation = this.#random() < 0.4 ? "create" : this.#pick(operations);
      const sample = this.#samples.request(resource, operation, this.#random() < 0.5);
      if (sample === undefined) continue;
      const { method, url, body } = sample;
      const json = typeof body === "string" ? { "content-type": "application/json" } : undefined;
      return { method, url, headers: { authorization: this.#authorization, ...json }, body, sample };
    }
  }

  #control(): FuzzRequest {
    const [method, path, body] = this.#pick(controls);
    const isWrong = this.#random() < 0.3 && body !== undefined;
    return {
      method,
      url: `_local/v1/${path}`,
      headers: { "content-type": "application/json" },
      body: isWrong ? body.replace(/:.*\}/, () => `:${JSON.stringify(this.#text())}}`) : body,
    };
  }

  #elsewhere(): FuzzRequest {
    return {
      method: this.#pick(["GET", "POST", "DELETE"]),
      url: this.#pick(elsewhere),
      headers: { authorization: this.#authorization },
      body: undefined,
    };
  }

  /** A request with something wrong. */
  #distorted(request: FuzzRequest): FuzzRequest {
    switch (Math.floor(this.#random() * 8)) {
      case 0:
        return { ...request, url: this.#distortedUrl(request.url) };
      case 1:
        return this.#distortedHeaders(request);
      case 2: {
        const method = this.#pick(methods);
        return { ...request, method, body: /GET|HEAD/.test(method) ? undefined : request.body };
      }
      default:
        return { ...request, body: this.#distortedBody(request.body) };
    }
  }

  #distortedUrl(url: string): string {
    const [path = "", query = ""] = url.split("?");
    const parts = path.split("/");
    const at = 1 + Math.floor(this.#random() * (parts.length - 1));
    const text = encodeURIComponent(this.#text().slice(0, 300).toWellFormed());
    const fields = new URLSearchParams(query);
    if (this.#random() < 0.5) {
      fields.append(
        this.#pick(["PageSize", "Page", "PageToken", "Order", "DateCreated", "Status", ...fields.keys()]),
        text,
      );
    } else parts[at] = text;
    return fields.size === 0 ? parts.join("/") : `${parts.join("/")}?${fields.toString()}`;
  }

  #distortedHeaders(request: FuzzRequest): FuzzRequest {
    const rest = { ...request.headers };
    delete rest["authorization"];
    switch (Math.floor(this.#random() * 3)) {
      case 0:
        return { ...request, headers: rest };
      case 1:
        return {
          ...request,
          headers: { ...rest, authorization: this.#pick(["Basic", "Basic %", "Bearer a.b.c", "Basic Og=="]) },
        };
      default: {
        if (request.body === undefined) return request;
        const text = request.body instanceof FormData ? this.#text() : String(request.body);
        const headers = { ...request.headers, "content-type": this.#pick(contentTypes) };
        return { ...request, headers, body: text };
      }
    }
  }

  #distortedBody(body: FuzzRequest["body"]): FuzzRequest["body"] {
    if (body === undefined) return undefined;
    if (typeof body === "string") return this.#distortedJson(body);
    const names = [...body.keys()];
    const changed =
      this.#random() < 0.1 || names.length === 0 ? this.#text().slice(0, 100) : this.#pick(names);
    const copy = body instanceof FormData ? new FormData() : new URLSearchParams();
    for (const [name, value] of body) {
      if (name !== changed) copy.append(name, value as string);
    }
    const times = this.#pick([0, 1, 1, 1, 1, 3]);
    for (let time = 0; time < times; time++) copy.append(changed, this.#text());
    return copy;
  }

  #distortedJson(body: string): string {
    if (this.#random() < 0.2) return this.#text();
    const value: unknown = JSON.parse(body);
    if (typeof value !== "object" || value === null) return this.#text();
    const names = Object.keys(value);
    if (names.length === 0) return this.#text();
    const text = this.#text();
    const wrong: unknown = this.#pick([
      text,
      1e300,
      -1,
      null,
      true,
      [],
      {},
      [text],
      { [text.slice(0, 50)]: text },
    ]);
    return JSON.stringify({ ...value, [this.#pick(names)]: wrong });
  }
}

export interface FuzzResult {
  /** How often each status was answered. */
  readonly statuses: Readonly<Record<number, number>>;
  /** Requests that were answered with 500, or not at all, and what came. */
  readonly faults: readonly string[];
  readonly slowestMs: number;
}

/**
 * Makes requests to a local Twilio.
 *
 * @param patienceMs after which a request counts as one that nobody answers
 */
export async function runFuzz(
  endpoint: string,
  fuzz: Fuzz,
  count: number,
  patienceMs: number,
  progress: (done: number) => void = () => undefined,
): Promise<FuzzResult> {
  const statuses: Record<number, number> = {};
  const faults: string[] = [];
  let slowestMs = 0;
  for (let done = 0; done < count; done++) {
    const request = fuzz.next();
    const { method, url, headers, body } = request;
    const shown = `${done}: ${method} ${url} ${shownBody(body)}`;
    const began = performance.now();
    try {
      const response = await fetch(`${endpoint}/${url}`, {
        method,
        headers,
        redirect: "manual",
        signal: AbortSignal.timeout(patienceMs),
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      const { status } = response;
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (status === 500) faults.push(`${shown} answered 500 ${text.slice(0, 200)}`);
      const isJson = response.headers.get("content-type")?.includes("json") === true && text !== "";
      const answer: unknown = isJson ? JSON.parse(text) : null;
      if (isRecord(answer)) fuzz.learn(request, status, answer);
    } catch (error) {
      const { cause, message } = error as Error;
      faults.push(`${shown} was not answered: ${cause instanceof Error ? cause.message : message}`);
    }
    slowestMs = Math.max(slowestMs, performance.now() - began);
    if (done % 500 === 499) progress(done + 1);
  }
  return { statuses, faults, slowestMs };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shownBody(body: FuzzRequest["body"]): string {
  if (body === undefined) return "";
  const text = body instanceof FormData ? JSON.stringify([...body]) : String(body);
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text;
}
