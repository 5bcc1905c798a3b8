import type { Event } from "./control.ts";

/** Who has an address, for people: a name, never a whole number. */
export type Names = ReadonlyMap<string, string>;

/** Where the text of a message begins. */
const textColumn = 46;

/** `ada …0101`: a name and the last four digits, as logs and transcripts show people. */
export function shown(address: string, names: Names): string {
  const name = names.get(address);
  return `${name === undefined ? "" : `${name} `}…${address.slice(-4)}`;
}

/**
 * What happened, one line per message and handset, then the way of each Execution through the widgets.
 *
 * @param events of the local Twilio, oldest first
 */
export function transcript(events: readonly Event[], names: Names): string[] {
  return [...events.flatMap((event) => messageLine(event, names)), ...pathLines(events)];
}

function messageLine({ type, data }: Event, names: Names): string[] {
  const { from, to, body } = data;
  if (typeof from !== "string" || typeof to !== "string" || typeof body !== "string") return [];
  const line = (left: string, arrow: string, right: string) => [
    `${left.padEnd(18)} ${arrow} ${right}`.padEnd(textColumn) + body,
  ];
  // A handset's own line comes first: what it wrote, or what it received from which number.
  if (type === "message.received") return line(shown(from, names), "→", shown(to, names));
  return type === "message.delivered" ? line(shown(to, names), "←", shown(from, names)) : [];
}

function pathLines(events: readonly Event[]): string[] {
  const paths = new Map<string, string[]>();
  for (const { type, parent, data } of events) {
    if (type !== "step.entered" || parent === null || typeof data.state !== "string") continue;
    paths.set(parent, [...(paths.get(parent) ?? []), data.state]);
  }
  return [...paths].map(([execution, widgets]) => `  ${execution.slice(0, 8)}…  ${widgets.join(" › ")}`);
}
