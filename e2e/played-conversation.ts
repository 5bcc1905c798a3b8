/** Conversations that were played by hand in the console and saved as tests: the stage that they run on, and its phones. */
import { deployedStage } from "./deployed/stage.ts";
import { LocalPhone } from "./local-world.ts";

/** A phone that answers as a person does: the number that wrote last, the line before anybody did. */
export class PlayedPhone {
  readonly #phone: LocalPhone;
  #to: string;

  constructor(phone: LocalPhone, line: string) {
    this.#phone = phone;
    this.#to = line;
  }

  /** Writes, and waits until all that follows has happened. */
  async says(text: string): Promise<void> {
    await this.#phone.says(this.#to, text);
  }

  /** Texts that came since it was last asked, oldest first. */
  async heard(): Promise<string[]> {
    const messages = await this.#phone.heard();
    this.#to = messages.at(-1)?.from ?? this.#to;
    return messages.map(({ body }) => body);
  }
}

export interface Played extends AsyncDisposable {
  phone(address: string): PlayedPhone;
}

/**
 * The project's stack on a local Twilio of its own.
 *
 * @param line the number that phones write to first
 */
export async function openPlayed(line: string): Promise<Played> {
  const stage = await deployedStage();
  return {
    phone: (address) => new PlayedPhone(new LocalPhone(stage.twilio.endpoint, address), line),
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}
