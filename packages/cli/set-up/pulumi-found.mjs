import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pulumiVersion } from "./pulumi-version.mjs";
import { isAtLeast } from "./version.mjs";
import { writeWhole } from "./write-whole.mjs";

/** @typedef {{bin: string, version: string, how: string}} PulumiCli folder of the CLI and its language host */

/** @param {string} root */
const place = (root) => join(root, ".tools", "pulumi", "found.json");
/** @param {string} name */
const executable = (name) => (process.platform === "win32" ? `${name}.exe` : name);

/** Files that a folder must hold to deploy a Node.js program. */
const needed = ["pulumi", "pulumi-language-nodejs"].map(executable);

/**
 * Whether a folder has the CLI with its own language host beside it.
 *
 * @param {string} bin
 */
export function isComplete(bin) {
  try {
    for (const name of needed) accessSync(join(bin, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} bin */
const changed = (bin) => statSync(join(bin, needed[0] ?? "")).mtimeMs;

/**
 * The CLI that an earlier set-up found or made, when it is still the same, and new enough for the version here.
 *
 * @param {string} root
 * @returns {PulumiCli | null}
 */
export function foundPulumi(root) {
  try {
    const { mtimeMs, ...cli } = JSON.parse(readFileSync(place(root), "utf8"));
    const isSame = isComplete(cli.bin) && changed(cli.bin) === mtimeMs;
    return isSame && isAtLeast(cli.version, pulumiVersion) ? cli : null;
  } catch {
    return null;
  }
}

/**
 * Notes which CLI the project uses.
 *
 * @param {string} root
 * @param {PulumiCli} cli
 */
export function notePulumi(root, cli) {
  writeWhole(place(root), JSON.stringify({ ...cli, mtimeMs: changed(cli.bin) }));
}
