/**
 * Status changes of slow things (a Build: building, completed) as lists of transitions. `control` says for each kind
 * whether they happen at once, when told, or after a time on the clock.
 */
import type { Clock } from "../product.ts";

export type Progress =
  | { readonly mode: "immediate" }
  | { readonly mode: "manual" }
  | { readonly mode: "timed"; readonly seconds: number };

export interface Lifecycles {
  /** How things of a kind go on; `immediate` unless set. */
  progress(kind: string): Progress;
  setProgress(kind: string, progress: Progress): void;
  /** The next transition of `sid` is due by the kind's progress: runs `step` then. */
  begin(kind: string, sid: string, step: () => void): void;
  /** Does the waiting transitions of a kind, or of one object alone; answers how many there were. */
  advance(kind: string, sid?: string): number;
  /** Forgets what waits and how things go on. */
  clear(): void;
}

/** Opens the life cycles; timed ones run on `clock`. */
export function openLifecycles(clock: Clock): Lifecycles {
  const modes = new Map<string, Progress>();
  let waiting: { kind: string; sid: string; run: () => void }[] = [];
  const progress = (kind: string): Progress => modes.get(kind) ?? { mode: "immediate" };
  return {
    progress,
    setProgress: (kind, mode) => void modes.set(kind, mode),
    begin(kind, sid, step) {
      const mode = progress(kind);
      if (mode.mode === "immediate") step();
      else if (mode.mode === "manual") waiting.push({ kind, sid, run: step });
      else clock.at(clock.now() + mode.seconds * 1000, step);
    },
    advance(kind, sid) {
      const due = waiting.filter((one) => one.kind === kind && (sid === undefined || one.sid === sid));
      waiting = waiting.filter((one) => !due.includes(one));
      for (const one of due) one.run();
      return due.length;
    },
    clear() {
      modes.clear();
      waiting = [];
    },
  };
}
