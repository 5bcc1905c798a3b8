import type { CommandLine } from "./command-line.ts";

const destroying = new Set(["destroy", "down", "dn"]);
/** What of a command leaves protected resources alone, or names the ones that are meant. */
const narrowing = /^(--exclude-protected|--preview-only|--target(=|$)|-t|--exclude(=|$)|-x)/;

/** Whether a command deletes a whole stage. */
export function destroysAll({ words: [command = ""], help }: CommandLine, args: readonly string[]): boolean {
  return destroying.has(command) && !help && !args.some((arg) => narrowing.test(arg));
}
