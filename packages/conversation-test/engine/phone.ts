/** A phone of the engine's world: what came, and what its owner does. */
import { ConversationError } from "../errors.ts";
import type { Phone } from "../world.ts";
import type { EngineCall } from "./call.ts";

/** What a phone does outside itself. */
export interface Network {
  text(phone: EnginePhone, body: string): Promise<void>;
  call(phone: EnginePhone): Promise<void>;
  /** The call of somebody else that rings at this phone, or waits in a queue. */
  ringing(phone: EnginePhone): EngineCall | undefined;
}

export class EnginePhone implements Phone {
  readonly name: string;
  readonly address: string;
  readonly #network: Network;
  #inbox: string[] = [];
  #writer: string | null = null;
  /** The call that its owner is on. */
  call: EngineCall | null = null;

  constructor(name: string, address: string, network: Network) {
    this.name = name;
    this.address = address;
    this.#network = network;
  }

  /** @param from the number that wrote; none for what is heard on a call */
  receive(text: string, from?: string): void {
    this.#inbox.push(text);
    this.#writer = from ?? this.#writer;
  }

  /** The number that wrote last, which its owner answers; null: none has. */
  get writer(): string | null {
    return this.#writer;
  }

  says(text: string): Promise<void> {
    return this.#network.text(this, text);
  }

  heard(): Promise<readonly string[]> {
    const fresh = this.#inbox;
    this.#inbox = [];
    return Promise.resolve(fresh);
  }

  calls(): Promise<void> {
    return this.#network.call(this);
  }

  async picksUp(): Promise<void> {
    await this.#rings().pickUp(this);
  }

  async declines(): Promise<void> {
    await this.#rings().decline(this);
  }

  async presses(keys: string): Promise<void> {
    await this.#on("press keys for").press(this, keys);
  }

  async speaks(words: string): Promise<void> {
    await this.#on("speak to").speak(this, words);
  }

  async hangsUp(): Promise<void> {
    await this.#on("hang up on").hangUp(this);
  }

  #rings(): EngineCall {
    const call = this.#network.ringing(this);
    if (call === undefined) throw new ConversationError("no-ringing", { name: this.name });
    return call;
  }

  #on(what: string): EngineCall {
    if (this.call === null) throw new ConversationError("no-call", { name: this.name, what });
    return this.call;
  }
}
