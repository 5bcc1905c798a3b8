import { execFile, type ExecFileException } from "node:child_process";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { StepError } from "./errors.ts";

const ready = z.object({ endpoint: z.string(), pid: z.number(), already: z.boolean() });
export type ReadyTwilio = z.output<typeof ready>;

/** Runs a command of `local-twilio` in a project; answers what it prints as JSON. */
function localTwilio(project: string, words: readonly string[]): Promise<unknown> {
  const args = [fileURLToPath(import.meta.resolve("@support-line/local-twilio/cli")), ...words, "--json"];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { cwd: project }, (error, stdout, stderr) => {
      if (error === null) resolve(JSON.parse(stdout));
      else {
        reject(
          new StepError("local Twilio", stderr.trim() || "it said nothing", { exitCode: codeOf(error) }),
        );
      }
    });
  });
}

const codeOf = ({ code }: ExecFileException): number => (typeof code === "number" ? code : 3);

const folderFlag = (folder: string | undefined) => (folder === undefined ? [] : ["--folder", folder]);

/**
 * Starts a local Twilio in the background, or finds the one that runs.
 *
 * @param project its folder
 * @param options port (0: a free one), the folder of its state, by default the project's, and whether one that runs at
 *   another port moves
 * @throws StepError when it cannot start, or runs already on another port
 */
export async function startLocalTwilio(
  project: string,
  {
    port,
    folder,
    moves = false,
  }: { readonly port: number; readonly folder?: string; readonly moves?: boolean },
): Promise<ReadyTwilio> {
  const words = ["start", "--port", String(port), ...folderFlag(folder)];
  const started = ready.parse(await localTwilio(project, words));
  if (port !== 0 && Number(new URL(started.endpoint).port) !== port) {
    if (moves) {
      await stopLocalTwilio(project, folder);
      return startLocalTwilio(project, { port, ...(folder === undefined ? {} : { folder }) });
    }
    throw new StepError(
      "local Twilio",
      `it runs at ${started.endpoint} already, and port ${port} is wanted; run npm stop first`,
      { exitCode: 2 },
    );
  }
  return started;
}

/** Stops a local Twilio; false when none was running. */
export async function stopLocalTwilio(project: string, folder?: string): Promise<boolean> {
  const answer = await localTwilio(project, ["stop", ...folderFlag(folder)]);
  return z.object({ stopped: z.boolean() }).parse(answer).stopped;
}
