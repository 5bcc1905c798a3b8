/** The event stream of a local Twilio, followed live. */
import { createParser } from "eventsource-parser";
import { z } from "zod";

const event = z.object({
  type: z.string(),
  sid: z.string(),
  parent: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
type StreamedEvent = z.output<typeof event>;

export interface Message {
  readonly to: string;
  readonly body: string;
}

/** A message somebody writes, and those that must reach handsets because of it. */
export interface Exchange {
  readonly from: string;
  readonly says: string;
  readonly heard: readonly Message[];
}

export interface EventStream {
  /**
   * Watches an exchange from before its message is written until the Flow has ended: whoever writes earlier talks to
   * an Execution that no longer listens. Answers the time (`performance.now()`) at which the last message arrived.
   */
  follow(exchange: Exchange): Promise<number>;
  close(): void;
}

/** How far an exchange has come; `see` answers true when it is over. */
class Following {
  readonly #exchange: Exchange;
  #missing: readonly Message[];
  #conversation: string | null = null;
  #execution: string | null = null;
  #isEnded = false;
  arrivedAt = NaN;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.#missing = exchange.heard;
  }

  get missing(): string {
    return this.#missing.length > 0 ? JSON.stringify(this.#missing) : "the end of the Execution";
  }

  see({ type, sid, parent, data }: StreamedEvent): boolean {
    const { from, says } = this.#exchange;
    if (type === "message.added" && data.author === from && data.body === says) {
      this.#conversation = parent;
    } else if (type === "execution.started" && data.conversationSid === this.#conversation) {
      this.#execution ??= sid;
    } else if (type === "execution.ended" && sid === this.#execution) {
      this.#isEnded = true;
    } else if (type === "message.delivered") {
      this.#arrived(data);
    }
    return this.#isEnded && this.#missing.length === 0;
  }

  #arrived(data: StreamedEvent["data"]): void {
    const at = this.#missing.findIndex(({ to, body }) => data.to === to && data.body === body);
    if (at < 0) return;
    this.#missing = this.#missing.toSpliced(at, 1);
    this.arrivedAt = performance.now();
  }
}

/**
 * Follows the events of a local Twilio from now on.
 *
 * @param patienceMs how long a message may take before it counts as lost
 */
export async function followEvents(endpoint: string, patienceMs = 10_000): Promise<EventStream> {
  const left = new AbortController();
  const response = await fetch(`${endpoint}/_local/v1/events`, { signal: left.signal });
  if (response.body === null) throw new Error("the event stream has no body");
  const followed = new Set<(streamed: StreamedEvent) => void>();
  const parser = createParser({
    onEvent: ({ data }) => {
      const streamed = event.parse(JSON.parse(data));
      for (const see of followed) see(streamed);
    },
  });
  void read(response.body, (text) => parser.feed(text));
  return {
    follow: (exchange) =>
      new Promise((resolve, reject) => {
        const following = new Following(exchange);
        const late = setTimeout(() => {
          followed.delete(see);
          reject(new Error(`"${exchange.says}": ${following.missing} did not come within ${patienceMs} ms`));
        }, patienceMs);
        const see = (streamed: StreamedEvent): void => {
          if (!following.see(streamed)) return;
          clearTimeout(late);
          followed.delete(see);
          resolve(following.arrivedAt);
        };
        followed.add(see);
      }),
    close: () => left.abort(),
  };
}

async function read(body: ReadableStream<Uint8Array>, feed: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const piece of body) feed(decoder.decode(piece, { stream: true }));
  } catch (error) {
    // Leaving the stream is how it ends.
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
  }
}
