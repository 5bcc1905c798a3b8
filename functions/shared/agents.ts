/** Agents as participants of a Conversation. */
import { codeOf, type Conversation } from "./handler.ts";

const goneAlready = [20404, 50430];

/** How the stack marks the participants that it adds. */
export const agentAttributes = JSON.stringify({ role: "agent" });

export interface Participant {
  readonly sid: string;
  /** Address of their phone; null for those without one (chat). */
  readonly address: string | null;
  readonly isAgent: boolean;
  /** When they joined, milliseconds since 1970. */
  readonly joined: number;
}

/** Who is in a Conversation. */
export async function participantsOf(conversation: Conversation): Promise<Participant[]> {
  const participants = await conversation.participants.list();
  return participants.map(({ sid, messagingBinding, attributes, dateCreated }) => ({
    sid,
    address: addressOf(messagingBinding),
    isAgent: hasAgentRole(attributes),
    joined: dateCreated.getTime(),
  }));
}

function addressOf(binding: unknown): string | null {
  const { address } = (binding ?? {}) as { address?: unknown };
  return typeof address === "string" ? address : null;
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
