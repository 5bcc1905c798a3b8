import { fileURLToPath } from "node:url";
import type { CommandLine } from "./command-line.ts";
import { localStage } from "./stage-of.ts";

/** The policy pack, as the file that Pulumi runs. */
function policyPack(): string {
  const manifest = import.meta.resolve("@support-line/policy/package.json");
  return fileURLToPath(new URL("pulumi-analyzer-support-line", manifest));
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
