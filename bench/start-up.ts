/** How long the processes take that somebody waits for: the provider at each `pulumi` command, the local Twilio at `npm start`. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { percentile, type Measure } from "./harness/row.ts";
import { root } from "./harness/stage.ts";

const runs = 15;

export const measure: Measure = async (progress) => {
  const folder = mkdtempSync(join(tmpdir(), "support-line-bench-"));
  try {
    const samples = { provider: [] as number[], localTwilio: [] as number[] };
    for (let run = 0; run <= runs; run++) {
      progress(`run ${run} of ${runs}`);
      samples.provider.push(await provider(folder));
      samples.localTwilio.push(await localTwilio(folder));
    }
    const rows = (what: string, [first = NaN, ...later]: readonly number[], atMost: number) => [
      {
        what: `${what} ready, median of ${runs}`,
        value: percentile(later, 0.5),
        unit: "ms" as const,
        atMost,
      },
      { what: `${what} ready, slowest of ${runs}`, value: Math.max(...later), unit: "ms" as const },
      { what: `${what} ready, very first time`, value: first, unit: "ms" as const },
    ];
    return [...rows("provider", samples.provider, 300), ...rows("local Twilio", samples.localTwilio, 500)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** From starting the provider's executable to the line with its port. */
async function provider(folder: string): Promise<number> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "provider") };
  const begin = performance.now();
  const child = spawn(join(root, "packages/provider/pulumi-resource-twilio"), ["127.0.0.1:1"], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return ended(child, performance.now() - begin);
}

/** From starting the local Twilio's process, on a folder it knows, to its word that it listens. */
async function localTwilio(folder: string): Promise<number> {
  const env = { ...process.env, NODE_COMPILE_CACHE: join(folder, "local-twilio") };
  const serve = join(root, "packages/local-twilio/serve.ts");
  const begin = performance.now();
  const child = spawn(process.execPath, [serve, "--port", "0", "--folder", join(folder, "twilio")], {
    env,
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await new Promise((resolve) => child.once("message", resolve));
  return ended(child, performance.now() - begin);
}

async function ended<Result>(child: ChildProcess, result: Result): Promise<Result> {
  const end = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await end;
  return result;
}
