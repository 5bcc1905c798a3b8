/**
 * What the provider costs: calls of the reference stage; time and memory for a thousand resources, alone and with the
 * real Pulumi CLI.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultAccount } from "@support-line/local-twilio";
import { startLocalTwilio, stopLocalTwilio } from "@support-line/cli/local-twilio";
import { Engine } from "../packages/provider/testing/engine.ts";
import { control, loggedCalls } from "./faults/control.ts";
import { up, type State } from "./faults/stand-in-engine.ts";
import { watchMemory } from "./harness/memory.ts";
import type { Measure, Row } from "./harness/row.ts";
import { root } from "./harness/stage.ts";
import { referenceCalls, steps } from "./provider/reference-calls.ts";
import { atOnce, concurrency } from "./provider/limits.ts";
import { thousand } from "./provider/thousand.ts";
import { withPulumi } from "./provider/with-pulumi.ts";

const latencies = [0, 100];

export const measure: Measure = async (progress) => {
  progress("calls of the reference stage");
  const asked = await referenceCalls();
  const rows = steps.flatMap((step): Row[] => {
    const { writes = NaN, validations = NaN, reads = NaN } = asked.get(step) ?? {};
    const row = (kind: string, value: number, atMost: number): Row => ({
      what: `reference stage, ${step.what}: ${kind}`,
      value,
      unit: "calls",
      atMost,
    });
    return [
      row("writes", writes, step.most.writes),
      row("validations", validations, step.most.validations),
      row("reads", reads, step.most.reads),
    ];
  });
  const base = new Map<string, number>();
  for (const latencyMs of latencies) rows.push(...(await thousandAt(latencyMs, base, progress)));
  return [...rows, ...(await withPulumi(latencies, progress))];
};

/** @param base seconds of each step without latency */
async function thousandAt(
  latencyMs: number,
  base: Map<string, number>,
  progress: (text: string) => void,
): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "support-line-bench-"));
  const local = await startLocalTwilio(root, { port: 0, folder: join(folder, "twilio") });
  const config = {
    accountSid: defaultAccount.accountSid,
    authToken: defaultAccount.authToken,
    endpoint: local.endpoint,
  };
  const peak = watchMemory([process.pid]);
  const state: State = new Map();
  const rows: Row[] = [];
  try {
    await control(local.endpoint, "latency", "POST", { ms: latencyMs });
    for (const [what, refresh, declared] of [
      ["up from nothing", false, thousand],
      ["no change", false, thousand],
      ["refresh", true, []],
    ] as const) {
      progress(`1,000 resources, ${what}, ${latencyMs} ms latency`);
      const { client, end } = await provider(folder);
      await client.checkConfig(config, state.size === 0 ? {} : config);
      await client.configure(config);
      await control(local.endpoint, "calls", "DELETE");
      const begin = performance.now();
      const failures = await up(client, declared, state, { refresh, atOnce });
      const seconds = (performance.now() - begin) / 1000;
      await end();
      if (failures.length > 0) throw new Error(failures.slice(0, 5).join("\n"));
      const calls = (await loggedCalls(local.endpoint)).length;
      const bound = Math.max(base.get(what) ?? 0, (latencyMs / 1000) * (calls / concurrency));
      if (latencyMs === 0) base.set(what, seconds);
      const named = `alone, 1,000 resources, ${what}, ${latencyMs} ms latency`;
      rows.push(
        { what: named, value: seconds, unit: "s", ...(latencyMs > 0 && { atMost: 1.2 * bound }) },
        { what: `${named}: calls`, value: calls, unit: "calls" },
      );
    }
  } finally {
    const memory = (await peak()).get("provider") ?? NaN;
    rows.push({
      what: `alone, 1,000 resources, ${latencyMs} ms latency: memory of the provider`,
      value: memory,
      unit: "MB",
      atMost: 250,
    });
    await stopLocalTwilio(root, join(folder, "twilio"));
    rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

/** The provider in a process of its own, as the engine starts it. */
async function provider(folder: string): Promise<{ client: Engine; end: () => Promise<void> }> {
  const child = spawn(join(root, "packages/provider/pulumi-resource-twilio"), ["127.0.0.1:1"], {
    env: { ...process.env, PULUMI_BACKEND_URL: `file://${folder}` },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const client = Engine.to(Number(port.toString()));
  return {
    client,
    end: async () => {
      const ended = once(child, "exit");
      await client.end();
      child.kill("SIGINT");
      await ended;
    },
  };
}
