/** The Functions that Flows run: which there are, in a folder. */
import { existsSync, statSync } from "node:fs";
import { relative, resolve } from "node:path";
import { functionPathsIn } from "@support-line/functions-runtime";
import { CliError } from "../errors.ts";

/**
 * A folder of Functions that somebody named.
 *
 * @throws CliError when it is none
 */
export function functionsFolder(path: string): string {
  const folder = resolve(path);
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder;
  throw new CliError("no-such-folder", { path, option: "--functions" });
}

/**
 * Paths of the Functions that a Flow can run: those of the folder that was named, else those of `functions/` here for a
 * Flow of this project; undefined when nobody knows.
 */
export function functionPathsFor(flowPath: string, named: string | undefined): string[] | undefined {
  if (named !== undefined) return functionPathsIn(functionsFolder(named));
  const isOfHere = !relative(process.cwd(), resolve(flowPath)).startsWith("..");
  const here = resolve("functions");
  return isOfHere && existsSync(here) && statSync(here).isDirectory() ? functionPathsIn(here) : undefined;
}
