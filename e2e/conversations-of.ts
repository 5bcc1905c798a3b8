import type { Twilio } from "twilio";

/** A Conversation that an address is or was in. */
export interface ConversationOf {
  readonly serviceSid: string;
  readonly sid: string;
  readonly state: string;
}

/**
 * The Conversations of an address, newest first, in every Service of the account: the path without a Service knows
 * those of the default one only.
 */
export async function conversationsOf(client: Twilio, address: string): Promise<ConversationOf[]> {
  const services = await client.conversations.v1.services.list();
  const found = await Promise.all(
    services.map(({ sid }) =>
      client.conversations.v1.services(sid).participantConversations.list({ address }),
    ),
  );
  return found
    .flat()
    .sort((one, other) => other.conversationDateCreated.getTime() - one.conversationDateCreated.getTime())
    .map(({ chatServiceSid, conversationSid, conversationState }) => ({
      serviceSid: chatServiceSid,
      sid: conversationSid,
      state: conversationState,
    }));
}
