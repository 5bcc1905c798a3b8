import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { cliModule, findGo, goBuild, oldestGo } from "../../packages/cli/set-up/pulumi-go.mjs";
import { openReport } from "../../packages/cli/report.mjs";
import { SetupError } from "../../packages/cli/set-up/setup-error.mjs";
import { fingerprint } from "./stamp.mjs";

const sources = ["go.mod", "go.sum", "gen-sdk/main.go"].map((file) => join(cliModule, file));

/**
 * Where Pulumi's generator is once it was built from today's sources.
 *
 * @param {string} root
 */
export function genSdkPath(root) {
  return join(root, ".tools", "gen-sdk", fingerprint(cliModule, sources).slice(0, 16), "gen-sdk");
}

/**
 * Builds Pulumi's generators of SDKs, unless they are there: `gen-sdk <nodejs|python|go> <schema.json> <folder>`. Only those who
 * change the provider's schema need it, and Go with it.
 *
 * @param {string} root
 * @returns {Promise<string>} path of the command
 */
export async function ensureGenSdk(root, report = openReport()) {
  const path = genSdkPath(root);
  if (existsSync(path)) return path;
  const go = await findGo();
  if (go === null) {
    throw new SetupError(
      `Writing the SDK takes Go ${oldestGo} or newer: install it from https://go.dev/dl and try again.`,
    );
  }
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await report.step("Pulumi's SDK generator, build with Go", (progress) =>
    goBuild(go, { module: cliModule, from: "./gen-sdk", flags: "-s -w", to: draft, progress }),
  );
  renameSync(draft, path);
  return path;
}
