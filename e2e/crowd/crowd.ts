/**
 * Many customers at once on few agents: everybody writes the word, agents answer and leave in a seeded order, until
 * everybody was served. Knows the local Twilio's control prefix alone.
 */
import { z } from "zod";
import { openControl, type Control, type Event } from "@support-line/cli/control";

export interface CrowdSize {
  readonly customers: number;
  readonly agents: number;
  readonly proxies: number;
}

export interface CrowdResult {
  /** Pairs that were in two Conversations at one time. */
  readonly twice: number;
  /** Times at which, with nothing moving any more, an agent's number was free while somebody waited. */
  readonly idleWhileWaiting: number;
  readonly served: number;
  /** Most pairs in use at one time. */
  readonly mostAtOnce: number;
}

const digits = (base: number, at: number) => `+1555${String(base + at).padStart(7, "0")}`;
const range = (count: number) => Array.from({ length: count }, (_, at) => at);

/** The stage of a crowd, as its file has it. */
export function crowdStage({ agents, proxies }: CrowdSize) {
  return {
    lines: [
      {
        name: "desk",
        channel: "sms",
        address: "+15550100001",
        flow: "desk",
        agents: range(agents).map((at) => `agent-${at}`),
        proxies: range(proxies).map((at) => digits(100001, at)),
        answerWithin: 240,
      },
    ],
    agents: range(agents).map((at) => ({ name: `agent-${at}`, address: digits(100101, at) })),
  };
}

const added = z.object({
  address: z.string().nullable(),
  proxyAddress: z.string().nullable(),
});

/** Who is in which Conversation, told by events. */
class Pairs {
  readonly #isAgent: ReadonlySet<string>;
  readonly holder = new Map<string, string>();
  readonly served = new Set<string>();
  twice = 0;
  most = 0;

  constructor(agents: readonly string[]) {
    this.#isAgent = new Set(agents);
  }

  take({ type, sid: conversation, data }: Event): void {
    if (type !== "conversation.participantAdded" && type !== "conversation.participantRemoved") return;
    const { address, proxyAddress } = added.parse(data);
    if (address === null || !this.#isAgent.has(address)) return;
    const pair = `${address} ${proxyAddress ?? ""}`;
    if (type === "conversation.participantRemoved") {
      this.holder.delete(pair);
      return;
    }
    if (this.holder.has(pair)) this.twice += 1;
    this.holder.set(pair, conversation);
    this.served.add(conversation);
    this.most = Math.max(this.most, this.holder.size);
  }
}

/** Plays a crowd on a deployed `crowdStage`. `random` gives numbers from 0 to 1. */
export async function playCrowd(
  endpoint: string,
  { customers, agents, proxies }: CrowdSize,
  random: () => number,
  progress: (text: string) => void = () => undefined,
): Promise<CrowdResult> {
  const control = openControl(endpoint);
  const line = "+15550100001";
  const pairs = new Pairs(range(agents).map((at) => digits(100101, at)));
  const all = Math.min(agents * proxies, customers);
  let last = await control.lastEvent();
  const settle = async (): Promise<void> => {
    // Twilio runs thirty Functions at once: whoever was asked for a moment is served within two minutes.
    await control.idle();
    await control.pass(120);
    await control.idle();
    const events = await control.eventsAfter(last);
    for (const event of events) pairs.take(event);
    last = events.at(-1)?.id ?? last;
  };

  await inBatches(range(customers), (at) => control.write(digits(100201, at), line, "support"));
  await settle();
  let idleWhileWaiting = pairs.holder.size < all ? 1 : 0;
  while (pairs.holder.size > 0 && pairs.served.size <= customers) {
    progress(`${pairs.served.size} of ${customers} served`);
    const busy = [...pairs.holder.keys()];
    const leaving = busy.filter(() => random() < 0.5);
    await leave(control, leaving.length > 0 ? leaving : busy.slice(0, 1));
    await settle();
    const waiting = customers - pairs.served.size;
    if (waiting > 0 && pairs.holder.size < Math.min(agents * proxies, waiting)) idleWhileWaiting += 1;
  }
  return { twice: pairs.twice, idleWhileWaiting, served: pairs.served.size, mostAtOnce: pairs.most };
}

/** Agents answer, and then say that they are done. */
async function leave(control: Control, pairs: readonly string[]): Promise<void> {
  for (const text of ["hello", "done"]) {
    await inBatches(pairs, (pair) => {
      const [agent = "", proxy = ""] = pair.split(" ");
      return control.write(agent, proxy, text);
    });
    await control.idle();
  }
}

const batch = 25;

async function inBatches<Item>(items: readonly Item[], act: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += batch) await Promise.all(items.slice(at, at + batch).map(act));
}
