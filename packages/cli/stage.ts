/** `npm run stage -- <verb>`: what people do with a deployed stage. */
import { Command } from "commander";
import { cliErrors, CliError } from "./errors.ts";
import { openConversation } from "./stage/open.ts";

interface OpenFlags {
  readonly line: string;
  readonly to?: string;
  readonly conversation?: string;
  readonly json?: boolean;
}

const program = new Command("npm run stage --").description("Work with a deployed stage.").exitOverride();

program
  .command("open")
  .description("Opens a Conversation that a line's Flow answers, or makes an existing one whole.")
  .argument("<stage>", "local, dev, …")
  .requiredOption("--line <name>", "the line that speaks")
  .option("--to <address>", "the customer's address, for a new Conversation")
  .option("--conversation <sid>", "an existing Conversation, CH…")
  .option("--json", "for machines")
  .action(async (stage: string, { json = false, ...options }: OpenFlags) => {
    if ((options.to === undefined) === (options.conversation === undefined)) {
      throw new CliError("one-of", { options: "--to and --conversation" });
    }
    const conversationSid = await openConversation(stage, options);
    console.log(
      json ? JSON.stringify({ conversationSid }) : `${conversationSid} is open; the line's Flow answers it.`,
    );
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CliError) {
    console.error(error.message);
    process.exitCode = cliErrors[error.code].exitCode;
  } else if (error instanceof Error && "exitCode" in error) {
    // Commander has said what is wrong with the words, or helped.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    throw error;
  }
}
