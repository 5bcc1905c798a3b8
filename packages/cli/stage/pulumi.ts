/** Runs `npx pulumi` for the commands: the one place that reads how Pulumi ended, and what it complained of. */
import { execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withoutSecrets } from "../edge/secrets.ts";
import { CliError } from "../errors.ts";

/** As much as a preview of a large stage prints. */
const megabytes = 256;
const command = fileURLToPath(new URL("../pulumi.ts", import.meta.url));

/** How Pulumi ended, and what it printed; one that failed has said why on `stderr`, or else that is said for it. */
export interface PulumiRun {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PulumiOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where it runs, when that is not here. */
  readonly folder?: string;
  /** What it reads from standard input: arguments can be read by everybody on the machine. */
  readonly input?: string;
  /** Is given what it prints as it comes. */
  readonly show?: NodeJS.WritableStream;
}

/** Runs Pulumi with these words, without prompts. One that fails is an answer. */
export function pulumiRun(
  words: readonly string[],
  { env = process.env, folder, input, show }: PulumiOptions = {},
): Promise<PulumiRun> {
  const args = [command, ...words, "--non-interactive"];
  const options = { env, maxBuffer: megabytes * 1024 ** 2, ...(folder === undefined ? {} : { cwd: folder }) };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ ok: true, stdout, stderr });
      const said = stderr.trim() === "" && stdout.trim() === "" ? endOf(error) : stderr;
      resolve({ ok: false, stdout, stderr: withoutSecrets(said) });
    });
    if (show !== undefined) child.stdout?.pipe(show);
    // One that ends before it has read all says itself why.
    child.stdin?.on("error", () => undefined).end(input);
  });
}

/**
 * Runs Pulumi as a process group of its own that writes into a file: it goes on to its end, whatever becomes of us.
 *
 * @param at folder of the project, and the file that is written
 */
export function pulumiApart(
  words: readonly string[],
  { folder, log }: { readonly folder: string; readonly log: string },
): Promise<{ readonly code: number; readonly output: string }> {
  const file = openSync(log, "w");
  const child = spawn(process.execPath, [command, ...words, "--non-interactive"], {
    cwd: folder,
    detached: true,
    stdio: ["ignore", file, file],
  });
  closeSync(file);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code: code ?? 1, output: withoutSecrets(readFileSync(log, "utf8")) }),
    );
  });
}

/** Why a process ended that printed nothing; its own message would hold every word that it was given. */
function endOf({ code, signal }: { readonly code?: unknown; readonly signal?: unknown }): string {
  if (typeof signal === "string") return `it was ended by ${signal}`;
  return typeof code === "number"
    ? `it ended with exit code ${code}`
    : `it could not be run (${String(code)})`;
}

/**
 * Runs `npx pulumi` on a stage and answers what it printed.
 *
 * @throws CliError `pulumi-failed` with what it complained of
 */
export async function pulumi(stage: string, words: readonly string[]): Promise<string> {
  const { ok, stdout, stderr } = await pulumiRun([...words, "-s", stage]);
  if (ok) return stdout;
  // What it printed besides may be a state with its secrets open.
  throw new CliError("pulumi-failed", {
    command: words.join(" "),
    problem: stderr.trim() || "it gave no reason",
  });
}
