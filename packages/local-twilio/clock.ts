/**
 * The one clock: real time plus an offset that `control` moves and the store keeps. Timers run in the order of
 * their due times, and during a jump each sees its own due time as now, so that what a day would have done in
 * order happens in order.
 */
import type { Clock } from "./product.ts";
import type { Settings } from "./store/settings.ts";

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly work: () => void;
}

/** Longest wait that setTimeout takes. */
const longestWait = 2 ** 31 - 1;

/** A clock that `control` can move. */
export interface MovableClock extends Clock {
  /** Milliseconds between real time and this clock. */
  offset(): number;
  /** Moves on to `target` (milliseconds since 1970), running due timers on the way; after each one waits for `settle`. */
  moveTo(target: number, settle: () => Promise<void>): Promise<void>;
  /** Sets the clock without running anything (reset). */
  setOffset(offset: number): void;
  /** Due times of armed timers, earliest first. */
  due(): number[];
  /** Drops all timers. */
  clear(): void;
}

/** Opens the clock with the offset that `settings` keeps; `onError` gets what a timer throws. */
export function openClock(settings: Settings, onError: (error: unknown) => void): MovableClock {
  let offset = Number(settings.get("clock.offset") ?? 0);
  let timers: Timer[] = [];
  let order = 0;
  let alarm: NodeJS.Timeout | undefined;
  let moving = false;

  const now = (): number => Date.now() + offset;

  const arm = (): void => {
    clearTimeout(alarm);
    const next = timers[0];
    if (moving || next === undefined) return;
    alarm = setTimeout(runDue, Math.min(Math.max(0, next.at - now()), longestWait));
  };

  const run = (timer: Timer): void => {
    timers = timers.filter((other) => other !== timer);
    try {
      timer.work();
    } catch (error) {
      onError(error);
    }
  };

  const runDue = (): void => {
    for (let next = timers[0]; next !== undefined && next.at <= now(); next = timers[0]) run(next);
    arm();
  };

  const setOffset = (value: number): void => {
    offset = value;
    settings.set("clock.offset", String(value));
  };

  return {
    now,
    iso: () => new Date(now()).toISOString().replace(/\.\d{3}Z$/, "Z"),
    at(at, work) {
      const timer: Timer = { at, order: order++, work };
      const place = timers.findIndex((other) => other.at > at);
      if (place === -1) timers.push(timer);
      else timers.splice(place, 0, timer);
      arm();
      return () => {
        timers = timers.filter((other) => other !== timer);
        arm();
      };
    },
    offset: () => offset,
    setOffset(value) {
      setOffset(value);
      arm();
    },
    async moveTo(target, settle) {
      moving = true;
      try {
        for (let next = timers[0]; next !== undefined && next.at <= target; next = timers[0]) {
          if (next.at > now()) setOffset(next.at - Date.now());
          run(next);
          await settle();
        }
        if (target > now()) setOffset(target - Date.now());
      } finally {
        moving = false;
        arm();
      }
    },
    due: () => timers.map((timer) => timer.at),
    clear() {
      clearTimeout(alarm);
      timers = [];
    },
  };
}
