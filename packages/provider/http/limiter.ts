/** How many requests may be under way at once: as many as Twilio takes, found by asking for less after each refusal. */
export interface Limiter {
  /** Runs `work` when there is room and no pause; rejects with the signal's reason when it is called off while waiting. */
  run<Result>(work: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
  /**
   * Twilio refused because too much was under way (429, error 20429): half as many from now on, and none before
   * `pauseMs` have passed.
   *
   * @param concurrent what `Twilio-Concurrent-Requests` said of the whole account; others' requests count there too
   */
  refused(pauseMs: number, concurrent?: number): void;
  /** An answer that was no refusal; after as many as there is room for, there is room for one more. */
  answered(): void;
  /** Room at the moment. */
  readonly room: number;
}

/** Refusals that come this close together are one: they were under way at the same time. */
const sameRefusalMs = 50;

/**
 * A limiter: additive increase, multiplicative decrease.
 *
 * @param most room at first, and at most
 */
export function openLimiter(most: number, now: () => number = () => performance.now()): Limiter {
  let room = Math.max(1, most);
  let active = 0;
  let calm = 0;
  let pausedUntil = -Infinity;
  let refusedAt = -Infinity;
  let timer: NodeJS.Timeout | undefined;
  const waiting: (() => void)[] = [];

  const next = (): void => {
    const pause = pausedUntil - now();
    if (pause > 0) {
      if (waiting.length > 0) timer ??= setTimeout(resume, pause);
      return;
    }
    while (active < room) {
      const start = waiting.shift();
      if (start === undefined) return;
      active += 1;
      start();
    }
  };
  const resume = (): void => {
    timer = undefined;
    next();
  };
  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const calledOff = (): void => {
        const at = waiting.indexOf(start);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal.reason as Error);
      };
      const start = (): void => {
        signal.removeEventListener("abort", calledOff);
        resolve();
      };
      waiting.push(start);
      signal.addEventListener("abort", calledOff, { once: true });
      next();
    });

  return {
    async run(work, signal) {
      signal.throwIfAborted();
      await turn(signal);
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        active -= 1;
        next();
      }
    },
    refused(pauseMs, concurrent) {
      pausedUntil = Math.max(pausedUntil, now() + pauseMs);
      calm = 0;
      if (now() - refusedAt < sameRefusalMs) return;
      refusedAt = now();
      room = Math.max(1, Math.floor(Math.min(room, concurrent ?? room) / 2));
    },
    answered() {
      calm += 1;
      if (calm < room || room >= most) return;
      calm = 0;
      room += 1;
      next();
    },
    get room() {
      return room;
    },
  };
}
