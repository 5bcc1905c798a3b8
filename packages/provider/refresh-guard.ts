import { ProviderError } from "./errors.ts";

/** Nothing has been asked for this long: the engine has no more to read. */
const quietMs = 500;

/**
 * Watches the reads of a refresh. A state of which Twilio has nothing at all is a state of elsewhere (another
 * region, another endpoint, a local Twilio that was reset): that stops, instead of emptying the state. So what is
 * gone is held back until something was found.
 */
export class RefreshGuard {
  readonly #mayEmpty: boolean;
  readonly #quietMs: number;
  #foundAny = false;
  #reading = 0;
  #held: PromiseWithResolvers<void>[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param mayEmpty whether a refresh may find nothing at all */
  constructor(mayEmpty: boolean, quiet = quietMs) {
    this.#mayEmpty = mayEmpty;
    this.#quietMs = quiet;
  }

  /**
   * What a read found; undefined when it is gone and that is to be believed.
   *
   * @throws ProviderError `all-gone` when nothing of all that was read is there
   */
  async watch<Found>(read: () => Promise<Found | undefined>): Promise<Found | undefined> {
    clearTimeout(this.#timer);
    this.#reading += 1;
    let found: Found | undefined;
    try {
      found = await read();
    } finally {
      this.#reading -= 1;
    }
    if (found !== undefined) {
      this.#foundAny = true;
      for (const { resolve } of this.#held.splice(0)) resolve();
      return found;
    }
    if (this.#foundAny || this.#mayEmpty) return undefined;
    const held = Promise.withResolvers<void>();
    this.#held.push(held);
    if (this.#reading === 0) this.#timer = setTimeout(() => this.#stop(), this.#quietMs);
    await held.promise;
    return undefined;
  }

  #stop(): void {
    const count = this.#held.length;
    this.#held.splice(0).forEach(({ reject }, at) => {
      reject(at === 0 ? new ProviderError("all-gone", { count }) : new ProviderError("all-gone-too"));
    });
  }
}
