/** Where a project is, and what it is called. Little is loaded for it, so that it is known at once. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parse, YAMLParseError } from "yaml";
import { ProjectError } from "./errors.ts";

const projectFile = "Pulumi.yaml";

/** The nearest folder, upward from another, that has a `Pulumi.yaml`; null where none has. */
export function projectAbove(from: string): string | null {
  for (let at = resolve(from); ; at = dirname(at)) {
    if (existsSync(join(at, projectFile))) return at;
    if (dirname(at) === at) return null;
  }
}

/**
 * The same.
 *
 * @throws ProjectError when there is none
 */
export function projectFolder(from: string): string {
  const found = projectAbove(from);
  if (found !== null) return found;
  throw new ProjectError(
    `There is no ${projectFile} in ${resolve(from)} or above it; go to the folder of your project.`,
  );
}

/**
 * A project's name, as its `Pulumi.yaml` says it.
 *
 * @throws ProjectError when there is no such file, or it names none
 */
export function projectName(folder: string): string {
  const file = join(folder, projectFile);
  if (!existsSync(file)) {
    throw new ProjectError(`There is no ${file}; a project's folder has one, with the project's name.`);
  }
  const { name } = (yamlIn(file) ?? {}) as { readonly name?: unknown };
  if (typeof name === "string" && name !== "") return name;
  throw new ProjectError(`${file} names no project; give it a line like name: my-line`);
}

/**
 * What a YAML file holds.
 *
 * @throws ProjectError when it is none
 */
export function yamlIn(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    const [line] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
    const place = line === undefined ? "" : `, line ${line.line}, column ${line.col}`;
    const said = error instanceof Error ? error.message : String(error);
    throw new ProjectError(`${file} is not YAML${place}: ${yamlProblem(said)}`, { cause: error });
  }
}

/** What the parser said, in a line; it does not know that a tab is what most people have there. */
function yamlProblem(said: string): string {
  const [first = ""] = said.split("\n");
  const problem = first.replace(/ at line \d+, column \d+:?$/, "");
  return /\btabs?\b/i.test(problem) ? `${problem}; indent with blanks` : problem;
}
