/** A thousand mixed resources with the real Pulumi CLI, and the same with a provider that does nothing. */
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defaultAccount } from "@support-line/local-twilio";
import { startLocalTwilio, stopLocalTwilio } from "@support-line/cli/local-twilio";
import { control, loggedCalls } from "../faults/control.ts";
import { watchMemory } from "../harness/memory.ts";
import { startPulumi, writeProject } from "../harness/pulumi.ts";
import { percentile, type Row } from "../harness/row.ts";
import { root } from "../harness/stage.ts";
import { atOnce, concurrency } from "./limits.ts";

const parallel = ["--parallel", String(atOnce)];
const steps = [
  { what: "preview from nothing", words: ["preview", ...parallel] },
  { what: "up from nothing", words: ["up", "--yes", "--skip-preview", ...parallel], isUp: true },
  { what: "preview, no change", words: ["preview", "--expect-no-changes", ...parallel] },
  { what: "up, no change", words: ["up", "--yes", "--skip-preview", ...parallel], isUp: true },
  { what: "refresh", words: ["refresh", "--yes", "--skip-preview", ...parallel] },
];

interface Took {
  readonly seconds: number;
  readonly calls: number;
}

/** Each step of a provider, in order, and the most memory that it took. */
interface Measured {
  readonly took: readonly Took[];
  readonly megabytes: number;
}

/** The provider that does nothing, and ours at each latency, take turns this often, and the median counts. */
const rounds = 3;
/** What ours may take, times the larger of the base and what Twilio takes to answer. */
const share = 1.15;

/**
 * Measures each step with a provider that does nothing, and with ours at some latencies.
 *
 * @param latencies milliseconds that Twilio takes for each answer
 */
export async function withPulumi(
  latencies: readonly number[],
  progress: (text: string) => void,
): Promise<Row[]> {
  const idle: Measured[] = [];
  const ours = new Map<number, Measured[]>(latencies.map((latencyMs) => [latencyMs, []]));
  for (let round = 1; round <= rounds; round++) {
    const say = (text: string) => progress(`round ${round} of ${rounds}, ${text}`);
    for (const [latencyMs, samples] of ours) {
      idle.push(await measured("bench/provider/nothing", 0, (text) => say(`doing nothing, ${text}`)));
      samples.push(
        await measured("packages/provider", latencyMs, (text) => say(`${latencyMs} ms latency, ${text}`)),
      );
    }
  }
  const base = steps.map((_, at) => seconds(idle, at));
  return [
    ...steps.map(({ what }, at): Row => ({
      what: `with Pulumi, 1,000 resources, ${what}, a provider that does nothing`,
      value: base[at] ?? NaN,
      unit: "s",
    })),
    ...[...ours].flatMap(([latencyMs, samples]) => rowsOf(latencyMs, samples, base)),
  ];
}

function rowsOf(latencyMs: number, samples: readonly Measured[], bases: readonly number[]): Row[] {
  const rows = steps.flatMap(({ what, isUp }, at): Row[] => {
    const value = seconds(samples, at);
    const calls = Math.max(...samples.map(({ took }) => took[at]?.calls ?? NaN));
    const base = bases[at] ?? NaN;
    const larger = Math.max(base, ((latencyMs / 1000) * calls) / concurrency);
    const named = `with Pulumi, 1,000 resources, ${what}, ${latencyMs} ms latency`;
    return [
      { what: named, value, unit: "s", ...(isUp && { atMost: share * larger }) },
      { what: `${named}: times that of doing nothing`, value: value / base, unit: "" },
      { what: `${named}: calls`, value: calls, unit: "calls" },
    ];
  });
  const memory = Math.max(...samples.map(({ megabytes }) => megabytes));
  const what = `with Pulumi, 1,000 resources, ${latencyMs} ms latency: memory of the provider`;
  return [...rows, { what, value: memory, unit: "MB", atMost: 250 }];
}

/** The median of a step. */
const seconds = (samples: readonly Measured[], at: number): number =>
  percentile(
    samples.map(({ took }) => took[at]?.seconds ?? NaN),
    0.5,
  );

/** @param provider folder of the provider, below the checkout */
async function measured(
  provider: string,
  latencyMs: number,
  progress: (text: string) => void,
): Promise<Measured> {
  const folder = join(root, ".state", "bench", `thousand-${process.pid}`);
  const twilio = join(folder, "twilio");
  const program = join(root, "bench/provider/program/index.ts");
  writeProject(folder, "thousand", program, join(root, provider));
  const { endpoint } = await startLocalTwilio(root, { port: 0, folder: twilio });
  try {
    await control(endpoint, "latency", "POST", { ms: latencyMs });
    await run(folder, ["stack", "init", "test"]);
    const { accountSid } = defaultAccount;
    appendFileSync(
      join(folder, "Pulumi.test.yaml"),
      `config:\n  twilio:endpoint: ${endpoint}\n  twilio:accountSid: ${accountSid}\n`,
    );
    const took: Took[] = [];
    let megabytes = 0;
    for (const { what, words } of steps) {
      progress(what);
      await control(endpoint, "calls", "DELETE");
      const begin = performance.now();
      const peak = watchMemory([process.pid]);
      await run(folder, words);
      const seconds = (performance.now() - begin) / 1000;
      megabytes = Math.max(megabytes, (await peak()).get("provider") ?? 0);
      took.push({ seconds, calls: (await loggedCalls(endpoint)).length });
    }
    return { took, megabytes };
  } finally {
    await stopLocalTwilio(root, twilio);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @throws Error with what the CLI printed when it fails */
async function run(folder: string, words: readonly string[]): Promise<void> {
  const { ran } = startPulumi(folder, words, { TWILIO_AUTH_TOKEN: defaultAccount.authToken });
  const { code, stdout, stderr } = await ran;
  if (code !== 0) throw new Error(`pulumi ${words.join(" ")} failed\n${stdout}${stderr}`);
}
