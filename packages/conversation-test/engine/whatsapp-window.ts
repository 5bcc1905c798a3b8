import type { Clock } from "./clock.ts";

const hours = 24;

/** WhatsApp takes a business's own words for 24 hours after somebody wrote, https://www.twilio.com/docs/api/errors/63016 */
export class WhatsAppWindow {
  readonly #clock: Clock;
  /** When an address last wrote to a number. */
  readonly #wrote = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Somebody writes: the window is open from now on. */
  open(address: string, number: string): void {
    this.#wrote.set(`${address} ${number}`, this.#clock.now);
  }

  /** Whether words of one's own reach an address; on other channels they always do. */
  lets(number: string, address: string): boolean {
    const at = this.#wrote.get(`${address} ${number}`);
    return !address.startsWith("whatsapp:") || (at !== undefined && this.#clock.now - at < hours * 3600_000);
  }
}
