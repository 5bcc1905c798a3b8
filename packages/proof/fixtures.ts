/** What several probes need: made when the first one asks for it, and the same for all after it. */
import type { Account } from "./account.ts";

export interface Fixtures {
  /** What `make` answered the first time that this name was asked for. */
  once<Made>(name: string, make: () => Promise<Made>): Promise<Made>;
}

export function openFixtures(): Fixtures {
  const made = new Map<string, Promise<unknown>>();
  return {
    once<Made>(name: string, make: () => Promise<Made>) {
      let one = made.get(name) as Promise<Made> | undefined;
      if (one === undefined) made.set(name, (one = make()));
      return one;
    },
  };
}

/** Thrown by a fixture that Twilio did not make: whoever needs it goes unasked, with the reason. */
export class FixtureRefused extends Error {
  constructor(what: string, { status, body }: Awaited<ReturnType<Account["ask"]>>) {
    super(`${what} could not be made: ${status} ${JSON.stringify(body)}`);
    this.name = "FixtureRefused";
  }
}
