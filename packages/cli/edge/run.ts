/** The edge of every command: whatever is thrown in it, now or later, is said in one way, and gives the exit code. */
import type { Command } from "commander";
import { sayFailure } from "./failure.ts";

/** Runs what a command does. Sets the exit code of the process, and never rejects. */
export async function runMain(work: () => Promise<unknown>): Promise<void> {
  guardProcess();
  try {
    await work();
  } catch (error) {
    process.exitCode = sayFailure(error);
  }
}

/**
 * Runs the verb of a program that `words` name.
 *
 * @param words as they were typed, without Node and the script
 */
export function runProgram(
  program: Command,
  words: readonly string[] = process.argv.slice(2),
): Promise<void> {
  return runMain(() => program.parseAsync([...words], { from: "user" }));
}

let isGuarded = false;

/** What nobody waited for ends the process as well, with the same words. */
function guardProcess(): void {
  if (isGuarded) return;
  isGuarded = true;
  const end = (error: unknown): void => process.exit(sayFailure(error));
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
  // Whoever reads has enough: `studio draw … | head`.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    end(error);
  });
}
