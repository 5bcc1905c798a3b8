import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lastLines, run } from "../../packages/cli/set-up/run.mjs";
import { SetupError } from "../../packages/cli/set-up/setup-error.mjs";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";
import { isAtLeast } from "../../packages/cli/set-up/version.mjs";

const oldestNpm = "10.0.0";
const stampName = "dependencies";

/** @param {string} root */
const wanted = (root) => fingerprint(root, [join(root, "package-lock.json")]);
/** @param {string} root */
const installed = (root) => join(root, "node_modules", ".package-lock.json");

/**
 * Whether `node_modules` holds what the lock file says. npm writes its own list last, so half an install has none.
 *
 * @param {string} root
 */
export function hasDependencies(root) {
  if (!existsSync(installed(root))) return false;
  if (isStamped(root, stampName, wanted(root))) return true;
  if (!matchesLock(root)) return false;
  // Somebody ran `npm install` by hand: that is as good.
  stamp(root, stampName, wanted(root));
  return true;
}

/**
 * Installs exactly what the lock file says.
 *
 * @param {string} root
 */
export async function installDependencies(root) {
  const { command, first } = npm();
  const version = await run(command, [...first, "--version"]);
  const found = version.output.trim().split("\n").at(-1) ?? "";
  if (version.code !== 0) {
    throw new SetupError("npm was not found: it comes with Node, from https://nodejs.org.");
  }
  if (!isAtLeast(found, oldestNpm)) {
    throw new SetupError(
      `npm ${oldestNpm} or newer is needed and this is ${found}: run npm install -g npm@11 and try again.`,
    );
  }
  const args = [...first, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
  const { code, output } = await run(command, args, { cwd: root });
  if (code !== 0) throw new SetupError(explain(output));
  stamp(root, stampName, wanted(root));
}

/** The npm that started us, else the one on PATH. */
function npm() {
  const script = process.env.npm_execpath;
  return script?.endsWith(".js") && existsSync(script)
    ? { command: process.execPath, first: [script] }
    : { command: "npm", first: [] };
}

/** @param {string} output */
function explain(output) {
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTCACHED|ENETUNREACH/.test(output)) {
    return "npm cannot reach its registry: connect this machine, or name a registry it can reach with npm config set registry <url>, and try again.";
  }
  return `npm ci failed; fix what it says and try again:\n${lastLines(output)}`;
}

/** @param {string} root */
function matchesLock(root) {
  /**
   * @param {string} file
   * @returns {Record<string, {version?: string, optional?: boolean, link?: boolean, resolved?: string}>}
   */
  const read = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
  const lock = read(join(root, "package-lock.json"));
  const have = read(installed(root));
  return Object.entries(lock).every(([place, { version, optional, link, resolved }]) => {
    if (!place.startsWith("node_modules/") && !place.includes("/node_modules/")) return true;
    const own = have[place];
    if (own === undefined) return optional === true;
    return link === true ? own.resolved === resolved : own.version === version;
  });
}
