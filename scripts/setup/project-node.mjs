import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { run } from "../../packages/cli/set-up/run.mjs";
import { SetupError } from "../../packages/cli/set-up/setup-error.mjs";
import { isAtLeast } from "../../packages/cli/set-up/version.mjs";

/** From here on Node runs TypeScript as it is and says nothing about it. */
const enough = "24.3.0";
/** The package of a platform may be older, and then runs TypeScript with a warning. */
const enoughInPackage = "24.0.0";

/**
 * Where the project's Node is, once set-up is done.
 *
 * @param {string} root
 */
export function projectNode(root) {
  return join(root, "node_modules", ".bin", "node");
}

/**
 * Makes sure that `node_modules/.bin/node` is a Node that runs the project. npm puts it there from the platform's
 * package; where there is none, or it does not run here, it becomes a link to the machine's own.
 *
 * @param {string} root
 */
export async function ensureProjectNode(root) {
  const node = projectNode(root);
  const version = await versionOf(node);
  if (isAtLeast(version, enough)) return;
  for (const own of machineNodes(root)) {
    if (!isAtLeast(await versionOf(own), enough)) continue;
    mkdirSync(dirname(node), { recursive: true });
    rmSync(node, { force: true });
    symlinkSync(own, node);
    return;
  }
  if (isAtLeast(version, enoughInPackage)) return;
  throw new SetupError(
    `The project runs on Node ${enough} or newer, and npm has no Node for ${process.platform} on ${process.arch}: install Node 24 from https://nodejs.org (this one is ${process.version}) and try again.`,
  );
}

/** @param {string} root */
function machineNodes(root) {
  const own = join(root, "node_modules");
  const onPath = (process.env.PATH ?? "")
    .split(delimiter)
    .filter((folder) => folder && !folder.startsWith(own));
  return [process.execPath, ...onPath.map((folder) => join(folder, "node"))];
}

/** @param {string} node */
async function versionOf(node) {
  const { code, output } = await run(node, ["--version"]);
  return code === 0 ? output.trim().replace(/^v/, "") : "0";
}
