/**
 * `npm test` and `npm run test:all`, which share the tests between them: by the name of a file, `….long.test.ts` or not.
 *
 *     npm test                      lint, types, format, checks, and every test that is not long
 *     npm run test:all              the long ones
 *     npm test -- rollback          no more than the tests whose path has that word, long ones too
 *     npm test -- --shard=1/3       a third of what npm test runs; the checks are in the first
 *
 * Other arguments go to vitest as they are.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { failedChecks } from "./checks.ts";
import { run } from "./run.ts";
import { readTally, tallyFile, writeTally } from "./tally.ts";

/** Which part of the tests a command runs, when no argument narrows it. */
export interface Tier {
  /** Names of vitest's projects. */
  readonly projects: readonly string[];
  readonly isChecked: boolean;
}

export const tiers = {
  short: { projects: ["unit", "line", "e2e"], isChecked: true },
  long: { projects: ["long"], isChecked: false },
} as const satisfies Record<string, Tier>;

/** What is run for the arguments of a command: whether the checks are, and vitest's own arguments. */
export function planOf(
  tier: Tier,
  args: readonly string[],
): { readonly isChecked: boolean; readonly vitest: readonly string[] } {
  const shard = args.find((each) => each.startsWith("--shard="));
  const isNarrow = args.some((each) => each !== shard);
  return {
    isChecked: tier.isChecked && !isNarrow && (shard === undefined || shard.startsWith("--shard=1/")),
    vitest: [...(isNarrow ? [] : tier.projects.map((each) => `--project=${each}`)), ...args],
  };
}

const reporters = [
  "default",
  "./scripts/test/slowest.ts",
  "./scripts/test/tally.ts",
  // How much of each Flow the conversation tests walked.
  "./packages/conversation-test/reporter.ts",
].map((each) => `--reporter=${each}`);

/** Runs a tier, or what the arguments leave of it, and answers the exit code. */
export async function runTests(root: string, tier: Tier, args: readonly string[]): Promise<number> {
  mkdirSync(join(root, ".state"), { recursive: true });
  rmSync(join(root, tallyFile), { force: true });
  const { isChecked, vitest } = planOf(tier, args);
  const failed = isChecked ? await failedChecks(root) : [];
  const tests = await run(root, "vitest", ["run", ...reporters, ...vitest], true);
  const tally = readTally(root);
  // What failed without being a test counts too, so that a sum of 0 failed means that all is well.
  const uncounted = failed.length + (tests.ok || tally.failed > 0 ? 0 : 1);
  writeTally(root, { passed: tally.passed, failed: tally.failed + uncounted });
  if (!tests.ok) failed.push("tests");
  if (failed.length > 0) console.error(`\nfailed: ${failed.join(", ")}`);
  return failed.length === 0 ? 0 : 1;
}
