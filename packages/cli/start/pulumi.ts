import { Writable } from "node:stream";
import { pulumiRun } from "../stage/pulumi.ts";
import { StepError } from "./errors.ts";

export interface PulumiRun {
  readonly ok: boolean;
  readonly stdout: string;
  /** All that it printed. */
  readonly output: string;
}

/** Runs the project's `pulumi` for a stage, without prompts and colours. */
export async function pulumi(
  root: string,
  stage: string,
  args: readonly string[],
  onLine: (line: string) => void = () => undefined,
): Promise<PulumiRun> {
  const show = new Writable({
    decodeStrings: false,
    write(text: string | Buffer, _, done) {
      for (const line of text.toString().split("\n")) onLine(line);
      done();
    },
  });
  const words = [...args, "-s", stage, "--color", "never"];
  const { ok, stdout, stderr } = await pulumiRun(words, { folder: root, show });
  return { ok, stdout, output: stdout + stderr };
}

/**
 * Runs `pulumi` and parses what it prints as JSON.
 *
 * @throws StepError with all that it printed when it fails
 */
export async function pulumiJson(root: string, stage: string, args: readonly string[]): Promise<unknown> {
  const { ok, stdout, output } = await pulumi(root, stage, [...args, "--json"]);
  if (!ok) throw new StepError(`pulumi ${args.join(" ")}`, `it failed\n${output}`);
  return JSON.parse(stdout);
}
