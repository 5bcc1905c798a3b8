/** `local-twilio say`: one message from a handset, and what came of it on every handset and in every Execution. */
import { wayShown } from "@support-line/studio/rounds";
import type { HandsetMessage, TwilioEvent } from "../product.ts";
import { textOf } from "../json.ts";
import { consoleLink } from "./console-link.ts";
import { control } from "./control-client.ts";

export interface Said {
  /** What each handset received, by its address. */
  readonly received: Readonly<Record<string, readonly HandsetMessage[]>>;
  /** The widgets that each Execution went through, by its SID. */
  readonly paths: Readonly<Record<string, readonly string[]>>;
  /** All of it for a person to read. */
  readonly lines: readonly string[];
}

/** Writes the message and waits until nothing moves any more. */
export async function say(
  endpoint: string,
  message: { from: string; to: string; body: string },
): Promise<Said> {
  const before = await inboxes(endpoint);
  const { last } = await control<{ last: number }>(endpoint, "GET", "events/last");
  const { from, ...rest } = message;
  await control(endpoint, "POST", `handsets/${encodeURIComponent(from)}/messages`, rest);
  await control(endpoint, "GET", "idle");
  const after = await inboxes(endpoint);
  const received = Object.fromEntries(
    Object.entries(after)
      .map(([address, inbox]) => [address, inbox.slice(before[address]?.length ?? 0)] as const)
      .filter(([, fresh]) => fresh.length > 0),
  );
  const { events } = await control<{ events: TwilioEvent[] }>(endpoint, "GET", `events?after=${last}`);
  const paths = pathsOf(events);
  const lines = describe(message, received, paths);
  const links = Object.keys(paths).map(
    (execution) => `  ${consoleLink(endpoint, `executions/${execution}`)}`,
  );
  return { received, paths, lines: [...lines, ...links] };
}

async function inboxes(endpoint: string): Promise<Record<string, HandsetMessage[]>> {
  const { handsets } = await control<{ handsets: string[] }>(endpoint, "GET", "handsets");
  const entries = handsets.map(async (address) => {
    const path = `handsets/${encodeURIComponent(address)}/messages`;
    const { inbox } = await control<{ inbox: HandsetMessage[] }>(endpoint, "GET", path);
    return [address, inbox] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The widgets of each Execution in the order they were entered. */
function pathsOf(events: readonly TwilioEvent[]): Record<string, string[]> {
  const paths: Record<string, string[]> = {};
  for (const { type, parent, data } of events) {
    if (type !== "step.entered" || parent === null) continue;
    (paths[parent] ??= []).push(textOf(data["state"]));
  }
  return paths;
}

function describe(
  message: { from: string; to: string; body: string },
  received: Said["received"],
  paths: Said["paths"],
): string[] {
  const lines = [`${message.from} -> ${message.to}  ${message.body}`];
  for (const [address, messages] of Object.entries(received)) {
    for (const each of messages) lines.push(`  ${address} <- ${each.from}  ${each.body}${lostShown(each)}`);
  }
  if (Object.keys(received).length === 0) lines.push("  no handset received anything");
  for (const [execution, widgets] of Object.entries(paths)) {
    lines.push(`  ${execution}  ${wayShown(widgets)}`);
  }
  return lines;
}

/** A message that did not arrive is among those of its handset, with its code. */
function lostShown({ status, errorCode }: HandsetMessage): string {
  if (status !== "undelivered" && status !== "failed") return "";
  return `  (${status}${errorCode === null ? "" : `, ${errorCode}`})`;
}
