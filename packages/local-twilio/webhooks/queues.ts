/** Work in order per key, at once across keys. */
import type { Twilio } from "../product.ts";

const queuesOf = new WeakMap<Twilio, Map<string, Promise<unknown>>>();

/** Runs `work` after everything that was queued under `key` before it, whatever became of that. */
export function inOrder<Result>(twilio: Twilio, key: string, work: () => Promise<Result>): Promise<Result> {
  const queues = queuesOf.get(twilio) ?? new Map<string, Promise<unknown>>();
  queuesOf.set(twilio, queues);
  const run = (queues.get(key) ?? Promise.resolve()).then(work, work);
  queues.set(key, run);
  const forget = (): void => {
    if (queues.get(key) === run) queues.delete(key);
  };
  run.then(forget, forget);
  return run;
}

/** The same for work that nobody waits for: `idle` does, and its errors are reported. */
export function enqueue(twilio: Twilio, key: string, work: () => Promise<void>): void {
  twilio.background(inOrder(twilio, key, work));
}
