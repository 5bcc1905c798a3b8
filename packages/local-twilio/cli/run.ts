/** The edge of the command: whatever is thrown in it, now or later, is said in one line, and gives the exit code. */
import { CommanderError, type Command } from "commander";
import { CommandError } from "./errors.ts";

/** A fault of the program's own is not one of the exit codes that a command promises (EX_SOFTWARE of sysexits.h). */
const oursIsIt = 70;
/** As much of a message as is shown that nobody wrote for a person. */
const longest = 300;

/**
 * Runs the verb that `words` name. Sets the exit code of the process, and never rejects.
 *
 * @param words as they were typed, without Node and the script
 */
export async function runProgram(
  program: Command,
  words: readonly string[] = process.argv.slice(2),
): Promise<void> {
  guardProcess();
  try {
    await program.parseAsync([...words], { from: "user" });
  } catch (error) {
    process.exitCode = say(error);
  }
}

/** Says what was thrown, on standard error: never an object, and a stack only where LOCAL_TWILIO_DEBUG asks for it. */
function say(error: unknown): number {
  // Commander has said what is wrong with the words, or helped.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const isKnown = error instanceof CommandError;
  const [first = ""] = String(error).split("\n");
  const text = isKnown
    ? error.message
    : `This is a fault of the local Twilio itself, ${first.slice(0, longest)}; LOCAL_TWILIO_DEBUG=1 says where it happened.`;
  process.stderr.write(`${text}\n`);
  const isAsked = !["", "0", undefined].includes(process.env["LOCAL_TWILIO_DEBUG"]);
  if (isAsked && error instanceof Error) process.stderr.write(`${error.stack ?? ""}\n`);
  return isKnown ? error.exitCode : oursIsIt;
}

let isGuarded = false;

/** What nobody waited for ends the process as well, with the same words. */
function guardProcess(): void {
  if (isGuarded) return;
  isGuarded = true;
  const end = (error: unknown): void => process.exit(say(error));
  process.on("uncaughtException", end);
  process.on("unhandledRejection", end);
}
