/** How many customers a line can talk to at once: a pair of agent and proxy of one channel carries one Conversation. */
import { channelOf } from "./address.ts";
import { allAgents, type Line } from "./stage.ts";

export interface Pair {
  readonly agent: string;
  readonly proxy: string;
}

/** Every pair of a line, its queues' agents among them, once each. */
export function pairsOf(line: Pick<Line, "agents" | "queues" | "proxies">): Pair[] {
  const addresses = new Set(allAgents(line).map((each) => each.address));
  return [...addresses].flatMap((agent) =>
    line.proxies.filter((proxy) => channelOf(proxy) === channelOf(agent)).map((proxy) => ({ agent, proxy })),
  );
}
