/** Time that passes when a script says so. */
interface Timer {
  readonly due: number;
  readonly order: number;
  readonly fire: () => Promise<void>;
}

export class Clock {
  #now: number;
  #timers: Timer[] = [];
  #order = 0;

  constructor(now: number) {
    this.#now = now;
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /** Calls back once after so many seconds; answers how to forget it. */
  in(seconds: number, fire: () => Promise<void>): () => void {
    const timer = { due: this.#now + seconds * 1000, order: this.#order++, fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Lets time pass: what is due on the way happens at its time, each thing after all that follows from the one before. */
  async pass(seconds: number): Promise<void> {
    const until = this.#now + seconds * 1000;
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.due);
      await next.fire();
    }
    this.#now = until;
  }

  #next(until: number): Timer | undefined {
    return this.#timers
      .filter(({ due }) => due <= until)
      .reduce<Timer | undefined>(
        (first, each) =>
          first === undefined || each.due < first.due || (each.due === first.due && each.order < first.order)
            ? each
            : first,
        undefined,
      );
  }
}
