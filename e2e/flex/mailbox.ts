/**
 * Stands between TaskRouter and the Function that it tells of Tasks: keeps event callbacks until they are called for, and then
 * hands them on as the network may: twice, in another order, later, or not at all.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export type Callback = Readonly<Record<string, string>>;

/** How likely each thing is to happen to a callback; the rest of them arrive once and now. */
export interface DeliveryFaults {
  readonly lost: number;
  readonly twice: number;
  readonly later: number;
}

export class Mailbox {
  readonly #server: Server;
  readonly #deliver: (callback: Callback) => Promise<void>;
  readonly #random: () => number;
  readonly #faults: DeliveryFaults;
  #kept: Callback[] = [];
  readonly counts = { came: 0, lost: 0, twice: 0, later: 0 };

  private constructor(
    deliver: (callback: Callback) => Promise<void>,
    random: () => number,
    faults: DeliveryFaults,
  ) {
    this.#deliver = deliver;
    this.#random = random;
    this.#faults = faults;
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const form = new URLSearchParams(Buffer.concat(chunks).toString());
        this.#kept.push(Object.fromEntries(form));
        this.counts.came += 1;
        response.writeHead(204).end();
      });
    });
  }

  /** @param deliver hands one on; resolves when whoever gets it has answered */
  static async open(
    deliver: (callback: Callback) => Promise<void>,
    random: () => number,
    faults: DeliveryFaults,
  ): Promise<Mailbox> {
    const mailbox = new Mailbox(deliver, random, faults);
    await new Promise<void>((resolve) => mailbox.#server.listen(0, "127.0.0.1", resolve));
    return mailbox;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  get isEmpty(): boolean {
    return this.#kept.length === 0;
  }

  /** Hands on what has come, some of it at the same time. */
  async handOn(): Promise<void> {
    const now: Callback[] = [];
    const later: Callback[] = [];
    for (const callback of this.#kept) {
      const fate = this.#random();
      const { lost, twice } = this.#faults;
      if (fate < lost) this.counts.lost += 1;
      else if (fate < lost + twice) {
        this.counts.twice += 1;
        now.push(callback, callback);
      } else if (fate < lost + twice + this.#faults.later) {
        this.counts.later += 1;
        later.push(callback);
      } else now.push(callback);
    }
    this.#kept = later;
    const shuffled = now
      .map((callback) => ({ callback, place: this.#random() }))
      .sort((one, other) => one.place - other.place);
    for (let at = 0; at < shuffled.length; at += atOnce) {
      await Promise.all(shuffled.slice(at, at + atOnce).map(({ callback }) => this.#deliver(callback)));
    }
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Twilio runs thirty Functions at once. */
const atOnce = 20;
