/** Who takes part in Conversations: customers by their last four digits, agents by their names. */
import pLimit from "p-limit";
import { z } from "zod";
import { TwilioRefusal } from "../twilio/refusal.ts";
import type { NightStage } from "./night-stage.ts";
import { lastFour } from "./words.ts";

export interface People {
  /** Addresses of customers: whoever is no agent of the stage. */
  readonly customers: readonly string[];
  /** Names of agents, and identities of Flex. */
  readonly agents: readonly string[];
}

const binding = z.object({ address: z.string().optional() }).nullish();
const atOnce = 4;

/**
 * The people of Conversations, one call for each Conversation; one that is gone, or another Service's, has none.
 *
 * @param sids of Conversations; as many as `most` of them are asked for, the last first
 */
export async function peopleOf(
  night: NightStage,
  sids: Iterable<string>,
  most: number,
): Promise<ReadonlyMap<string, People>> {
  const limit = pLimit(atOnce);
  const wanted = [...new Set(sids)].filter((sid) => sid.startsWith("CH")).slice(-most);
  const read = wanted.map((sid) => limit(async () => [sid, await peopleIn(night, sid)] as const));
  return new Map(await Promise.all(read));
}

async function peopleIn(night: NightStage, sid: string): Promise<People> {
  for (const service of night.conversationsServiceSids) {
    const found = await peopleAt(night, service, sid);
    if (found !== null) return found;
  }
  return { customers: [], agents: [] };
}

/** null: the Conversation is not in this Service, or nobody may read it. */
async function peopleAt(
  { client, agents }: NightStage,
  service: string,
  sid: string,
): Promise<People | null> {
  try {
    const found = await client.conversations.v1
      .services(service)
      .conversations(sid)
      .participants.list({ limit: 1000, pageSize: 100 });
    const people = found.map(({ identity, messagingBinding }) => ({
      identity: identity ?? "",
      address: binding.parse(messagingBinding)?.address ?? "",
    }));
    return {
      customers: people.flatMap(({ address }) => (address === "" || agents.has(address) ? [] : [address])),
      agents: people.flatMap(
        ({ identity, address }) => agents.get(address) ?? (identity === "" ? [] : [identity]),
      ),
    };
  } catch (error) {
    if (error instanceof TwilioRefusal && [401, 403, 404].includes(error.status)) {
      return null;
    }
    throw error;
  }
}

/** How a contact of an Execution is shown: a customer by their last four digits, else its Conversation. */
export function contactShown(contact: string, people: ReadonlyMap<string, People>): string {
  if (!contact.startsWith("CH")) return lastFour(contact);
  const [customer] = people.get(contact)?.customers ?? [];
  return customer === undefined ? contact : lastFour(customer);
}
