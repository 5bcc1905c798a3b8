import { execFile } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";

const ready = z.object({ endpoint: z.string(), already: z.boolean() });

/** Runs a command of `local-twilio`; answers what it prints as JSON. */
function localTwilio(root: string, words: readonly string[]): Promise<unknown> {
  const args = [join(root, "packages/local-twilio/cli.ts"), ...words, "--json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout));
      else reject(new Error(stderr.trim() || error.message));
    });
  });
}

/** Starts the checkout's local Twilio where the stage expects it, or finds it there. */
export async function startLocalTwilio(root: string, endpoint: string): Promise<z.output<typeof ready>> {
  const { port } = new URL(endpoint);
  const started = ready.parse(await localTwilio(root, ["start", "--port", port]));
  if (new URL(started.endpoint).port !== port) {
    throw new Error(
      `it runs at ${started.endpoint} already and the stage expects ${endpoint}; run npm stop first`,
    );
  }
  return started;
}

/** Stops the checkout's local Twilio; false when none was running. */
export async function stopLocalTwilio(root: string): Promise<boolean> {
  return z.object({ stopped: z.boolean() }).parse(await localTwilio(root, ["stop"])).stopped;
}
