/** The last REST calls, for `control` and for whoever counts them. In memory: it describes a run, not the account. */

import { limits } from "../limits.ts";

export interface LoggedCall {
  readonly id: number;
  readonly at: string;
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number | "dropped";
  readonly ms: number;
  /** SID that signed it, null when nobody was recognised. */
  readonly who: string | null;
  readonly agent: string | null;
  /** The parameters of a form, secrets and long ones as dots; null for any other body. */
  readonly form: string | null;
}

/** Parameters whose values are nobody's business beside the caller's. */
const secret = /^(?:value|content|secret|password|.*token|.*key|certificate)$/i;
const { log } = limits;

/** A form as the log keeps it. */
export function loggedForm(contentType: unknown, body: Uint8Array): string | null {
  if (typeof contentType !== "string" || !contentType.startsWith("application/x-www-form-urlencoded")) {
    return null;
  }
  const shown = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString("utf8"))) {
    const isLong = value.length > log.value;
    shown.append(name, secret.test(name) ? "••••••" : isLong ? `${value.slice(0, log.value)}…` : value);
  }
  return cut(shown.toString(), log.form);
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

export interface CallLog {
  add(call: Omit<LoggedCall, "id">): void;
  list(): readonly LoggedCall[];
  clear(): void;
}

/** A log that keeps the last 20,000 calls. */
export function openCallLog(): CallLog {
  let calls: LoggedCall[] = [];
  let id = 0;
  return {
    add(call) {
      calls.push({ id: ++id, ...call, path: cut(call.path, log.path) });
      if (calls.length > log.calls * 1.1) calls = calls.slice(-log.calls);
    },
    list: () => calls.slice(-log.calls),
    clear() {
      calls = [];
    },
  };
}
