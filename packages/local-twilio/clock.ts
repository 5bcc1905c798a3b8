/**
 * The one clock. On the wall it is real time plus an offset that `control` moves and the store keeps; by hand it stands
 * until somebody moves it. Timers run in the order of their due times. While one runs, and all that follows from it during
 * a jump, the clock holds still, so that what a day would have done in order happens in order.
 */
import { isoSecondsOf, onCalendar } from "./calendar.ts";
import { limits } from "./limits.ts";
import type { Clock } from "./product.ts";
import type { Settings } from "./store/settings.ts";

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** Longest wait that setTimeout takes. */
const longestWait = 2 ** 31 - 1;

/** Somebody moves the clock past the last date. */
export class BeyondCalendar extends Error {
  constructor() {
    super(`the clock goes no further than ${isoSecondsOf(limits.date.latest)}`);
    this.name = "BeyondCalendar";
  }
}

/** A clock that `control` can move. */
export interface MovableClock extends Clock {
  /** Milliseconds between real time and this clock. */
  offset(): number;
  /**
   * Moves on to `target` (milliseconds since 1970), running due timers on the way; after each one waits for `settle`.
   *
   * @throws BeyondCalendar
   */
  moveTo(target: number, settle: () => Promise<void>): Promise<void>;
  /** Sets the clock to a moment, or to real time, without running anything. */
  set(now: number | "real"): void;
  /** Due times of armed timers, earliest first. */
  due(): number[];
  /** Drops all timers. */
  clear(): void;
}

/** How a clock goes: with real time, or by hand from a moment on (milliseconds since 1970). */
export type ClockKind = "wall" | { readonly manual: number };

/** Opens a clock; the offset of one on the wall is what `settings` keeps. `onError` gets what a timer throws. */
export function openClock(
  settings: Settings,
  kind: ClockKind,
  onError: (error: unknown) => void,
): MovableClock {
  let offset = Number(settings.get("clock.offset") ?? 0);
  /** Where the clock stands; null: it goes with real time. */
  let held: number | null = kind === "wall" ? null : kind.manual;
  let timers: Timer[] = [];
  let alarm: NodeJS.Timeout | undefined;
  let moves: Promise<void> = Promise.resolve();
  let moving = 0;

  const now = (): number => onCalendar(held ?? Date.now() + offset);

  /** Keeps how far the clock is from real time. */
  const keep = (value: number | "real"): void => {
    if (kind !== "wall") return;
    offset = value === "real" ? 0 : value - Date.now();
    settings.set("clock.offset", String(offset));
  };

  const arm = (): void => {
    clearTimeout(alarm);
    const next = timers[0];
    if (moving > 0 || next === undefined) return;
    const wait = Math.max(0, next.at - now());
    // A clock that is moved by hand comes to what is due now, and to nothing else by itself.
    if (kind === "wall" || wait === 0) alarm = setTimeout(runDue, Math.min(wait, longestWait));
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
    const before = held;
    held = now();
    for (let next = timers[0]; next !== undefined && next.at <= held; next = timers[0]) run(next);
    held = before;
    arm();
  };

  const move = async (target: number, settle: () => Promise<void>): Promise<void> => {
    moving += 1;
    clearTimeout(alarm);
    held = now();
    try {
      for (let next = timers[0]; next !== undefined && next.at <= target; next = timers[0]) {
        held = Math.max(held, next.at);
        keep(held);
        run(next);
        await settle();
      }
    } finally {
      const reached = Math.max(held, target);
      held = kind === "wall" ? null : reached;
      keep(reached);
      moving -= 1;
      arm();
    }
  };

  return {
    now,
    iso: () => isoSecondsOf(now()),
    at(at, work) {
      const timer: Timer = { at, work };
      const place = timers.findIndex((other) => other.at > at);
      if (place === -1) timers.push(timer);
      else timers.splice(place, 0, timer);
      arm();
      return () => {
        timers = timers.filter((other) => other !== timer);
        arm();
      };
    },
    offset: () => (held === null ? offset : held - Date.now()),
    set(value) {
      if (kind === "wall") keep(value);
      else held = value === "real" ? Date.now() : value;
      arm();
    },
    moveTo(target, settle) {
      if (!(target <= limits.date.latest)) throw new BeyondCalendar();
      // One after the other: two who move it at once both get where they wanted.
      const moved = moves.then(() => move(target, settle));
      moves = moved.catch(() => undefined);
      return moved;
    },
    due: () => timers.map((timer) => timer.at),
    clear() {
      clearTimeout(alarm);
      timers = [];
    },
  };
}
