/** Work in order per key, at once across keys. */
import type { Twilio } from "../product.ts";
import type { State } from "../state.ts";

/** The last piece of work under each key. */
const lastOfEach: State<Map<string, Promise<unknown>>> = { ofStore: false, open: () => new Map() };

/** Runs `work` after everything that was queued under `key` before it, whatever became of that. */
export function inOrder<Result>(twilio: Twilio, key: string, work: () => Promise<Result>): Promise<Result> {
  const queues = twilio.state(lastOfEach);
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
