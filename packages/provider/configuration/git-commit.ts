import { execFile } from "node:child_process";

/** Longer than that nobody waits for a sentence. */
const patienceMs = 2_000;

/**
 * The Git commit that is checked out where the program runs, `Tell customers who joined (1a2b3c4)`; undefined
 * outside a checkout, or where there is no Git.
 */
export function gitCommit(folder = process.cwd()): Promise<string | undefined> {
  return new Promise((resolve) => {
    const options = { cwd: folder, timeout: patienceMs };
    execFile("git", ["log", "-1", "--format=%s (%h)"], options, (error, stdout) => {
      const line = stdout.trim();
      resolve(error !== null || line === "" ? undefined : line);
    });
  });
}
