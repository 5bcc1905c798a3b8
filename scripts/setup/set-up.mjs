import { join } from "node:path";
import { buildConsole, hasConsole } from "./console.mjs";
import { hasDependencies, installDependencies } from "./dependencies.mjs";
import { withLock } from "../../packages/cli/set-up/lock.mjs";
import { ensureProjectNode, projectNode } from "./project-node.mjs";
import { ensurePulumi } from "../../packages/cli/set-up/pulumi.mjs";
import { foundPulumi } from "../../packages/cli/set-up/pulumi-found.mjs";
import { openReport } from "../../packages/cli/report.mjs";
import { compileSdk, hasSdk } from "./sdk.mjs";

/** @param {string} root */
const isSetUp = (root) =>
  hasDependencies(root) && foundPulumi(root) !== null && hasSdk(root) && hasConsole(root);

/**
 * Makes a checkout ready: dependencies, a Node that runs it, the Pulumi CLI, `@pulumi/twilio` compiled, the console
 * built. Says what it does and for how long, does nothing twice, and lets a second set-up in the same checkout wait for
 * the first.
 *
 * @param {string} root
 * @throws {import("../../packages/cli/set-up/setup-error.mjs").SetupError} when a person has to do something first
 */
export async function setUp(root) {
  if (isSetUp(root)) return ensureProjectNode(root);
  const report = openReport();
  // Ended from outside, so that "exit" still stops what runs below and gives the lock back.
  const ended = { SIGINT: () => process.exit(130), SIGTERM: () => process.exit(143) };
  for (const [signal, end] of Object.entries(ended)) process.on(signal, end);
  try {
    await withLock(
      join(root, ".tools", "set-up.lock"),
      () => steps(root, report),
      (holder) => report.note(`waiting for another set-up of this checkout (process ${holder})`),
    );
    report.end();
  } finally {
    for (const [signal, end] of Object.entries(ended)) process.off(signal, end);
  }
}

/**
 * @param {string} root
 * @param {ReturnType<typeof openReport>} report
 */
async function steps(root, report) {
  if (!hasDependencies(root)) await report.step("dependencies (npm ci)", () => installDependencies(root));
  await ensureProjectNode(root);
  if (foundPulumi(root) === null) await ensurePulumi(root, report, projectNode(root));
  if (!hasSdk(root)) await report.step("@pulumi/twilio, compile", () => compileSdk(root));
  if (!hasConsole(root)) await report.step("console, build", () => buildConsole(root));
}
