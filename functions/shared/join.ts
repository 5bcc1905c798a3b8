/**
 * Adds the first agent of a list who has a free proxy number. Pairs are tried in order until one is taken: two
 * customers who ask at once cannot get the same pair, since Twilio's refusal decides, not a look beforehand.
 */
import { agentAttributes } from "./agents.ts";
import type { Conversation } from "./handler.ts";
import { channelOf, holderOfPair } from "./pairs.ts";

/** A pair that joined. */
export interface Joined {
  readonly address: string;
  readonly proxyAddress: string;
}

/**
 * Adds the first free pair.
 *
 * @param sid the Conversation's own SID: when it is this one that holds a pair, its agent is already here
 * @returns null when every pair is in an open Conversation
 */
export async function joinFirstFree(
  conversation: Conversation,
  sid: string,
  addresses: readonly string[],
  proxies: readonly string[],
): Promise<Joined | null> {
  for (const address of addresses) {
    for (const proxyAddress of proxies.filter((proxy) => channelOf(proxy) === channelOf(address))) {
      if (await joined(conversation, sid, address, proxyAddress)) return { address, proxyAddress };
    }
  }
  return null;
}

/** Adds the pair; false when another open Conversation has it. */
async function joined(
  conversation: Conversation,
  sid: string,
  address: string,
  proxyAddress: string,
): Promise<boolean> {
  try {
    await conversation.participants.create({
      "messagingBinding.address": address,
      "messagingBinding.proxyAddress": proxyAddress,
      attributes: agentAttributes,
    });
    return true;
  } catch (error) {
    const holder = holderOfPair(error);
    if (holder === null) throw error;
    return holder.conversation === sid;
  }
}
