import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { StepError } from "./errors.ts";

const command = fileURLToPath(new URL("../pulumi.ts", import.meta.url));

export interface PulumiRun {
  readonly code: number;
  readonly stdout: string;
  /** Both streams, as they came. */
  readonly output: string;
}

/** Runs the project's `pulumi` for a stage, without prompts and colours. */
export function pulumi(
  root: string,
  stage: string,
  args: readonly string[],
  onLine?: (line: string) => void,
): Promise<PulumiRun> {
  const words = [...args, "-s", stage, "--non-interactive", "--color", "never"];
  const child = spawn(process.execPath, [command, ...words], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      output += text;
      for (const line of text.split("\n")) onLine?.(line);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}

/**
 * Runs `pulumi` and parses what it prints as JSON.
 *
 * @throws StepError with all that it printed when it fails
 */
export async function pulumiJson(root: string, stage: string, args: readonly string[]): Promise<unknown> {
  const { code, stdout, output } = await pulumi(root, stage, [...args, "--json"]);
  if (code !== 0) throw new StepError(`pulumi ${args.join(" ")}`, `it failed\n${output}`);
  return JSON.parse(stdout);
}
