/** How a command ends that something was thrown in: one line, and whose turn it is. */
import { CommanderError } from "commander";
import { StudioError } from "@support-line/studio";
import { cliErrors, CliError } from "../errors.ts";

/**
 * Says what was wrong.
 *
 * @returns the exit code: 2 wrong use, 3 Twilio or network
 * @throws what is no fault of whoever uses the command
 */
export function ending(error: unknown): number {
  // Commander has said what is wrong with the words, or helped.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof CliError) {
    process.stderr.write(`${error.message}\n`);
    return cliErrors[error.code].exitCode;
  }
  if (error instanceof StudioError || isOfConversations(error)) {
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  throw error;
}

/** Known by its name: to load the class would cost every command what only two of them need. */
function isOfConversations(error: unknown): error is Error {
  return error instanceof Error && error.name === "ConversationError";
}
