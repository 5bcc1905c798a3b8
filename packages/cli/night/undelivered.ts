/** Messages that did not arrive: for whom they were, and in which Conversation. */
import type { NightStage } from "./night-stage.ts";
import { lastFour } from "./words.ts";

export interface Undelivered {
  /** By the last four digits, or an agent's name. */
  readonly to: string;
  readonly conversationSid: string | null;
}

/** As many messages as are looked up. */
const mostMessages = 20;

/** Whether a failure is about a message to a phone. */
export const isMessage = (sid: string): boolean => /^(SM|MM)/.test(sid);

/** Messages by SID, whatever else is among the SIDs; two calls each. */
export async function undeliveredOf(
  { client, conversationsServiceSids, agents }: NightStage,
  sids: readonly string[],
): Promise<ReadonlyMap<string, Undelivered>> {
  const found = await Promise.all(
    sids
      .filter(isMessage)
      .slice(0, mostMessages)
      .map(async (sid) => {
        const { to, from } = await client.messages(sid).fetch();
        const places = await Promise.all(
          conversationsServiceSids.map((service) =>
            client.conversations.v1
              .services(service)
              .participantConversations.list({ address: to, limit: 100 }),
          ),
        );
        const mine = places.flat().filter(({ participantMessagingBinding: binding }) => {
          const proxy: unknown = (binding as { proxy_address?: unknown } | null)?.proxy_address;
          return proxy === undefined || proxy === from;
        });
        const last = mine.toSorted(
          (one, other) => one.conversationDateCreated.getTime() - other.conversationDateCreated.getTime(),
        );
        const conversationSid = last.at(-1)?.conversationSid ?? null;
        return [sid, { to: agents.get(to) ?? lastFour(to), conversationSid }] as const;
      }),
  );
  return new Map(found);
}
