import { z } from "zod";
import { StepError } from "./errors.ts";

/** A client of the local Twilio's own prefix, as far as a conversation needs it. */
export interface Control {
  /** A phone writes to a number. */
  write(from: string, to: string, body: string): Promise<void>;
  /** Everything a phone ever received, oldest first. */
  inbox(address: string): Promise<readonly { readonly from: string; readonly body: string }[]>;
  /** A phone calls a number, listens, and hangs up; what it heard, in order. */
  call(from: string, to: string): Promise<readonly string[]>;
  /** Resolves when nothing moves any more. */
  idle(): Promise<void>;
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>;
  /** Id of the newest event. */
  lastEvent(): Promise<number>;
  /** Events after an id, oldest first. */
  eventsAfter(id: number): Promise<readonly Event[]>;
}

const event = z.object({
  id: z.number(),
  type: z.string(),
  sid: z.string(),
  parent: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
});
export type Event = z.output<typeof event>;

const handset = z.object({ inbox: z.array(z.object({ from: z.string(), body: z.string() })) });
const called = z.object({
  sid: z.string(),
  status: z.string(),
  lines: z.array(z.object({ from: z.string(), kind: z.string(), text: z.string() })).default([]),
});
const page = z.object({ events: z.array(event) });

/** Opens the control prefix of a local Twilio. */
export function openControl(endpoint: string): Control {
  const call = async (path: string, body?: object): Promise<unknown> => {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    const response = await fetch(`${endpoint}/_local/v1/${path}`, init);
    const answer: unknown = await response.json();
    if (!response.ok) throw new StepError("local Twilio", `it refuses ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const messages = (address: string) => `handsets/${encodeURIComponent(address)}/messages`;
  return {
    write: async (from, to, body) => void (await call(messages(from), { to, body })),
    inbox: async (address) => handset.parse(await call(messages(address))).inbox,
    call: async (from, to) => {
      const { sid } = called.parse(await call(`handsets/${encodeURIComponent(from)}/calls`, { to }));
      await call("idle");
      const { status, lines } = called.parse(await call(`calls/${sid}`));
      if (status === "ringing" || status === "in-progress") await call(`calls/${sid}/hangup`, {});
      await call("idle");
      return lines.filter((line) => line.from !== from).map(({ text }) => text);
    },
    idle: async () => void (await call("idle")),
    pass: async (seconds) => void (await call("clock/advance", { seconds })),
    lastEvent: async () => z.object({ last: z.number() }).parse(await call("events/last")).last,
    eventsAfter: async (id) => {
      const all: Event[] = [];
      for (let after = id; ;) {
        const { events } = page.parse(await call(`events?after=${after}`));
        all.push(...events);
        const last = events.at(-1)?.id;
        if (last === undefined) return all;
        after = last;
      }
    },
  };
}
