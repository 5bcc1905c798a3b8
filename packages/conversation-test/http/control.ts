/** The control prefix of a local Twilio, as far as a conversation needs it (docs/reference/local-twilio.md). */
import { z } from "zod";
import { ConversationError } from "../errors.ts";

const event = z.object({
  id: z.number(),
  type: z.string(),
  sid: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type ControlEvent = z.output<typeof event>;

const call = z.object({
  sid: z.string(),
  status: z.string(),
  lines: z.array(z.object({ kind: z.string(), from: z.string(), text: z.string() })),
});
export type ShownCall = z.output<typeof call>;

const inbox = z.object({
  inbox: z.array(z.object({ from: z.string(), body: z.string(), status: z.string() })),
});
const page = z.object({ events: z.array(event) });
const last = z.object({ last: z.number() });
const steps = z.object({
  steps: z.array(
    z.object({
      state: z.string(),
      left: z.object({ event: z.string(), transition: z.number().optional() }).nullish(),
      parent: z.number().optional(),
    }),
  ),
});

export class Control {
  readonly #endpoint: string;

  /** @param endpoint `http://127.0.0.1:4010` */
  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  write = (from: string, to: string, body: string) =>
    this.#ask(`handsets/${of(from)}/messages`, { to, body });
  /** What reached a handset, oldest first. */
  inbox = async (address: string) =>
    inbox
      .parse(await this.#ask(`handsets/${of(address)}/messages`))
      .inbox.filter(({ status }) => status === "delivered");
  call = async (from: string, to: string) =>
    call.parse(await this.#ask(`handsets/${of(from)}/calls`, { to }));
  calls = async (address: string) =>
    z.object({ calls: z.array(call) }).parse(await this.#ask(`handsets/${of(address)}/calls`)).calls;
  /** Somebody does something on a call: `answer`, `decline`, `keys`, `speech`, `hangup`. */
  act = (callSid: string, what: string, how: object = {}) => this.#ask(`calls/${callSid}/${what}`, how);
  /** The next message that a Flow sends fails so. */
  failNext = (outcome: "refused" | "undelivered", errorCode: number) =>
    this.#ask("flow-messages/next", { outcome, errorCode });
  /** Resolves when nothing moves any more. */
  idle = () => this.#ask("idle");
  pass = (seconds: number) => this.#ask("clock/advance", { seconds });
  /** Moves the clock on to a moment, as ISO 8601. */
  setClock = (at: string) => this.#ask("clock/set", { at });
  lastEvent = async () => last.parse(await this.#ask("events/last")).last;
  steps = async (executionSid: string) =>
    steps.parse(await this.#ask(`executions/${executionSid}/steps`)).steps;

  /** Events after an id, oldest first. */
  async eventsAfter(id: number): Promise<ControlEvent[]> {
    const all: ControlEvent[] = [];
    for (let after = id; ;) {
      const { events } = page.parse(await this.#ask(`events?after=${after}`));
      all.push(...events);
      const newest = events.at(-1)?.id;
      if (newest === undefined) return all;
      after = newest;
    }
  }

  async #ask(path: string, body?: object): Promise<unknown> {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${this.#endpoint}/_local/v1/${path}`, init);
    const answer: unknown = await response.json();
    if (!response.ok) {
      const problem = JSON.stringify(answer);
      throw new ConversationError("control-refused", { path, status: String(response.status), problem });
    }
    return answer;
  }
}

const of = (address: string): string => encodeURIComponent(address);
