/** What Flows lead to: Functions of a folder, or a project. */
import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { functionPathsIn } from "@support-line/functions-runtime";
import { openProject, type Project } from "@support-line/stage";
import { CliError } from "../errors.ts";
import { flowName } from "./flow-files.ts";

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

/** Paths of the Functions in a folder that somebody named. */
export function functionPathsFor(named: string): string[] {
  return functionPathsIn(functionsFolder(named));
}

/**
 * The project whose template a file is, with the template's name; undefined for a Flow that lies elsewhere.
 *
 * @throws ProjectError when the project cannot be read
 */
export function templateOf(path: string): { readonly project: Project; readonly name: string } | undefined {
  const folder = dirname(resolve(path));
  if (basename(folder) !== "flow-templates" || !existsSync(join(dirname(folder), "Pulumi.yaml"))) {
    return undefined;
  }
  return { project: openProject(dirname(folder)), name: flowName(path) };
}
