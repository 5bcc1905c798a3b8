/**
 * The Functions and Assets of a project, from its folders: found, named as Twilio's Serverless Toolkit names them, and
 * bundled. What is deployed, checked, tested and left with is read here and nowhere else. A room of its own, since a host that
 * runs what was uploaded has no use for a bundler.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { code } from "./bundle.ts";
import { findAssets, findDeployed, findFunctions } from "./find.ts";
import type { Named } from "./naming.ts";

export { external } from "./bundle.ts";
export { checkPaths, findAssets, findDeployed, findFunctions, type Source } from "./find.ts";
export { assetFile, functionFile, type Named, type Visibility } from "./naming.ts";

/** A Function as it is uploaded: one file of JavaScript with what it imports inside, but for what the Build installs. */
export interface ReadFunction extends Named {
  readonly code: string;
}

/** One that was bundled. */
export interface BundledFunction extends ReadFunction {
  /** Its path in the folder, with slashes: `inner/greet.protected.ts`. */
  readonly file: string;
  /** Every file that it is made of, as absolute paths. */
  readonly sources: readonly string[];
}

/** An Asset as it is uploaded. */
export interface ReadAsset extends Named {
  /** Absolute path of the file. */
  readonly source: string;
  readonly content: Uint8Array;
}

/**
 * Reads the Functions of a project.
 *
 * @param folder absolute path
 * @param names which of them, `inner/greet`; all when it is not given. Private ones are always among them: no Flow can name
 * what only Functions reach, by `Runtime.getFunctions()`
 * @throws FunctionsError `same-path`, `bad-path`, `not-bundled`, each naming the files
 */
export async function readFunctions(folder: string, names?: ReadonlySet<string>): Promise<BundledFunction[]> {
  // Two files for one path are a fault whether the path is deployed or not.
  const wanted = findFunctions(folder).filter(
    ({ name, visibility }) => names === undefined || names.has(name) || visibility === "private",
  );
  return Promise.all(wanted.map(async (source) => ({ ...source, ...(await code(folder, source.file)) })));
}

/**
 * Reads the Functions of an adopted line. They are uploaded as they stand, without bundling, so that what was adopted is
 * no change.
 *
 * @param folder absolute path
 */
export function readDeployedFunctions(folder: string): ReadFunction[] {
  return findDeployed(folder).map(({ file, ...named }) => ({
    ...named,
    code: readFileSync(join(folder, file), "utf8"),
  }));
}

/**
 * Reads the Assets of a project.
 *
 * @param folder absolute path
 * @throws FunctionsError `same-path`, `bad-path`
 */
export function readAssets(folder: string): ReadAsset[] {
  return findAssets(folder).map(({ file, ...named }) => ({
    ...named,
    source: join(folder, file),
    content: readFileSync(join(folder, file)),
  }));
}
