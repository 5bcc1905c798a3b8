/** Work in order per key, at once across keys. */
import type { Twilio } from "../product.ts";

const queuesOf = new WeakMap<Twilio, Map<string, Promise<void>>>();

/** Runs `work` after everything that was queued under `key` before it; `idle` waits for it, and its errors are reported. */
export function enqueue(twilio: Twilio, key: string, work: () => Promise<void>): void {
  const queues = queuesOf.get(twilio) ?? new Map<string, Promise<void>>();
  queuesOf.set(twilio, queues);
  const before = queues.get(key);
  const run = (before ?? Promise.resolve()).then(work, work);
  queues.set(key, run);
  const forget = (): void => {
    if (queues.get(key) === run) queues.delete(key);
  };
  run.then(forget, forget);
  twilio.background(run);
}
