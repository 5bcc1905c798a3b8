/** The options that say what answers behind a Flow. */
import { Option, type Command } from "commander";

const several = (value: string, before: readonly string[] = []) => [...before, value];

/** Adds them to a command. */
export function withAnswers(command: Command): Command {
  return command
    .option(
      "--functions <folder>",
      "run the Functions of this folder; their calls to Twilio stay on this machine",
    )
    .addOption(new Option("--var <name=value>", "a Variable of those Functions").argParser(several))
    .addOption(
      new Option("--answer <name=answer>", "what a Function answers: JSON, a text, a status").argParser(
        several,
      ),
    )
    .addOption(new Option("--http <url=answer>", "what a web server answers").argParser(several));
}
