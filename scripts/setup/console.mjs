import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectNode } from "./project-node.mjs";
import { lastLines, run } from "../../packages/cli/set-up/run.mjs";
import { SetupError } from "../../packages/cli/set-up/setup-error.mjs";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";

const stampName = "console";
/** @param {string} root */
const folder = (root) => join(root, "packages", "console");

/** @param {string} root */
function inputs(root) {
  const sources = readdirSync(folder(root), { recursive: true, encoding: "utf8" })
    .filter((path) => !/^(dist|node_modules)([\\/.]|$)/.test(path) && !/\.test\.ts$/.test(path))
    .map((path) => join(folder(root), path))
    .filter((path) => statSync(path).isFile());
  const builders = ["vite", "react", "@xyflow/react", "zod"].map((name) =>
    join(root, "node_modules", name, "package.json"),
  );
  return fingerprint(root, [...sources, ...builders]);
}

/**
 * Whether the console is built from the sources that are there.
 *
 * @param {string} root
 */
export function hasConsole(root) {
  if (!existsSync(join(folder(root), "package.json"))) return true;
  const built = join(folder(root), "dist", "index.html");
  return existsSync(built) && isStamped(root, stampName, inputs(root));
}

/**
 * Builds the console's page, which browsers cannot take as TypeScript.
 *
 * @param {string} root
 */
export async function buildConsole(root) {
  const wanted = inputs(root);
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const config = join(folder(root), "vite.config.ts");
  const args = [vite, "build", folder(root), "--config", config, "--logLevel", "warn"];
  const { code, output } = await run(projectNode(root), args, { cwd: root });
  if (code !== 0) throw new SetupError(`packages/console does not build:\n${lastLines(output)}`);
  stamp(root, stampName, wanted);
}
