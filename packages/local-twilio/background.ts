/** Work that goes on after its request was answered: counted, so that tests wait for it and never sleep. */

export interface Background {
  readonly add: (work: Promise<unknown>) => void;
  /** Resolves when nothing is left, work that the work added included. */
  readonly idle: () => Promise<void>;
  pending(): number;
}

/** Keeps count; `onError` gets what fails, so that nothing is lost silently. */
export function openBackground(onError: (error: unknown) => void): Background {
  let pending = 0;
  let waiting: (() => void)[] = [];
  const done = (): void => {
    pending -= 1;
    if (pending > 0) return;
    const resolvers = waiting;
    waiting = [];
    for (const resolve of resolvers) resolve();
  };
  return {
    add(work) {
      pending += 1;
      work.catch(onError).finally(done);
    },
    async idle() {
      while (pending > 0) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    pending: () => pending,
  };
}
