/** Somebody's phone around a local Twilio in this process. */
import type { Phones, VoiceCall } from "@support-line/local-twilio";
import { ConversationError } from "../errors.ts";
import type { Phone } from "../world.ts";

/** What a call may wait for when somebody presses keys or speaks. */
const takes = {
  keys: ["gather", "recordVoicemail", "pay"],
  words: ["gather", "recordVoicemail"],
} as const;

export class InProcessPhone implements Phone {
  readonly name: string;
  readonly address: string;
  readonly #line: string;
  readonly #phones: Phones;
  readonly #settled: () => Promise<void>;
  #seen = 0;
  readonly #heardOnCall = new Map<string, number>();

  /** @param settled resolves when everything that follows has happened */
  constructor(name: string, address: string, line: string, phones: Phones, settled: () => Promise<void>) {
    this.name = name;
    this.address = address;
    this.#line = line;
    this.#phones = phones;
    this.#settled = settled;
  }

  async says(text: string): Promise<void> {
    await this.#phones.write(this.address, this.#inbox().at(-1)?.from ?? this.#line, text);
    await this.#settled();
  }

  heard(): Promise<readonly string[]> {
    const inbox = this.#inbox();
    const fresh = inbox.slice(this.#seen).map(({ body }) => body);
    this.#seen = inbox.length;
    return Promise.resolve([
      ...fresh,
      ...this.#phones.calls(this.address).flatMap((call) => this.#fresh(call)),
    ]);
  }

  async calls(): Promise<void> {
    await this.#phones.call(this.address, this.#line);
    await this.#settled();
  }

  async picksUp(): Promise<void> {
    const ringing = this.#ringing();
    const [waiting] = this.#phones.waiting().filter(({ handset }) => handset !== this.address);
    if (ringing !== undefined) this.#phones.pickUp(ringing);
    else if (waiting !== undefined) this.#phones.take(waiting, this.address);
    else throw new ConversationError("no-ringing", { name: this.name });
    await this.#settled();
  }

  async declines(): Promise<void> {
    const ringing = this.#ringing();
    if (ringing === undefined) throw new ConversationError("no-ringing", { name: this.name });
    this.#phones.decline(ringing);
    await this.#settled();
  }

  async presses(keys: string): Promise<void> {
    for (const key of keys) {
      this.#phones.press(this.#call("press keys for", "keys"), key);
      await this.#settled();
    }
  }

  async speaks(words: string): Promise<void> {
    this.#phones.speak(this.#call("speak to", "words"), words);
    await this.#settled();
  }

  async hangsUp(): Promise<void> {
    this.#phones.hangUp(this.#call("hang up on"));
    await this.#settled();
  }

  #inbox() {
    return this.#phones.inbox(this.address).filter(({ status }) => status === "delivered");
  }

  /** What is said and played on a call, but for what its own owner says. */
  #fresh({ sid, lines }: VoiceCall): string[] {
    const before = this.#heardOnCall.get(sid) ?? 0;
    this.#heardOnCall.set(sid, lines.length);
    return lines
      .slice(before)
      .filter(({ kind, from }) => ["says", "plays"].includes(kind) && from !== this.address)
      .map(({ text }) => text);
  }

  #ringing(): VoiceCall | undefined {
    return this.#phones
      .calls(this.address)
      .find(({ status, direction }) => status === "ringing" && direction !== "inbound");
  }

  #call(what: string, gives?: keyof typeof takes): VoiceCall {
    const call = this.#phones.calls(this.address).findLast(({ status }) => status === "in-progress");
    if (call === undefined) throw new ConversationError("no-call", { name: this.name, what });
    const waits = call.asked?.effect.type;
    if (gives !== undefined && call.connected === null && !takes[gives].some((each) => each === waits)) {
      throw new ConversationError("not-asked", { what: gives, waits: waits ?? "nothing" });
    }
    return call;
  }
}
