/** Pulumi's own CLI, for programs that are not the project's: `npx pulumi` of this project runs on its own stack. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { PulumiRun } from "./stage.ts";

const root = process.cwd();

/** Runs it in a folder; a run that fails is an answer, not an exception. */
export async function pulumi(
  cwd: string,
  environment: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<PulumiRun> {
  const found = JSON.parse(readFileSync(join(root, ".tools/pulumi/found.json"), "utf8")) as { bin: string };
  const paths = [found.bin, join(root, "node_modules/.bin"), process.env["PATH"] ?? ""].join(delimiter);
  const env = { PATH: paths, PULUMI_SKIP_UPDATE_CHECK: "true", ...environment };
  return ran(join(found.bin, "pulumi"), words, { cwd, env });
}

/** Runs a command to its end, with this environment besides its own. */
export async function ran(
  command: string,
  words: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<PulumiRun> {
  const child = spawn(command, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code: code ?? 1, stdout, stderr };
}
