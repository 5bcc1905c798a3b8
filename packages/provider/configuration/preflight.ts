import { ProviderError } from "../errors.ts";
import type { TwilioClient } from "../http/client.ts";
import { canonical } from "../translate/meaning.ts";
import type { ValueMap } from "../values/value.ts";
import { valuesToWire } from "../values/values-to-wire.ts";
import type { Configuration } from "./configuration.ts";
import { missingNumbers } from "./numbers.ts";

/** A write that is about to be made: a create, or an update of what had these inputs before. */
export interface Write {
  readonly inputs: ValueMap;
  readonly before?: ValueMap;
}

/**
 * Looks up once whether the account has the numbers that the configuration names, before the first write that could
 * need it: a create, a deployment with other numbers than the last one's, or an update that brings one of them in. A
 * changed wording or another agent needs no look-up, and a preview or a deployment that changes nothing makes none.
 */
export class Preflight {
  readonly #configuration: Configuration;
  readonly #client: TwilioClient;
  readonly #numbersAreNew: boolean;
  readonly #signal: AbortSignal;
  #lookedUp: Promise<void> | undefined;
  #wrote = false;

  constructor(
    configuration: Configuration,
    client: TwilioClient,
    numbersAreNew: boolean,
    signal: AbortSignal,
  ) {
    this.#configuration = configuration;
    this.#client = client;
    this.#numbersAreNew = numbersAreNew;
    this.#signal = signal;
  }

  /** @throws ProviderError `numbers-missing` naming those that the account does not have */
  async before(write: Write): Promise<void> {
    if (
      this.#lookedUp !== undefined ||
      this.#numbersAreNew ||
      write.before === undefined ||
      this.#bringsIn(write)
    ) {
      await (this.#lookedUp ??= this.#lookUp());
    }
    this.#wrote = true;
  }

  #bringsIn({ inputs, before = {} }: Write): boolean {
    const [now, then] = [inputs, before].map((values) => canonical(valuesToWire(values)));
    return this.#configuration.phoneNumbers.some(
      (number) => now?.includes(number) && !then?.includes(number),
    );
  }

  async #lookUp(): Promise<void> {
    const missing = await missingNumbers(this.#configuration, this.#client, this.#signal);
    if (missing.length === 0) return;
    throw new ProviderError("numbers-missing", {
      accountSid: this.#configuration.accountSid(),
      numbers: missing.join(", "),
      written: this.#wrote ? "Only what does not need them was written." : "Nothing was written.",
    });
  }
}
