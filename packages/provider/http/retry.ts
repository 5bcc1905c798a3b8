import { setTimeout as sleep } from "node:timers/promises";

/** How often a request is tried at most, and how long waits may get. */
export interface RetryPolicy {
  readonly attempts: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** How long Twilio may show what was before a write; longer than that, what it shows is so. */
  readonly settleMs: number;
}

export const defaultPolicy: RetryPolicy = {
  attempts: 8,
  firstWaitMs: 250,
  longestWaitMs: 20_000,
  settleMs: 8_000,
};

/**
 * Milliseconds to wait before the attempt after `attempt` (1 is the first): what `Retry-After` asks for, else
 * doubling with full jitter, so that callers who were refused together do not come back together.
 */
export function waitBefore(
  policy: RetryPolicy,
  attempt: number,
  retryAfter: string | null,
  random = Math.random,
): number {
  const asked = retryAfterMs(retryAfter);
  if (asked !== undefined) return Math.min(asked, policy.longestWaitMs) + random() * policy.firstWaitMs;
  return random() * Math.min(policy.firstWaitMs * 2 ** (attempt - 1), policy.longestWaitMs);
}

/** `Retry-After` in seconds or as a date (RFC 9110 10.2.3); undefined when it says neither. */
export function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

/** Waits, unless it is called off first: then it throws the signal's reason. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await sleep(ms, undefined, { signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
}
