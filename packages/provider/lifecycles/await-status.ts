import { wait } from "../http/retry.ts";

export interface Waiting<Answer> {
  /** Asks once; undefined while it is not over. */
  readonly poll: () => Promise<Answer | undefined>;
  /** Said before each wait, with the seconds so far. */
  readonly progress: (seconds: number) => void;
  readonly signal: AbortSignal;
  readonly longestMs: number;
  readonly random?: () => number;
}

const firstWaitMs = 300;
const longestWaitMs = 5_000;

/**
 * Polls until something slow is over: soon at first, then less and less often, with jitter. Undefined when it is not
 * over after `longestMs`. Throws the signal's reason when it is called off.
 */
export async function awaitStatus<Answer>(waiting: Waiting<Answer>): Promise<Answer | undefined> {
  const random = waiting.random ?? Math.random;
  const begun = performance.now();
  for (let delay = firstWaitMs; ; delay = Math.min(delay * 1.4, longestWaitMs)) {
    await wait(delay * (0.8 + 0.4 * random()), waiting.signal);
    const answer = await waiting.poll();
    if (answer !== undefined) return answer;
    const elapsed = performance.now() - begun;
    if (elapsed > waiting.longestMs) return undefined;
    waiting.progress(Math.round(elapsed / 1000));
  }
}
