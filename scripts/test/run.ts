import { spawn } from "node:child_process";
import { join } from "node:path";

/** How a step ended: what it printed matters only when it failed. */
export interface Ended {
  readonly ok: boolean;
  readonly output: string;
}

/**
 * Runs a command of the repository's packages in its root. One that cannot be started is one that failed.
 *
 * @param show lets it print, and keeps nothing of it
 */
export function run(root: string, command: string, args: readonly string[], show = false): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(join(root, "node_modules", ".bin", command), args, {
      cwd: root,
      stdio: show ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    child.on("error", (error) => resolve({ ok: false, output: error.message }));
    child.on("close", (code) => resolve({ ok: code === 0, output }));
  });
}
