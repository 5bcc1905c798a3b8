/** The first conversation of a line that nobody here knows: somebody writes or calls, and what happened is told. */
import type { Line } from "@support-line/stage";
import type { Control, Event } from "./control.ts";
import { StepError } from "./errors.ts";

/** By which a widget says that what it was to do did not happen. */
const failures = new Set(["fail", "failed", "failedToEnqueue", "callFailure", "deliveryFailure"]);

export interface Hello {
  readonly line: Line;
  /** Who writes or calls. */
  readonly customer: string;
  /** What is written, one after the other, until somebody hears something. */
  readonly words: readonly string[];
}

/**
 * Writes to a line, or calls it, until somebody hears something.
 *
 * @param show is called after each message, to tell what happened
 * @returns what was written last
 * @throws StepError naming the widget that failed, or saying that nobody heard anything
 */
export async function sayHello(
  control: Control,
  { line, customer, words }: Hello,
  show: () => Promise<void>,
): Promise<string> {
  if (line.channel === "voice") return callOnce(control, line, customer, show);
  for (const word of words) {
    const before = await control.lastEvent();
    await control.write(customer, line.address, word);
    await control.idle();
    await show();
    const events = await control.eventsAfter(before);
    const failed = failureIn(events);
    if (failed !== null) throw new StepError(`"${word}" to line ${line.name}`, failed, { exitCode: 1 });
    if (events.some(({ type }) => type === "message.delivered")) return word;
    if (!events.some(({ type }) => type === "execution.started" || type === "step.entered")) {
      const problem = `no Flow began: nothing connects ${line.address} with the Flow ${line.flow}`;
      throw new StepError(`"${word}" to line ${line.name}`, problem, { exitCode: 1 });
    }
  }
  throw new StepError(
    `line ${line.name}`,
    `nobody heard anything after ${words.map((word) => `"${word}"`).join(", then ")}: no widget of the Flow ${line.flow} on that way says a word`,
    { exitCode: 1 },
  );
}

async function callOnce(
  control: Control,
  line: Line,
  customer: string,
  show: () => Promise<void>,
): Promise<string> {
  const before = await control.lastEvent();
  const heard = await control.call(customer, line.address);
  await show();
  for (const text of heard) console.log(`  the caller hears: ${text}`);
  const failed = failureIn(await control.eventsAfter(before));
  if (failed !== null) throw new StepError(`a call to line ${line.name}`, failed, { exitCode: 1 });
  if (heard.length > 0) return "";
  throw new StepError(
    `a call to line ${line.name}`,
    `the caller heard nothing: the Flow ${line.flow} says no word`,
    {
      exitCode: 1,
    },
  );
}

/** The widget that failed, and why; null when none did. */
export function failureIn(events: readonly Event[]): string | null {
  const warned = new Map(
    events.flatMap(({ type, data }) =>
      type === "execution.warned" ? [[String(data["state"]), String(data["message"])] as const] : [],
    ),
  );
  for (const { type, data } of events) {
    if (type === "execution.failed") return `the Flow broke off: ${String(data["message"])}`;
    if (type !== "step.left" || !failures.has(String(data["event"]))) continue;
    const state = String(data["state"]);
    const why = warned.get(state) ?? "the console says why";
    return `widget ${state} (${String(data["type"])}) failed, and left by ${String(data["event"])}: ${why}`;
  }
  return null;
}
