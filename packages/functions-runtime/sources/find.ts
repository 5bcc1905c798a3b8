/** Which Functions and Assets there are in a folder. Nothing is built for the answer. */
import { existsSync, readdirSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { FunctionsError } from "../errors.ts";
import { assetNamed, functionNamed, type Named } from "./naming.ts";

/** A file that is deployed. */
export interface Source extends Named {
  /** Its path in the folder, with slashes: `inner/greet.protected.ts`. */
  readonly file: string;
}

/** Files that are no Function: shared code, tests, types, packages. */
const noFunction = /(^|\/)(shared|node_modules)\/|\.(test|d)\.[jt]s$/;
/** Functions of adopted lines, a folder a line: each is a Service of its own, with paths of its own. */
const adopted = /^adopted\//;

/**
 * The Functions of a folder, in the order of their files: TypeScript and JavaScript, `greet.ts`, `greet.protected.js`,
 * `inner/greet.private.js`.
 *
 * @param folder absolute path
 * @throws FunctionsError `same-path` when two files answer at one path, `bad-path` when one can answer at none
 */
export function findFunctions(folder: string): Source[] {
  const files = filesIn(folder).filter((file) => !noFunction.test(file) && !adopted.test(file));
  return onePathEach(folder, functionsAmong(files));
}

/**
 * The Functions of a folder whose every file of JavaScript is one, as `stage adopt` writes it.
 *
 * @param folder absolute path
 */
export function findDeployed(folder: string): Source[] {
  return functionsAmong(
    filesIn(folder).filter((file) => file.endsWith(".js") && !/(^|\/)node_modules\//.test(file)),
  );
}

/**
 * The Assets of a folder, in the order of their files: whatever lies in it but those of adopted lines.
 *
 * @param folder absolute path
 * @throws FunctionsError as `findFunctions`
 */
export function findAssets(folder: string): Source[] {
  return onePathEach(
    folder,
    filesIn(folder)
      .filter((file) => !adopted.test(file))
      .map((file) => ({ file, ...assetNamed(file) })),
  );
}

/**
 * Sees to it that no Function and no Asset answer at one path. Folders that are not there have none.
 *
 * @throws FunctionsError as `findFunctions`, `same-path` also for a Function and an Asset
 */
export function checkPaths(functionsFolder: string, assetsFolder: string): void {
  if (!existsSync(functionsFolder) || !existsSync(assetsFolder)) return;
  const functions = new Map(findFunctions(functionsFolder).map((source) => [source.path, source]));
  for (const asset of findAssets(assetsFolder)) {
    const one = functions.get(asset.path);
    if (one === undefined) continue;
    throw samePath(placeOf(functionsFolder, one), placeOf(assetsFolder, asset), asset.path);
  }
}

const placeOf = (folder: string, { file }: Source) => `${basename(folder)}/${file}`;

const samePath = (one: string, other: string, path: string) =>
  new FunctionsError("same-path", { one, other, path });

function functionsAmong(files: readonly string[]): Source[] {
  return files.filter((file) => /\.[jt]s$/.test(file)).map((file) => ({ file, ...functionNamed(file) }));
}

/** Hidden files (`.DS_Store`) are nobody's Function or Asset. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(folder.length).split(sep).join("/").replace(/^\//, ""),
    )
    .filter((file) => !/(^|\/)\./.test(file))
    .sort();
}

function onePathEach(folder: string, sources: readonly Source[]): Source[] {
  const byPath = new Map<string, Source>();
  for (const source of sources) {
    const first = byPath.get(source.path);
    if (first !== undefined) {
      throw samePath(placeOf(folder, first), placeOf(folder, source), source.path);
    }
    byPath.set(source.path, source);
  }
  return [...sources];
}
