import { join } from "node:path";
import type { CommandLine } from "./command-line.ts";
import { localStage } from "./stage-of.ts";

/** Commands that say or do what would be deployed. */
const deploying = new Set(["preview", "pre", "up", "update"]);

/**
 * What is added to a command so that the project's policies are asked: in previews and deployments of every stage but
 * `local`, whose every start would wait for them.
 */
export function policyWords(
  root: string,
  stage: string | null,
  { words: [command] }: CommandLine,
  args: readonly string[],
): string[] {
  const isAsked = args.some((arg) => arg.startsWith("--policy-pack"));
  if (command === undefined || !deploying.has(command)) return [];
  return stage === null || stage === localStage || isAsked ? [] : ["--policy-pack", join(root, "policy")];
}
