/**
 * How a webhook is called, as its URL's fragment says: `https://example.com/sms#rc=3&rp=5xx,ct`,
 * https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides. Conversations takes none.
 */
import type { Outcome } from "./call-out.ts";

export interface ConnectionOverrides {
  /** How long to wait for the whole answer. */
  readonly timeoutMs: number;
  readonly retries: number;
  /** What is tried again: `4xx`, `5xx`, `ct` (no connection), `rt` (no answer in time), or `all` of them. */
  readonly retryOn: readonly string[];
}

const mostRetries = 5;
const shortestMs = 100;

/** What a URL's fragment asks for; what it leaves out is as the page has it: one more try where there was no connection. */
export function connectionOverrides(hash: string, timeoutMs: number): ConnectionOverrides {
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  const number = (name: string, usual: number, least: number, most: number): number => {
    const value = Number(given.get(name) ?? usual);
    return Number.isInteger(value) && value >= least && value <= most ? value : usual;
  };
  const readMs = number("rt", timeoutMs, shortestMs, timeoutMs);
  return {
    timeoutMs: Math.min(readMs, number("tt", timeoutMs, shortestMs, timeoutMs)),
    retries: number("rc", 1, 0, mostRetries),
    retryOn: (given.get("rp") ?? "ct").split(","),
  };
}

/** Whether an outcome is one that is tried again. */
export function isRetried(outcome: Outcome, retryOn: readonly string[]): boolean {
  const what =
    outcome.kind === "failed"
      ? outcome.isTimeout
        ? "rt"
        : "ct"
      : outcome.status >= 400
        ? `${Math.floor(outcome.status / 100)}xx`
        : "none";
  return what !== "none" && (retryOn.includes(what) || retryOn.includes("all"));
}
