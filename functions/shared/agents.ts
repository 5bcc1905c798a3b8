/** Agents as participants of a Conversation. */
import type { Conversation } from "./handler.ts";

/** How the stack marks the participants that it adds. */
export const agentAttributes = JSON.stringify({ role: "agent" });

export interface Participant {
  readonly sid: string;
  /** Address of their phone; null for those without one (chat). */
  readonly address: string | null;
  readonly isAgent: boolean;
}

/** Who is in a Conversation. */
export async function participantsOf(conversation: Conversation): Promise<Participant[]> {
  const participants = await conversation.participants.list();
  return participants.map(({ sid, messagingBinding, attributes }) => ({
    sid,
    address: addressOf(messagingBinding),
    isAgent: hasAgentRole(attributes),
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
