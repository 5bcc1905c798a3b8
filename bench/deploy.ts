/** What `pulumi up` costs: API calls and wall time, from nothing, with no change, and for the two usual changes. */
import { defaultAccount } from "@support-line/local-twilio";
import { besideBases } from "./deploy/bases.ts";
import { watchMemory } from "./harness/memory.ts";
import { percentile, type Measure, type Row } from "./harness/row.ts";
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

/** In order, each on what the one before left; reads and writes that a change may take at most (docs/reference/bench.md). */
const steps: readonly { what: string; stage: StageFile; reads?: number; writes?: number }[] = [
  { what: "from nothing", stage },
  { what: "no change", stage, reads: 0, writes: 0 },
  { what: "changed agent number", stage: otherAgent, reads: 0, writes: 1 },
  // The validation of the Flow is a POST that writes nothing; the revision is read so that nobody's edit is lost.
  { what: "changed wording", stage: otherWording, reads: 2, writes: 1 },
];

/** Each step is measured this often, in turn, and the median counts: a machine is never quiet for long. */
const rounds = 3;
const latencies = [0, 100];

/** One run of one step. */
interface Sample {
  readonly step: (typeof steps)[number];
  readonly latencyMs: number;
  readonly seconds: number;
  readonly calls: readonly Call[];
}

export const measure: Measure = async (progress) => {
  const samples: Sample[] = [];
  const peaks = new Map<string, number>();
  for (let round = 1; round <= rounds; round++) {
    for (const latencyMs of latencies) {
      const say = (what: string) => progress(`round ${round} of ${rounds}, ${what}, ${latencyMs} ms latency`);
      samples.push(...(await allSteps(latencyMs, peaks, say)));
    }
  }
  const rows = latencies.flatMap((latencyMs) =>
    steps.flatMap((step) => {
      const of = (ms: number) => samples.filter((sample) => sample.step === step && sample.latencyMs === ms);
      return rowsOf(of(latencyMs), latencyMs === 0 ? undefined : median(of(0)));
    }),
  );
  const memory = [...peaks].map(([role, value]): Row => ({
    what: `peak memory, ${role}`,
    value,
    unit: "MB",
  }));
  return [...rows, ...memory, ...(await noChange(progress))];
};

/** The stage, deployed and left as it is, beside what Pulumi takes for itself. */
async function noChange(progress: (what: string) => void): Promise<Row[]> {
  const bench = await BenchStage.create();
  try {
    bench.configure(stage, defaultAccount.authToken);
    await bench.pulumi(["up", "--yes", "--skip-preview"]);
    return await besideBases(bench, progress);
  } finally {
    await bench.close();
  }
}

async function allSteps(
  latencyMs: number,
  peaks: Map<string, number>,
  say: (what: string) => void,
): Promise<Sample[]> {
  const bench = await BenchStage.create();
  try {
    await bench.control("latency", "POST", { ms: latencyMs });
    const samples: Sample[] = [];
    for (const step of steps) {
      say(step.what);
      bench.configure(step.stage, defaultAccount.authToken);
      await bench.calls();
      const begin = performance.now();
      for (const [role, megabytes] of await up(bench)) {
        peaks.set(role, Math.max(peaks.get(role) ?? 0, megabytes));
      }
      const seconds = (performance.now() - begin) / 1000;
      samples.push({ step, latencyMs, seconds, calls: await bench.calls() });
    }
    return samples;
  } finally {
    await bench.close();
  }
}

async function up(bench: BenchStage): Promise<ReadonlyMap<string, number>> {
  let watch: ReturnType<typeof watchMemory> | undefined;
  await bench.pulumi(["up", "--yes", "--skip-preview"], (pid) => (watch = watchMemory([pid, bench.pid])));
  return (await watch?.()) ?? new Map<string, number>();
}

const median = (samples: readonly Sample[]) =>
  percentile(
    samples.map(({ seconds }) => seconds),
    0.5,
  );

/** Of the runs of one step, the median of the time and the most calls. */
function rowsOf(samples: readonly Sample[], base: number | undefined): Row[] {
  const [{ step, latencyMs } = { step: steps[0], latencyMs: 0 }] = samples;
  const isRead = ({ method, path }: Call) => method === "GET" || path.endsWith("/Flows/Validate");
  const most = (count: (calls: readonly Call[]) => number) =>
    Math.max(...samples.map(({ calls }) => count(calls)));
  const chain = most(inSequence);
  const name = `${step?.what ?? ""}, ${latencyMs} ms latency`;
  const row = (what: string, value: number, unit: Row["unit"], atMost: number | undefined): Row => ({
    what: `${name}: ${what}`,
    value,
    unit,
    ...(atMost === undefined ? {} : { atMost }),
  });
  // Within a fifth of the larger of what Pulumi takes anyway and what the calls take that wait for one another.
  const time = base === undefined ? undefined : 1.2 * Math.max(base, (chain * latencyMs) / 1000);
  return [
    row("time", median(samples), "s", time),
    row(
      "reads",
      most((calls) => calls.filter(isRead).length),
      "calls",
      step?.reads,
    ),
    row(
      "writes",
      most((calls) => calls.filter((call) => !isRead(call)).length),
      "calls",
      step?.writes,
    ),
    ...(latencyMs === 0 ? [] : [row("one after the other", chain, "calls", undefined)]),
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
