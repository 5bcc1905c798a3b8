/** A conversation that was played by hand, as turns: who wrote what, and what each phone got because of it. */
import type { Conversation, Names, TwilioEvent } from "../api/shapes.ts";
import { rolesOf, type Role } from "../state/people.ts";

export interface Person {
  /** `ada`, `customer`, `agent`, `agent2`: what the test calls them. */
  readonly name: string;
  readonly role: Role;
  /** A fictional one, since what was played with may be somebody's; null for an agent of the stage, whose file has theirs. */
  readonly address: string | null;
}

export interface Turn {
  readonly from: Person;
  readonly says: string;
  /** What arrived on whose phone because of it, in order. */
  readonly heard: readonly { readonly who: Person; readonly body: string }[];
}

export interface Recording {
  readonly stage: string;
  /** The line that the Conversation was opened by, by its name. */
  readonly line: string;
  /** When it began, as ISO 8601. */
  readonly began: string;
  readonly people: readonly Person[];
  readonly turns: readonly Turn[];
}

const fictional =
  /^(?:whatsapp:)?\+1(?:\d{3})?55501\d{2}\d*$|^(?:whatsapp:)?\+1555010\d{4}$|^(?:whatsapp:)?\+1500555\d{4}$/;

/** The number itself when it is nobody's, else one that is. */
function safe(address: string, role: Role, taken: ReadonlySet<string>): string {
  if (fictional.test(address)) return address;
  const channel = /^[a-z]+:/.exec(address)?.[0] ?? "";
  const from = role === "customer" ? 201 : 101;
  for (let number = from; ; number++) {
    const candidate = `${channel}+1555010${String(number).padStart(4, "0")}`;
    if (!taken.has(candidate)) return candidate;
  }
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Why there is nothing to save. */
export type Unsaved = "nobody wrote" | "no stage" | "no line";

/**
 * The recording of a Conversation from its history.
 *
 * @param history its events, oldest first
 */
export function recordingOf(
  conversation: Conversation,
  history: readonly TwilioEvent[],
  names: Names,
): Recording | Unsaved {
  const roles = rolesOf({ conversations: new Map([[conversation.sid, conversation]]) });
  const joined = history.filter(({ type }) => type === "conversation.participantAdded");
  const people = new Map<string, Person>();
  const taken = new Set<string>();
  for (const [at, { data }] of joined.entries()) {
    const address = text(data["address"]);
    if (address === "" || people.has(address)) continue;
    const own = names.people.find((each) => each.address === address);
    if (own !== undefined) {
      people.set(address, { name: own.name, role: "agent", address: null });
      continue;
    }
    const role = roles.get(address) ?? (at === 0 ? "customer" : "agent");
    const fresh = safe(address, role, taken);
    taken.add(fresh);
    const alike = [...people.values()].filter((one) => one.role === role && one.address !== null).length;
    people.set(address, { name: alike === 0 ? role : `${role}${alike + 1}`, role, address: fresh });
  }
  const turns: { from: Person; says: string; heard: { who: Person; body: string }[] }[] = [];
  for (const { type, data } of history) {
    const author = people.get(text(data["author"]));
    if (type === "message.added" && author !== undefined && text(data["source"]) !== "STUDIO") {
      turns.push({ from: author, says: text(data["body"]), heard: [] });
    }
    const who = people.get(text(data["to"]));
    if (type === "message.delivered" && who !== undefined) {
      turns.at(-1)?.heard.push({ who, body: text(data["body"]) });
    }
  }
  if (turns.length === 0) return "nobody wrote";
  if (names.stage === null) return "no stage";
  const proxies = joined.map(({ data }) => text(data["proxyAddress"]));
  const line = names.lines.find(({ address }) => proxies.includes(address));
  if (line === undefined) return "no line";
  const began = history[0]?.at ?? conversation.at;
  return { stage: names.stage, line: line.name, began, people: [...people.values()], turns };
}
