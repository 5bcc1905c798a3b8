import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CliError } from "../errors.ts";

const megabytes = 64;

/**
 * Runs `npx pulumi` on a stage and answers what it printed.
 *
 * @throws CliError `pulumi-failed` with what it complained of
 */
export function pulumi(stage: string, words: readonly string[]): Promise<string> {
  const command = fileURLToPath(new URL("../pulumi.ts", import.meta.url));
  const args = [command, ...words, "-s", stage, "--non-interactive"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { maxBuffer: megabytes * 1024 ** 2 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new CliError("pulumi-failed", { command: words.join(" "), problem: stderr.trim() }));
    });
  });
}
