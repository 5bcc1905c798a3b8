/** A thousand mixed resources with the real Pulumi CLI, and the same with a provider that does nothing. */
import { appendFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defaultAccount } from "@support-line/local-twilio";
import { startLocalTwilio, stopLocalTwilio } from "@support-line/cli/local-twilio";
import { control, loggedCalls } from "../faults/control.ts";
import { watchMemory } from "../harness/memory.ts";
import { startPulumi, writeProject } from "../harness/pulumi.ts";
import type { Row } from "../harness/row.ts";
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

/**
 * Measures each step with a provider that does nothing, and with ours at some latencies.
 *
 * @param latencies milliseconds that Twilio takes for each answer
 */
export async function withPulumi(
  latencies: readonly number[],
  progress: (text: string) => void,
): Promise<Row[]> {
  const idle = await measured("bench/provider/nothing", 0, (text) =>
    progress(`provider that does nothing, ${text}`),
  );
  const rows: Row[] = steps.map(({ what }, at) => ({
    what: `with Pulumi, 1,000 resources, ${what}, a provider that does nothing`,
    value: idle.took[at]?.seconds ?? NaN,
    unit: "s",
  }));
  for (const latencyMs of latencies) {
    const ours = await measured("packages/provider", latencyMs, (text) =>
      progress(`${text}, ${latencyMs} ms latency`),
    );
    for (const [at, { what, isUp }] of steps.entries()) {
      const { seconds, calls } = ours.took[at] ?? { seconds: NaN, calls: NaN };
      const base = idle.took[at]?.seconds ?? NaN;
      const larger = Math.max(base, ((latencyMs / 1000) * calls) / concurrency);
      const named = `with Pulumi, 1,000 resources, ${what}, ${latencyMs} ms latency`;
      rows.push(
        { what: named, value: seconds, unit: "s", ...(isUp && { atMost: 1.2 * larger }) },
        { what: `${named}: times that of doing nothing`, value: seconds / base, unit: "" },
        { what: `${named}: calls`, value: calls, unit: "calls" },
      );
    }
    rows.push({
      what: `with Pulumi, 1,000 resources, ${latencyMs} ms latency: memory of the provider`,
      value: ours.megabytes,
      unit: "MB",
      atMost: 250,
    });
  }
  return rows;
}

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
