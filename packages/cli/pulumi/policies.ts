import { fileURLToPath } from "node:url";
import type { CommandLine } from "./command-line.ts";
import { localStage } from "./stage-of.ts";

/** Where the policy pack is, and in its `bin` what runs it. */
export function policyPack(): string {
  return fileURLToPath(new URL(".", import.meta.resolve("@support-line/policy/package.json")));
}

/** Commands that say or do what would be deployed. */
const deploying = new Set(["preview", "pre", "up", "update"]);

/**
 * What is added to a command so that the project's policies are asked: in previews and deployments of every stage but
 * `local`, whose every start would wait for them.
 */
export function policyWords(
  stage: string | null,
  { words: [command] }: CommandLine,
  args: readonly string[],
): string[] {
  const isAsked = args.some((arg) => arg.startsWith("--policy-pack"));
  if (command === undefined || !deploying.has(command)) return [];
  return stage === null || stage === localStage || isAsked ? [] : ["--policy-pack", policyPack()];
}
