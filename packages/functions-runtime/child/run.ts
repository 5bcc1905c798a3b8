/** The run that a piece of code belongs to: known in everything it sets off, timers and promises included. */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Invocation } from "../types.ts";

export interface Run {
  readonly logs: Invocation["logs"][number][];
  /** What the Function was given; null until it is. */
  context: Readonly<Record<string, unknown>>;
  /** Ends the run with an error, unless it has ended. */
  readonly fail: (error: unknown) => void;
}

const runs = new AsyncLocalStorage<Run>();

/** Does `work` as part of `run`. */
export function within(run: Run, work: () => void): void {
  runs.run(run, work);
}

/** The run that asks; undefined outside any. */
export function currentRun(): Run | undefined {
  return runs.getStore();
}
