/** Somebody in a script: what they do goes into the transcript, and what they were to hear is compared with what they did. */
import { ConversationFailure, placeOf } from "./failure.ts";
import type { Transcript } from "./transcript.ts";
import type { Phone } from "./world.ts";

/** A text word for word, or what it has to look like. */
export type Expected = string | RegExp;

/** What a script's people share: where they are, what was said, and what the others have not looked at yet. */
export interface Stage {
  readonly world: string;
  readonly transcript: Transcript;
  /** Lets everybody who has not looked yet look, so that the transcript of a failure is whole. */
  everyoneLooks(): Promise<void>;
}

export class Person {
  readonly name: string;
  readonly #phone: Phone;
  readonly #stage: Stage;
  #unread: string[] = [];

  constructor(name: string, phone: Phone, stage: Stage) {
    this.name = name;
    this.#phone = phone;
    this.#stage = stage;
  }

  /** Writes a message; resolves when all that follows has happened. */
  says(text: string): Promise<void> {
    return this.#does(`says     ${text}`, () => this.#phone.says(text));
  }

  /** Calls the line. */
  calls(): Promise<void> {
    return this.#does("calls", () => this.#phone.calls());
  }

  /** Answers the phone when it rings, or takes the call that waits in a queue. */
  picksUp(): Promise<void> {
    return this.#does("picks up", () => this.#phone.picksUp());
  }

  declines(): Promise<void> {
    return this.#does("declines", () => this.#phone.declines());
  }

  /** Presses keys, one by one. */
  presses(keys: string): Promise<void> {
    return this.#does(`presses  ${keys}`, () => this.#phone.presses(keys));
  }

  /** Says something on the call. */
  speaks(words: string): Promise<void> {
    return this.#does(`speaks   ${words}`, () => this.#phone.speaks(words));
  }

  hangsUp(): Promise<void> {
    return this.#does("hangs up", () => this.#phone.hangsUp());
  }

  /**
   * Expects exactly these texts, in this order, since it was last asked: one too many fails as one too few does.
   *
   * @throws ConversationFailure with the transcript so far
   */
  async hears(...expected: readonly Expected[]): Promise<void> {
    await this.#expects(expected, placeOf());
  }

  /** Expects that nothing came since it was last asked. */
  async hearsNothing(): Promise<void> {
    await this.#expects([], placeOf());
  }

  async #expects(expected: readonly Expected[], at: Error): Promise<void> {
    await this.look();
    const heard = this.#unread;
    this.#unread = [];
    if (fits(heard, expected)) return;
    await this.#stage.everyoneLooks();
    const { world, transcript } = this.#stage;
    const shown = expected.map(String);
    throw new ConversationFailure(`${this.name} was to hear ${listed(shown)}, and heard ${listed(heard)}`, {
      expected: shown,
      actual: heard,
      transcript: transcript.toString(),
      world,
      at,
    });
  }

  /** Looks at the phone without expecting anything. */
  async look(): Promise<void> {
    for (const text of await this.#phone.heard()) {
      this.#unread.push(text);
      this.#stage.transcript.note(this.name, `hears    ${text}`);
    }
  }

  async #does(what: string, act: () => Promise<void>): Promise<void> {
    this.#stage.transcript.note(this.name, what);
    await act();
  }
}

function fits(heard: readonly string[], expected: readonly Expected[]): boolean {
  return (
    heard.length === expected.length &&
    heard.every((text, at) => {
      const each = expected[at];
      return each instanceof RegExp ? each.test(text) : each === text;
    })
  );
}

function listed(texts: readonly string[]): string {
  return texts.length === 0 ? "nothing" : texts.map((text) => JSON.stringify(text)).join(", ");
}
