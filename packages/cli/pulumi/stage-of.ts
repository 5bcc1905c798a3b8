import type { CommandLine } from "./command-line.ts";

/** The stage that needs no account and no state backend of the person's own. */
export const localStage = "local";

/** Commands that are about no stack: the person's own backend and session are what they ask for. */
const withoutStack = new Set(
  (
    "api completion convert do env gen-completion help insights install login logout neo new org package plugin " +
    "policy project schema template version whoami"
  ).split(" "),
);

/** Subcommands of `stack` that name their stack in an argument. */
const named = new Set(["init", "new", "rm", "select"]);

export interface Surroundings {
  /** `PULUMI_STACK`. */
  readonly environment: string | undefined;
  /** The stack that `pulumi stack select` chose for this project. */
  readonly selected: string | undefined;
}

/**
 * The stage that a call of Pulumi is for: named by a flag, by an argument, by `PULUMI_STACK`, by an earlier
 * `pulumi stack select`, in this order, else `local`. Null when the call is about no stage.
 */
export function stageOf(line: CommandLine, { environment, selected }: Surroundings): string | null {
  const [command, subcommand, ...rest] = line.words;
  if (command === undefined || line.help || withoutStack.has(command)) return null;
  const argument = argumentOf(command, subcommand, rest);
  const isCreated = command === "stack" && (subcommand === "init" || subcommand === "new");
  // Pulumi asks for the name of the new one; whichever it becomes, it is not the one that is there.
  if (isCreated && argument === undefined && line.stack === null) return null;
  const name = line.stack ?? argument ?? environment ?? selected ?? localStage;
  return name.slice(name.lastIndexOf("/") + 1);
}

function argumentOf(
  command: string,
  subcommand: string | undefined,
  rest: readonly string[],
): string | undefined {
  if (command === "cancel") return subcommand;
  return command === "stack" && subcommand !== undefined && named.has(subcommand) ? rest[0] : undefined;
}

/** Whether a call needs its stack to be there already, so that a first one may make it. */
export function needsStack({ words: [command, subcommand] }: CommandLine): boolean {
  if (command !== "stack") return true;
  return subcommand === undefined || !["init", "new", "ls", "rm"].includes(subcommand);
}
