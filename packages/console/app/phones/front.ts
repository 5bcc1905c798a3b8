/** Which phones are in front: those of the newest conversation, its customer first; then those of the ones before it. */
import type { Model } from "../state/model.ts";
import type { People } from "../state/people.ts";

/** Phones that belong together, and when somebody joined them last. */
interface Group {
  readonly at: string;
  readonly addresses: readonly string[];
}

export interface InFront {
  readonly address: string;
  /** As ISO 8601; empty for a phone on which nothing has happened. */
  readonly at: string;
  /** Whether it is one of the newest conversation's. */
  readonly isNewest: boolean;
}

/**
 * Addresses by how new their conversation is. A conversation is as new as the last one who joined it: its messages do not
 * move phones about. Somebody who is in none counts from their last Execution on.
 *
 * @param known phones that may be shown
 */
export function inFront(
  { conversations, executions, phones }: Pick<Model, "conversations" | "executions" | "phones">,
  { roles }: People,
  known: readonly string[],
): InFront[] {
  const rank = (address: string): number => (roles.get(address) === "agent" ? 1 : 0);
  const groups = [...conversations.values()].map(({ at, participants }): Group => ({
    at: participants.map((each) => each.at).reduce((one, other) => (one > other ? one : other), at),
    addresses: participants
      .flatMap(({ address }) => (address !== null && known.includes(address) ? [address] : []))
      .toSorted((one, other) => rank(one) - rank(other)),
  }));
  const grouped = new Set(groups.flatMap(({ addresses }) => addresses));
  const began = new Map([...executions.values()].toReversed().map((each) => [each.contact, each.began]));
  const alone = known
    .filter((address) => !grouped.has(address))
    .map((address): Group => ({
      at: began.get(address) ?? phones[address]?.messages[0]?.at ?? "",
      addresses: [address],
    }));
  const seen = new Set<string>();
  return [...groups, ...alone]
    .toSorted((one, other) => (one.at < other.at ? 1 : one.at > other.at ? -1 : 0))
    .flatMap(({ at, addresses }, place) =>
      addresses.map((address) => ({ address, at, isNewest: place === 0 && at !== "" })),
    )
    .filter(({ address }) => !seen.has(address) && seen.add(address));
}
