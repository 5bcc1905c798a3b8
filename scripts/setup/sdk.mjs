import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { projectNode } from "./project-node.mjs";
import { lastLines, run } from "../../packages/cli/set-up/run.mjs";
import { SetupError } from "../../packages/cli/set-up/setup-error.mjs";
import { fingerprint, isStamped, stamp } from "./stamp.mjs";

const stampName = "sdk";
/** @param {string} root */
const folder = (root) => join(root, "sdks", "twilio");
/** @param {string} root */
const compiled = (root) => join(folder(root), "bin");

/** @param {string} root */
function inputs(root) {
  const sources = readdirSync(folder(root), { recursive: true, encoding: "utf8" })
    .filter((path) => !/^(bin|node_modules)([\\/.]|$)/.test(path))
    .map((path) => join(folder(root), path))
    .filter((path) => statSync(path).isFile());
  const compiler = join(root, "node_modules", "typescript", "package.json");
  return fingerprint(root, [...sources, compiler]);
}

/**
 * Whether `@pulumi/twilio` is compiled from the sources that are there.
 *
 * @param {string} root
 */
export function hasSdk(root) {
  if (!existsSync(join(folder(root), "package.json"))) return true;
  return existsSync(compiled(root)) && isStamped(root, stampName, inputs(root));
}

/**
 * Compiles `@pulumi/twilio`: generated SDKs use syntax that Node cannot strip.
 *
 * @param {string} root
 */
export async function compileSdk(root) {
  const wanted = inputs(root);
  const draft = `${compiled(root)}.${process.pid}`;
  const old = `${draft}.old`;
  try {
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const args = [compiler, "-p", folder(root), "--outDir", draft];
    const { code, output } = await run(projectNode(root), args, { cwd: folder(root) });
    if (code !== 0) throw new SetupError(`sdks/twilio does not compile:\n${lastLines(output)}`);
    // A generated SDK reads its version from the package.json beside its compiled files.
    copyFileSync(join(folder(root), "package.json"), join(draft, "package.json"));
    if (existsSync(compiled(root))) renameSync(compiled(root), old);
    renameSync(draft, compiled(root));
  } finally {
    for (const rest of [draft, old]) rmSync(rest, { recursive: true, force: true });
  }
  stamp(root, stampName, wanted);
}
