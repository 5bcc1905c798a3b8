/** `local-twilio call`: a call in text. What is typed is spoken; digits, # and * are keys. */
import { createInterface } from "node:readline";
import type { TwilioEvent } from "../product.ts";
import { textOf } from "../json.ts";
import { control } from "./control-client.ts";

/** A line of a call, as control shows it. */
interface Line {
  readonly from: string;
  readonly kind: string;
  readonly text: string;
}

interface Call {
  readonly sid: string;
  readonly handset: string;
  readonly status: string;
  readonly asks: { readonly type: string; readonly widget: string } | null;
  readonly lines: readonly Line[];
}

/** What somebody does on a call. */
export type Act = { readonly keys: string } | { readonly say: string } | "hangup";

export interface Called extends Call {
  /** The widgets that the call went through. */
  readonly path: readonly string[];
}

/** What a typed line means. */
export function actOf(line: string): Act {
  if (line.trim() === "hangup") return "hangup";
  return /^[\d#*]+$/.test(line.trim()) ? { keys: line.trim() } : { say: line };
}

/**
 * Calls and does one thing after the other, each once nothing moves any more; `show` gets every line as it is said.
 * Whoever is through hangs up.
 */
export async function call(
  endpoint: string,
  { from, to }: { readonly from: string; readonly to: string },
  acts: Iterable<Act> | Typed,
  show: (line: string) => void,
): Promise<Called> {
  const { last } = await control<{ last: number }>(endpoint, "GET", "events/last");
  const { sid } = await control<Call>(endpoint, "POST", `handsets/${encodeURIComponent(from)}/calls`, { to });
  let shown = 0;
  const look = async (): Promise<Call> => {
    await control(endpoint, "GET", "idle");
    const now = await control<Call>(endpoint, "GET", `calls/${sid}`);
    for (const line of now.lines.slice(shown)) show(described(line, from));
    shown = Math.max(shown, now.lines.length);
    return now;
  };
  let now = await look();
  if (isLive(now)) {
    const stopWatching = "close" in acts ? watch(look, acts) : undefined;
    for await (const act of acts) {
      await perform(endpoint, sid, act);
      now = await look();
      if (!isLive(now)) break;
    }
    stopWatching?.();
    now = await look();
  }
  if (isLive(now)) {
    await perform(endpoint, sid, "hangup");
    now = await look();
  }
  const { events } = await control<{ events: TwilioEvent[] }>(endpoint, "GET", `events?after=${last}`);
  const path = events.filter(({ type }) => type === "step.entered").map(({ data }) => textOf(data["state"]));
  show(`the call is over: ${now.status}`);
  return { ...now, path };
}

function isLive({ status }: Call): boolean {
  return status === "ringing" || status === "in-progress";
}

async function perform(endpoint: string, sid: string, act: Act): Promise<void> {
  if (act === "hangup") await control(endpoint, "POST", `calls/${sid}/hangup`);
  else if ("keys" in act) await control(endpoint, "POST", `calls/${sid}/keys`, act);
  else if (act.say.trim() !== "") await control(endpoint, "POST", `calls/${sid}/speech`, { text: act.say });
}

function described({ from, kind, text }: Line, self: string): string {
  const who = from === self ? "  you" : from === "twilio" ? "" : `  ${from}`;
  if (kind === "says") return `${who}${who === "" ? "" : ": "}${text}`;
  return `${who}${who === "" ? "" : " "}[${kind} ${text}]`;
}

/** Acts that come as they are typed, until the input ends or is closed. */
export interface Typed extends AsyncIterable<Act> {
  close(): void;
}

/** What is typed, line by line. */
export function typed(input: NodeJS.ReadableStream): Typed {
  const lines = createInterface({ input });
  // Listened to from now on: what is typed before the call is up is not lost.
  const waiting = lines[Symbol.asyncIterator]();
  async function* acts(): AsyncGenerator<Act> {
    for (let next = await waiting.next(); next.done !== true; next = await waiting.next()) {
      yield actOf(next.value);
    }
  }
  return { [Symbol.asyncIterator]: acts, close: () => lines.close() };
}

/** How often a call is looked at while nobody types, in milliseconds: time-outs and others speak, too. */
const watchMs = 500;

/** Shows what happens while nobody types; the end of the call is the end of the typing. */
function watch(look: () => Promise<Call>, acts: Typed): () => void {
  const timer = setInterval(() => {
    look().then(
      (now) => {
        if (!isLive(now)) acts.close();
      },
      () => acts.close(),
    );
  }, watchMs);
  return () => clearInterval(timer);
}
