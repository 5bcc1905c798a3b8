/** A conversation that was played by hand, as turns: who wrote what, and what each phone got because of it. */
import type { Conversation, TwilioEvent } from "../api/shapes.ts";
import { rolesOf, type Role } from "../state/people.ts";

export interface Person {
  /** `customer`, `agent`, `agent2`: what the test calls them. */
  readonly name: string;
  readonly role: Role;
  /** A fictional one; what was played with may be somebody's. */
  readonly address: string;
}

export interface Turn {
  readonly from: Person;
  /** The fictional number it was written to. */
  readonly to: string;
  readonly says: string;
  /** What arrived on whose phone because of it, in order. */
  readonly heard: readonly { readonly who: Person; readonly body: string }[];
}

export interface Recording {
  readonly people: readonly Person[];
  /** The number that the Conversation was opened by. */
  readonly line: string;
  readonly turns: readonly Turn[];
}

const fictional =
  /^(?:whatsapp:)?\+1(?:\d{3})?55501\d{2}\d*$|^(?:whatsapp:)?\+1555010\d{4}$|^(?:whatsapp:)?\+1500555\d{4}$/;

/** The number itself when it is nobody's, else one that is. */
function safe(address: string, role: Role | "line", taken: ReadonlySet<string>): string {
  if (fictional.test(address)) return address;
  const channel = /^[a-z]+:/.exec(address)?.[0] ?? "";
  const from = role === "customer" ? 201 : role === "agent" ? 101 : 1;
  for (let number = from; ; number++) {
    const candidate = `${channel}+1555010${String(number).padStart(4, "0")}`;
    if (!taken.has(candidate)) return candidate;
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/**
 * The recording of a Conversation from its history. Null when nobody wrote in it from a phone.
 *
 * @param history its events, oldest first
 */
export function recordingOf(conversation: Conversation, history: readonly TwilioEvent[]): Recording | null {
  const roles = rolesOf({ conversations: new Map([[conversation.sid, conversation]]) });
  const joined = history.filter(({ type }) => type === "conversation.participantAdded");
  const people = new Map<string, Person>();
  const taken = new Set<string>();
  for (const [at, { data }] of joined.entries()) {
    const address = text(data["address"]);
    if (address === "" || people.has(address)) continue;
    const role = roles.get(address) ?? (at === 0 ? "customer" : "agent");
    const fresh = safe(address, role, taken);
    taken.add(fresh);
    const alike = [...people.values()].filter((one) => one.role === role).length;
    people.set(address, { name: alike === 0 ? role : `${role}${alike + 1}`, role, address: fresh });
  }
  const proxies = new Map(joined.map(({ data }) => [text(data["address"]), text(data["proxyAddress"])]));
  const numbers = new Map<string, string>();
  const numberOf = (real: string): string => {
    const known = numbers.get(real) ?? safe(real, "line", new Set(numbers.values()));
    numbers.set(real, known);
    return known;
  };
  const turns: { from: Person; to: string; says: string; heard: { who: Person; body: string }[] }[] = [];
  for (const { type, data } of history) {
    const author = people.get(text(data["author"]));
    if (type === "message.added" && author !== undefined && text(data["source"]) !== "STUDIO") {
      const to = numberOf(proxies.get(text(data["author"])) ?? "");
      turns.push({ from: author, to, says: text(data["body"]), heard: [] });
    }
    const who = people.get(text(data["to"]));
    if (type === "message.delivered" && who !== undefined) {
      turns.at(-1)?.heard.push({ who, body: text(data["body"]) });
    }
  }
  const [first] = turns;
  if (first === undefined) return null;
  return { people: [...people.values()], line: first.to, turns };
}
