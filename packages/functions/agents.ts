/** Agents as participants of a Conversation. */
import { codeOf, type Conversation } from "./handler.ts";

const goneAlready = [20404, 50430];

/** How the stack marks the participants that it adds. */
export const agentAttributes = JSON.stringify({ role: "agent" });

export interface Participant {
  readonly sid: string;
  /** Address of their phone; null for those without one (chat). */
  readonly address: string | null;
  /** The Twilio number that they write to. */
  readonly proxy: string | null;
  readonly isAgent: boolean;
  /** When they joined, milliseconds since 1970. */
  readonly joined: number;
}

/** Who is in a Conversation. */
export async function participantsOf(conversation: Conversation): Promise<Participant[]> {
  const participants = await conversation.participants.list();
  return participants.map(({ sid, messagingBinding, attributes, dateCreated }) => ({
    sid,
    address: textIn(messagingBinding, "address"),
    proxy: textIn(messagingBinding, "proxy_address"),
    isAgent: hasAgentRole(attributes),
    joined: dateCreated.getTime(),
  }));
}

function textIn(binding: unknown, key: string): string | null {
  const value = ((binding ?? {}) as Readonly<Record<string, unknown>>)[key];
  return typeof value === "string" ? value : null;
}

function hasAgentRole(attributes: string): boolean {
  try {
    return (JSON.parse(attributes) as { role?: unknown } | null)?.role === "agent";
  } catch {
    return false;
  }
}

/** Takes a participant out; one who is gone already is what was wanted. */
export async function removeParticipant(conversation: Conversation, sid: string): Promise<void> {
  try {
    await conversation.participants(sid).remove();
  } catch (error) {
    if (!goneAlready.includes(codeOf(error) ?? 0)) throw error;
  }
}

/** Addresses of the customers: everybody with a phone who is no agent. */
export function customersIn(participants: readonly Participant[]): ReadonlySet<string> {
  return new Set(
    participants.flatMap(({ isAgent, address }) => (isAgent || address === null ? [] : [address])),
  );
}
