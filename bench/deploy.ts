/** What `pulumi up` costs: API calls and wall time, from nothing, with no change, and for the two usual changes. */
import { defaultAccount } from "@support-line/local-twilio";
import { watchMemory } from "./harness/memory.ts";
import type { Measure, Row } from "./harness/row.ts";
import { BenchStage, type Call, type StageFile } from "./harness/stage.ts";

const stage: StageFile = {
  lines: [
    {
      name: "support",
      channel: "sms",
      address: "+15550100001",
      flow: "support",
      agents: ["ada"],
      proxies: ["+15550100001", "+15550100002", "+15550100003"],
    },
  ],
  agents: [{ name: "ada", address: "+15550100101" }],
};
const otherAgent: StageFile = { ...stage, agents: [{ name: "ada", address: "+15550100102" }] };
const otherWording: StageFile = { ...otherAgent, wordings: { agentAdded: "An agent has joined" } };

/** In order, each on what the one before left; reads and writes that a change may take at most (docs/bench.md). */
const steps: readonly { what: string; stage: StageFile; reads?: number; writes?: number }[] = [
  { what: "from nothing", stage },
  { what: "no change", stage, reads: 0, writes: 0 },
  { what: "changed agent number", stage: otherAgent, reads: 0, writes: 1 },
  // The validation of the Flow is a POST that writes nothing; the revision is read so that nobody's edit is lost.
  { what: "changed wording", stage: otherWording, reads: 2, writes: 1 },
];

export const measure: Measure = async (progress) => {
  const rows: Row[] = [];
  const base = new Map<string, number>();
  const peaks = new Map<string, number>();
  for (const latencyMs of [0, 100]) {
    const bench = await BenchStage.create();
    try {
      await bench.control("latency", "POST", { ms: latencyMs });
      for (const step of steps) {
        progress(`${step.what}, ${latencyMs} ms latency`);
        bench.configure(step.stage, defaultAccount.authToken);
        await bench.calls();
        const begin = performance.now();
        for (const [role, megabytes] of await up(bench)) {
          peaks.set(role, Math.max(peaks.get(role) ?? 0, megabytes));
        }
        const seconds = (performance.now() - begin) / 1000;
        rows.push(...rowsOf(step, latencyMs, seconds, await bench.calls(), base.get(step.what)));
        if (latencyMs === 0) base.set(step.what, seconds);
      }
    } finally {
      await bench.close();
    }
  }
  const memory = [...peaks].map(([role, value]): Row => ({
    what: `peak memory, ${role}`,
    value,
    unit: "MB",
  }));
  return [...rows, ...memory];
};

async function up(bench: BenchStage): Promise<ReadonlyMap<string, number>> {
  let watch: ReturnType<typeof watchMemory> | undefined;
  await bench.pulumi(["up", "--yes", "--skip-preview"], (pid) => (watch = watchMemory([pid, bench.pid])));
  return (await watch?.()) ?? new Map();
}

function rowsOf(
  { what, reads, writes }: (typeof steps)[number],
  latencyMs: number,
  seconds: number,
  calls: readonly Call[],
  base: number | undefined,
): Row[] {
  const isRead = ({ method, path }: Call) => method === "GET" || path.endsWith("/Flows/Validate");
  const read = calls.filter(isRead).length;
  const name = `${what}, ${latencyMs} ms latency`;
  // Within a fifth of the larger of what Pulumi takes anyway and what the calls take that wait for one another.
  const atMost =
    base === undefined ? {} : { atMost: 1.2 * Math.max(base, (inSequence(calls) * latencyMs) / 1000) };
  return [
    { what: `${name}: time`, value: seconds, unit: "s", ...atMost },
    { what: `${name}: reads`, value: read, unit: "calls", ...(reads === undefined ? {} : { atMost: reads }) },
    {
      what: `${name}: writes`,
      value: calls.length - read,
      unit: "calls",
      ...(writes === undefined ? {} : { atMost: writes }),
    },
    ...(latencyMs === 0
      ? []
      : [{ what: `${name}: one after the other`, value: inSequence(calls), unit: "calls" as const }]),
  ];
}

/** The longest chain of calls of which each began when the one before had ended. */
function inSequence(calls: readonly Call[]): number {
  const spans = calls
    .map(({ at, ms }) => ({ begin: Date.parse(at) - ms, end: Date.parse(at) }))
    .sort((one, other) => one.end - other.end);
  let chain = 0;
  let end = -Infinity;
  for (const span of spans) {
    if (span.begin < end) continue;
    chain++;
    end = span.end;
  }
  return chain;
}
