/** An account, at Twilio or at a local one, over HTTP: the requests of the probes, one after the other. */
import { setTimeout as pause } from "node:timers/promises";
import type { Seen } from "@support-line/local-twilio/proof";
import { ProofError } from "./errors.ts";

export type Form = Readonly<Record<string, string | readonly string[]>>;

export interface Request {
  readonly form?: Form | FormData;
  /** In place of a form. */
  readonly json?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `none`: unsigned. `wrong`: with a token that is none. The account's own otherwise. */
  readonly credentials?: "none" | "wrong";
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The text as JSON; null where it is none. */
  readonly body: Seen;
}

/** Where an account is, and what opens it. */
export interface Login {
  readonly accountSid: string;
  readonly authToken: string;
  /** Of a local Twilio, `http://127.0.0.1:4010`; empty for Twilio itself. */
  readonly endpoint: string;
}

export interface Account {
  readonly sid: string;
  readonly login: Login;
  /** A request to a host of Twilio's: `conversations.twilio.com/v1/Services`. */
  ask(method: string, url: string, request?: Request): Promise<Answer>;
  /**
   * Makes something that stands by itself. It is noted before it is asked for, so that it is found again whatever happens.
   *
   * @param url of the collection
   * @param request names it so that the name begins with the run's prefix
   */
  make(url: string, request: Request): Promise<Answer>;
  /** Deletes what `make` made. */
  remove(url: string): Promise<Answer>;
  /** Asks until what is answered holds; null when it did not within so many seconds. */
  until<Held>(seconds: number, look: () => Promise<Held | null>): Promise<Held | null>;
  /** Called before something is made, and when it is there or gone. */
  readonly notes: Notes;
}

/** Who keeps what was made. */
export interface Notes {
  /** Something will be made in this collection, with a name that begins with the run's prefix. */
  intends(account: string, collection: string): void;
  made(account: string, url: string): void;
  gone(account: string, url: string): void;
}

/** How often a request is made again that Twilio had no room for (429). */
const mostTries = 8;
/** How long a connection may take to answer, in milliseconds. */
const longestMs = 60_000;

/**
 * Opens an account.
 *
 * @param signal ends what is under way
 */
export function openAccount(login: Login, notes: Notes, signal: AbortSignal): Account {
  const { accountSid: sid, authToken, endpoint } = login;
  const send = async (method: string, url: string, request: Request): Promise<Answer> => {
    const headers: Record<string, string> = { ...request.headers };
    const token = request.credentials === "wrong" ? "0".repeat(32) : authToken;
    if (request.credentials !== "none") {
      headers["authorization"] = `Basic ${Buffer.from(`${sid}:${token}`).toString("base64")}`;
    }
    if (request.json !== undefined) headers["content-type"] = "application/json";
    const target = endpoint === "" ? `https://${url}` : `${endpoint}/${url}`;
    const body = request.json ?? (request.form === undefined ? null : bodyOf(request.form));
    let response;
    let text;
    try {
      const limits = AbortSignal.any([signal, AbortSignal.timeout(longestMs)]);
      response = await fetch(target, { method, headers, body, signal: limits, redirect: "manual" });
      text = await response.text();
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable(new URL(target).host, error);
    }
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  };
  const ask = async (method: string, url: string, request: Request = {}): Promise<Answer> => {
    for (let tries = 1; ; tries += 1) {
      const answer = await send(method, url, request);
      if (answer.status !== 429 || tries === mostTries) return answer;
      const asked = Number(answer.headers.get("retry-after"));
      const ms = asked > 0 ? asked * 1000 : 250 * 2 ** tries;
      await pause(Math.min(ms, 30_000), undefined, { signal });
    }
  };
  return {
    sid,
    login,
    notes,
    ask,
    async make(url, request) {
      notes.intends(sid, url);
      const answer = await ask("POST", url, request);
      const made = fieldOf(answer.body, "sid");
      if (answer.status < 300 && typeof made === "string") notes.made(sid, below(url, made));
      return answer;
    },
    async remove(url) {
      const answer = await ask("DELETE", url);
      if (answer.status < 300 || answer.status === 404) notes.gone(sid, url);
      return answer;
    },
    async until(seconds, look) {
      const end = performance.now() + seconds * 1000;
      for (let ms = 40; ; ms = Math.min(ms * 1.4, endpoint === "" ? 2000 : 250)) {
        const held = await look();
        if (held !== null || performance.now() > end) return held;
        await pause(ms, undefined, { signal });
      }
    },
  };
}

/** The object of a SID in a collection; the API of 2010 ends in `.json`. */
export function below(collection: string, sid: string): string {
  return collection.endsWith(".json")
    ? `${collection.slice(0, -".json".length)}/${sid}.json`
    : `${collection}/${sid}`;
}

/** A field of an answer; undefined when there is none. */
export function fieldOf(body: Seen | undefined, name: string): Seen | undefined {
  return typeof body === "object" && body !== null && !Array.isArray(body) ? body[name] : undefined;
}

/** A field that is text; empty when it is not. */
export function textOf(body: Seen | undefined, name: string): string {
  const value = fieldOf(body, name);
  return typeof value === "string" ? value : "";
}

/** A list of an answer; empty when there is none. */
export function listOf(body: Seen | undefined, name: string): readonly Seen[] {
  const value = fieldOf(body, name);
  return Array.isArray(value) ? value : [];
}

function bodyOf(form: Form | FormData): URLSearchParams | FormData {
  if (form instanceof FormData) return form;
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const each of typeof value === "string" ? [value] : value) body.append(name, each);
  }
  return body;
}

function parsed(text: string): Seen {
  try {
    return JSON.parse(text) as Seen;
  } catch {
    return null;
  }
}

function unreachable(host: string, error: unknown): ProofError {
  const { cause } = error instanceof Error ? error : { cause: undefined };
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  const isLate = error instanceof Error && error.name === "TimeoutError";
  const reason = isLate
    ? `within ${longestMs / 1000} s`
    : typeof code === "string"
      ? code
      : "the connection was cut";
  const wayOut = "look at the network, and go on with --resume";
  return new ProofError("unreachable", { host, reason, wayOut });
}
