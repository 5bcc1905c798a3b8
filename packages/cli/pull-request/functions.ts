/** Which Functions a change touches: by a file of their own, or by one that they import. */
import { FunctionsError } from "@support-line/functions-runtime/errors";
import type { BundledFunction } from "@support-line/functions-runtime/sources";
import type { Project } from "@support-line/stage";
import { relative, sep } from "node:path";

export interface FunctionChange {
  /** As the Function is asked for, `/find-agent`; an adopted one's by its folder, `adopted/shop/assign`. */
  readonly path: string;
  readonly how: "new" | "changed" | "gone";
  /** Files that it imports and that changed, where its own did not. */
  readonly through: readonly string[];
}

/** A Function's file in the project, with its name; tests, types and shared code are none. */
const ownFile =
  /^functions\/((?!(?:.*\/)?(?:shared|testing|node_modules)\/).+?)(?:\.(?:protected|private))?\.[jt]s$/;
const noFunction = /\.(?:test|d)\.[jt]s$/;

/**
 * The Functions that a change touches, by their paths.
 *
 * @param files that changed, as paths in the project
 * @param isNew whether a file was not there before
 * @param isThere whether a file is there now
 */
export async function functionChanges(
  project: Pick<Project, "folder" | "functions">,
  files: readonly string[],
  { isNew, isThere }: Readonly<Record<"isNew" | "isThere", (file: string) => boolean>>,
): Promise<FunctionChange[]> {
  const found = new Map<string, FunctionChange>();
  for (const file of files) {
    const [, name = ""] = ownFile.exec(file) ?? [];
    if (name === "" || noFunction.test(file)) continue;
    const path = name.startsWith("adopted/") ? name : `/${name}`;
    const how = !isThere(file) ? "gone" : isNew(file) ? "new" : "changed";
    // A file that was renamed to another visibility is one Function, and two files.
    const isBoth = found.has(path) && found.get(path)?.how !== how;
    found.set(path, { path, how: isBoth ? "changed" : how, through: [] });
  }
  const changed = new Set(files);
  for (const { path, sources } of await bundled(project)) {
    if (found.has(path)) continue;
    const through = sources
      .map((source) => relative(project.folder, source).split(sep).join("/"))
      .filter((source) => changed.has(source));
    if (through.length > 0) found.set(path, { path, how: "changed", through });
  }
  return [...found.values()].toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** None where one cannot be bundled: the stage's check says which, and why. */
async function bundled({ functions }: Pick<Project, "functions">): Promise<readonly BundledFunction[]> {
  try {
    return await functions();
  } catch (error) {
    if (error instanceof FunctionsError) return [];
    throw error;
  }
}
