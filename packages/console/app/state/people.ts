/** What people are called. Their numbers appear whole on their own phones alone. */
import type { Conversation, Participant } from "../api/shapes.ts";
import type { Model } from "./model.ts";

export type Role = "customer" | "agent";

const roles = new WeakMap<ReadonlyMap<string, Conversation>, Map<string, Role>>();

/** Who plays which part, by address: a participant that says so, else whoever came first to a Conversation is its customer. */
export function rolesOf({ conversations }: Pick<Model, "conversations">): ReadonlyMap<string, Role> {
  const known = roles.get(conversations);
  if (known) return known;
  const found = new Map<string, Role>();
  for (const { participants } of [...conversations.values()].reverse()) {
    for (const [at, participant] of participants.entries()) {
      if (participant.address !== null) found.set(participant.address, roleOf(participant, at));
    }
  }
  roles.set(conversations, found);
  return found;
}

function roleOf({ role }: Participant, at: number): Role {
  if (role === "agent") return "agent";
  return at === 0 ? "customer" : "agent";
}

/** The last four digits of an address: `··0201`. */
export function lastFour(address: string): string {
  const digits = address.replace(/\D/g, "");
  return digits === "" ? address : `··${digits.slice(-4)}`;
}

/** Who is who: parts that people play, and what the stage calls its agents, by address. */
export interface People {
  readonly roles: ReadonlyMap<string, Role>;
  readonly names: ReadonlyMap<string, string>;
}

/** Whom the page knows. An agent of the stage is one before anybody has written to them. */
export function peopleOf({ conversations, names }: Pick<Model, "conversations" | "names">): People {
  const named = new Map(names.people.map(({ address, name }) => [address, name]));
  const agents = [...named.keys()].map((address) => [address, "agent"] as const);
  return { roles: new Map([...agents, ...rolesOf({ conversations })]), names: named };
}

/** `ada`, `Customer ··0201`; an identity (of a chat user) stands for itself. */
export function personAt(address: string, { roles: known, names }: People): string {
  if (!/\d{3,}/.test(address)) return address;
  const role = known.get(address);
  const name = role === undefined ? "Phone" : role === "agent" ? "Agent" : "Customer";
  return names.get(address) ?? `${name} ${lastFour(address)}`;
}

/** `+1 555 010 0201`, as phones show numbers. */
export function shownAddress(address: string): string {
  const number = address.replace(/^[a-z]+:/, "");
  const [, area, exchange, line] = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number) ?? [];
  return area === undefined ? number : `+1 ${area} ${exchange} ${line}`;
}

/** Text with the numbers of people in it shortened: what a log or a list may show of an address. */
export function masked(text: string): string {
  return text.replace(/\+\d{7,15}/g, lastFour);
}

/** Whether an address is a WhatsApp one. */
export function isWhatsApp(address: string): boolean {
  return address.startsWith("whatsapp:");
}
