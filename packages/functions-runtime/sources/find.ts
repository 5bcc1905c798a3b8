/** Which Functions and Assets there are in a folder. Nothing is built for the answer. */
import { readdirSync } from "node:fs";
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
 * The Assets of a folder, in the order of their files: whatever lies in it.
 *
 * @param folder absolute path
 * @throws FunctionsError as `findFunctions`
 */
export function findAssets(folder: string): Source[] {
  return onePathEach(
    folder,
    filesIn(folder).map((file) => ({ file, ...assetNamed(file) })),
  );
}

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
      const place = ({ file }: Source) => `${basename(folder)}/${file}`;
      throw new FunctionsError("same-path", {
        one: place(first),
        other: place(source),
        path: source.path,
      });
    }
    byPath.set(source.path, source);
  }
  return [...sources];
}
