/** The last REST calls, for `control` and for whoever counts them. In memory: it describes a run, not the account. */

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

const kept = 20_000;

/** Parameters whose values are nobody's business beside the caller's, and how much is kept of the others. */
const secret = /^(?:value|content|secret|password|.*token|.*key|certificate)$/i;
const mostOfValue = 300;

/** A form as the log keeps it. */
export function loggedForm(contentType: unknown, body: Uint8Array): string | null {
  if (typeof contentType !== "string" || !contentType.startsWith("application/x-www-form-urlencoded")) {
    return null;
  }
  const shown = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString("utf8"))) {
    const isLong = value.length > mostOfValue;
    shown.append(name, secret.test(name) ? "••••••" : isLong ? `${value.slice(0, mostOfValue)}…` : value);
  }
  return shown.toString();
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
      calls.push({ id: ++id, ...call });
      if (calls.length > kept * 1.1) calls = calls.slice(-kept);
    },
    list: () => calls.slice(-kept),
    clear() {
      calls = [];
    },
  };
}
