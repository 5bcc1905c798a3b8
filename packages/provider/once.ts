/** Looks each thing up once a run, whoever asks; a look that failed is no answer. */
export class Once {
  readonly #found = new Map<string, Promise<unknown>>();

  /** @param key what is looked up: of equal keys, the first one's answer is everybody's */
  readonly look = <Found>(key: string, look: () => Promise<Found>): Promise<Found> => {
    let found = this.#found.get(key) as Promise<Found> | undefined;
    if (found === undefined) {
      found = look();
      this.#found.set(key, found);
      found.catch(() => this.#found.delete(key));
    }
    return found;
  };
}
