/** A handset of a local Twilio. */
import { ConversationError } from "../errors.ts";
import type { Phone } from "../world.ts";
import type { Control, ShownCall } from "./control.ts";

/** What a person does, and all that follows, noted. */
export type Settle = () => Promise<void>;

export class HttpPhone implements Phone {
  readonly name: string;
  readonly address: string;
  readonly #control: Control;
  readonly #line: string;
  readonly #settle: Settle;
  #before = 0;
  #seen = 0;
  readonly #heardOnCall = new Map<string, number>();

  constructor(name: string, address: string, line: string, control: Control, settle: Settle) {
    this.name = name;
    this.address = address;
    this.#line = line;
    this.#control = control;
    this.#settle = settle;
  }

  /** What came before the script is not part of it. */
  async begin(): Promise<void> {
    this.#before = (await this.#control.inbox(this.address)).length;
    this.#seen = this.#before;
    for (const { sid, lines } of await this.#control.calls(this.address)) {
      this.#heardOnCall.set(sid, lines.length);
    }
  }

  async says(text: string): Promise<void> {
    const writer = (await this.#control.inbox(this.address)).slice(this.#before).at(-1)?.from;
    await this.#control.write(this.address, writer ?? this.#line, text);
    await this.#settle();
  }

  async heard(): Promise<readonly string[]> {
    const inbox = await this.#control.inbox(this.address);
    const fresh = inbox.slice(this.#seen).map(({ body }) => body);
    this.#seen = inbox.length;
    const calls = await this.#control.calls(this.address);
    return [...fresh, ...calls.flatMap((call) => this.#freshLines(call))];
  }

  #freshLines({ sid, lines }: ShownCall): string[] {
    const before = this.#heardOnCall.get(sid) ?? 0;
    this.#heardOnCall.set(sid, lines.length);
    return lines
      .slice(before)
      .filter(({ kind, from }) => ["says", "plays"].includes(kind) && from !== this.address)
      .map(({ text }) => text);
  }

  async calls(): Promise<void> {
    await this.#control.call(this.address, this.#line);
    await this.#settle();
  }

  picksUp(): Promise<void> {
    return this.#act("ringing", "answer");
  }

  declines(): Promise<void> {
    return this.#act("ringing", "decline");
  }

  presses(keys: string): Promise<void> {
    return this.#act("in-progress", "keys", { keys });
  }

  speaks(words: string): Promise<void> {
    return this.#act("in-progress", "speech", { text: words });
  }

  hangsUp(): Promise<void> {
    return this.#act("in-progress", "hangup");
  }

  async #act(status: string, what: string, how: object = {}): Promise<void> {
    const call = (await this.#control.calls(this.address)).find((each) => each.status === status);
    if (call === undefined) {
      throw status === "ringing"
        ? new ConversationError("no-ringing", { name: this.name })
        : new ConversationError("no-call", { name: this.name, what });
    }
    await this.#control.act(call.sid, what, how);
    await this.#settle();
  }
}
