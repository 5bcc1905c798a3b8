/**
 * Adds the first agent of a list who has a free proxy number. Pairs are tried in order until one is taken: two
 * customers who ask at once cannot get the same pair, since Twilio's refusal decides, not a look beforehand. With many
 * pairs a look saves the tries that would be refused: a Function has ten seconds
 * (https://www.twilio.com/docs/serverless/functions-assets/functions/limits).
 */
import { agentAttributes, participantsOf, removeParticipant, type Participant } from "./agents.ts";
import type { Conversation, ConversationsService } from "./handler.ts";
import { channelOf, holderOfPair } from "./pairs.ts";

/** A pair that joined. */
export interface Joined {
  readonly address: string;
  readonly proxyAddress: string;
}

/** What came of adding a pair: it joined, it was in this very Conversation already, or another one holds it. */
type Outcome = "joined" | "here" | "taken";

/** So many pairs are tried without looking. */
const fewPairs = 6;
/** A busy agent is in no more open Conversations than the line has proxies; closed ones are listed too. */
const mostListed = 1000;

/**
 * Adds the first free pair, or finds that one of them is in the Conversation already.
 *
 * @param sid the Conversation's SID
 * @returns null when every pair is in an open Conversation
 */
export async function joinFirstFree(
  service: ConversationsService,
  sid: string,
  addresses: readonly string[],
  proxies: readonly string[],
): Promise<(Joined & { readonly wasHere: boolean }) | null> {
  const matching = (address: string) => proxies.filter((proxy) => channelOf(proxy) === channelOf(address));
  const isLooking = addresses.flatMap(matching).length > fewPairs;
  for (const address of addresses) {
    const busy = isLooking ? await busyProxies(service, address) : new Set<string>();
    for (const proxyAddress of matching(address)) {
      if (busy.has(proxyAddress)) continue;
      const pair = { address, proxyAddress };
      const outcome = await add(service.conversations(sid), sid, pair);
      if (outcome !== "taken") return { ...pair, wasHere: outcome === "here" };
    }
  }
  return null;
}

/** The numbers by which an agent is in a Conversation that is not closed. */
async function busyProxies(service: ConversationsService, address: string): Promise<ReadonlySet<string>> {
  const present = await service.participantConversations.list({ address, limit: mostListed });
  return new Set(
    present.flatMap(({ conversationState, participantMessagingBinding }) => {
      const binding = (participantMessagingBinding ?? {}) as { readonly proxy_address?: string };
      return conversationState === "closed" ? [] : [binding.proxy_address ?? ""];
    }),
  );
}

/** Adds the pair. */
async function add(
  conversation: Conversation,
  sid: string,
  { address, proxyAddress }: Joined,
): Promise<Outcome> {
  try {
    await conversation.participants.create({
      "messagingBinding.address": address,
      "messagingBinding.proxyAddress": proxyAddress,
      attributes: agentAttributes,
    });
    return "joined";
  } catch (error) {
    const holder = holderOfPair(error);
    if (holder === null) throw error;
    return holder.conversation === sid ? "here" : "taken";
  }
}

/**
 * Adds the first free pair, and makes sure that nobody else did so at the same time: of two agents who were added at
 * once the one who was first stays, and the other is free again.
 *
 * @param besides an agent who is here already and may be, until the next has taken over
 * @returns the pair that joined; `"other"` when somebody else's agent stays; null when no pair was free
 */
export async function joinAlone(
  service: ConversationsService,
  sid: string,
  addresses: readonly string[],
  proxies: readonly string[],
  besides?: string,
): Promise<Joined | "other" | null> {
  const pair = await joinFirstFree(service, sid, addresses, proxies);
  if (pair === null) return null;
  if (pair.wasHere) return "other";
  const conversation = service.conversations(sid);
  // Twilio's times are of whole seconds: within one, the order of the list decides, which is the same for whoever looks.
  const [first, ...others] = (await participantsOf(conversation))
    .filter(({ isAgent, address }) => isAgent && address !== besides)
    .sort((one, other) => one.joined - other.joined);
  const isOurs = ({ address, proxy }: Participant) => address === pair.address && proxy === pair.proxyAddress;
  if (first === undefined || isOurs(first)) return pair;
  const ours = others.find(isOurs);
  if (ours !== undefined) await removeParticipant(conversation, ours.sid);
  return "other";
}
