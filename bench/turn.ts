/**
 * A whole "support" turn: message in → Flow → Function → agent added → confirmation on every handset; alone, and with
 * eight conversations at once.
 */
import { defaultAccount } from "@support-line/local-twilio";
import { followEvents, type EventStream, type Message } from "./harness/events.ts";
import { watchMemory } from "./harness/memory.ts";
import { percentile, type Measure, type Row } from "./harness/row.ts";
import { BenchStage, type StageFile } from "./harness/stage.ts";

const most = 8;
const warmUp = 5;
const turns = { one: 150, most: 50 };
const confirmation = "Added support agent";
const farewell = "The support agent has left the conversation.";

/** A line with an agent of its own for each conversation, so that none waits for a pair of agent and proxy number. */
const lines = Array.from({ length: most }, (_, at) => ({
  name: `line-${at + 1}`,
  address: `+1555010000${at + 1}`,
  agent: { name: `agent-${at + 1}`, address: `+1555010010${at + 1}` },
  customer: `+1555010020${at + 1}`,
}));
type Line = (typeof lines)[number];

const stage: StageFile = {
  lines: lines.map(({ name, address, agent }) => ({
    name,
    channel: "sms",
    address,
    flow: "support",
    agents: [agent.name],
  })),
  agents: lines.map(({ agent }) => agent),
};

export const measure: Measure = async (progress) => {
  const bench = await BenchStage.create();
  try {
    progress("deploying");
    bench.configure(stage, defaultAccount.authToken);
    await bench.pulumi(["up", "--yes", "--skip-preview"]);
    const events = await followEvents(bench.endpoint);
    try {
      return await allTurns(bench, events, progress);
    } finally {
      events.close();
    }
  } finally {
    await bench.close();
  }
};

async function allTurns(
  bench: BenchStage,
  events: EventStream,
  progress: (text: string) => void,
): Promise<Row[]> {
  const memory = watchMemory([bench.pid]);
  const rows: Row[] = [];
  for (const [talking, count] of [
    [lines.slice(0, 1), turns.one],
    [lines, turns.most],
  ] as const) {
    progress(`${talking.length} at once`);
    rows.push(...(await measureTurns(bench, events, talking, count)));
  }
  const peaks = [...(await memory())].map(([role, value]): Row => ({
    what: `peak memory, ${role}`,
    value,
    unit: "MB",
  }));
  return [...rows, ...peaks];
}

async function measureTurns(
  bench: BenchStage,
  events: EventStream,
  talking: readonly Line[],
  count: number,
): Promise<Row[]> {
  const all = (times: number) => Promise.all(talking.map((line) => rounds(bench, events, line, times)));
  await all(warmUp);
  const begin = performance.now();
  const samples = (await all(count)).flat();
  const seconds = (performance.now() - begin) / 1000;
  const one = talking.length === 1;
  const name = one ? "one conversation" : `${talking.length} conversations at once`;
  return [
    {
      what: `support turn, ${name}: p50`,
      value: percentile(samples, 0.5),
      unit: "ms",
      ...(one ? { atMost: 50 } : {}),
    },
    { what: `support turn, ${name}: p99`, value: percentile(samples, 0.99), unit: "ms" },
    // Each round is two turns of the Flow: the agent comes, and goes.
    { what: `turns, ${name}`, value: (2 * samples.length) / seconds, unit: "/s" },
  ];
}

/** A customer asks for the agent again and again; the agent goes each time. Answers how long each turn took, in ms. */
async function rounds(bench: BenchStage, events: EventStream, line: Line, count: number): Promise<number[]> {
  const { address, agent, customer } = line;
  const exchange = async (from: string, says: string, heard: readonly Message[]): Promise<number> => {
    const arrived = events.follow({ from, says, heard });
    const begin = performance.now();
    await bench.control(`handsets/${encodeURIComponent(from)}/messages`, "POST", { to: address, body: says });
    return (await arrived) - begin;
  };
  const samples: number[] = [];
  for (let round = 0; round < count; round++) {
    const both = [customer, agent.address].map((to) => ({ to, body: confirmation }));
    samples.push(await exchange(customer, "support", both));
    await exchange(agent.address, "done", [{ to: customer, body: farewell }]);
  }
  return samples;
}
