import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cliModule, findGo, goBuild, oldestGo } from "../../packages/cli/set-up/pulumi-go.mjs";
import { openReport } from "../../packages/cli/report.mjs";
import { SetupError } from "../../packages/cli/set-up/setup-error.mjs";
import { fingerprint } from "./stamp.mjs";

/**
 * A command in Go that only those need who change the provider's schema or its examples.
 *
 * @typedef {{name: string, title: string, module: string, from: string, sources: readonly string[]}} GoTool
 */

/**
 * Pulumi's generators of SDKs: `gen-sdk <nodejs|python|go> <schema.json> <folder>`.
 *
 * @type {GoTool}
 */
export const genSdk = {
  name: "gen-sdk",
  title: "Pulumi's generators of SDKs",
  module: cliModule,
  from: "./gen-sdk",
  sources: ["go.mod", "go.sum", "gen-sdk/main.go"],
};

/**
 * Pulumi's converters of programs: `gen-examples <schema.json>`, from YAML on standard input to every language.
 *
 * @type {GoTool}
 */
export const genExamples = {
  name: "gen-examples",
  title: "Pulumi's converters of programs",
  module: fileURLToPath(new URL("../generate/gen-examples", import.meta.url)),
  from: ".",
  sources: ["go.mod", "go.sum", "main.go"],
};

/**
 * Pulumi's generator of the .NET SDK: `gen-dotnet <schema.json> <folder>`. The CLI's version of Pulumi has it no more.
 *
 * @type {GoTool}
 */
export const genDotnet = {
  name: "gen-dotnet",
  title: "Pulumi's generator of the .NET SDK",
  module: genExamples.module,
  from: "./gen-dotnet",
  sources: ["go.mod", "go.sum", "gen-dotnet/main.go"],
};

/**
 * The fingerprint of what a tool is built from.
 *
 * @param {GoTool} tool
 */
export function toolFingerprint({ module, sources }) {
  const files = sources.map((file) => join(module, file));
  return fingerprint(module, files).slice(0, 16);
}

/**
 * Where a tool is once it was built from today's sources.
 *
 * @param {string} root
 * @param {GoTool} tool
 */
export function goToolPath(root, tool) {
  return join(root, ".tools", tool.name, toolFingerprint(tool), tool.name);
}

/**
 * Builds a tool, unless it is there.
 *
 * @param {string} root
 * @param {GoTool} tool
 * @returns {Promise<string>} path of the command
 * @throws {SetupError} without Go
 */
export async function ensureGoTool(root, tool, report = openReport()) {
  const path = goToolPath(root, tool);
  if (existsSync(path)) return path;
  const go = await findGo();
  if (go === null) {
    throw new SetupError(
      `${tool.title} are built with Go ${oldestGo} or newer: install it from https://go.dev/dl and try again.`,
    );
  }
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  await report.step(`${tool.title}, build with Go`, (progress) =>
    goBuild(go, { module: tool.module, from: tool.from, flags: "-s -w", to: draft, progress }),
  );
  renameSync(draft, path);
  return path;
}
