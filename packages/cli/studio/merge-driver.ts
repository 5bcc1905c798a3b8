/** Git's part in a merge by widget: which files, and which command. A driver's command is not cloned; each clone has its own. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { CliError } from "../errors.ts";

export interface Installed {
  /** The file that says which files are merged so. */
  readonly attributes: string;
  /** Whether it was written now. */
  readonly isNew: boolean;
  /** The command, as it stands in the clone's configuration. */
  readonly driver: string;
}

const name = "studio-flow";
const rule = `flow-templates/*.json merge=${name}`;

/**
 * Has Git merge the Flows of the project in `folder` by widget.
 *
 * @throws CliError when it is no Git repository, or `studio` is installed nowhere above it
 */
export function installMergeDriver(folder: string): Installed {
  const top = git(folder, "rev-parse", "--show-toplevel");
  // Git runs a driver at the top of the repository.
  const driver = `${relative(top, binary(folder))} merge --driver %P %O %A %B`;
  git(folder, "config", `merge.${name}.name`, "Studio Flows, by widget");
  git(folder, "config", `merge.${name}.driver`, driver);
  const attributes = join(folder, ".gitattributes");
  const text = existsSync(attributes) ? readFileSync(attributes, "utf8") : "";
  const isNew = !text.split("\n").includes(rule);
  if (isNew) writeFileSync(attributes, `${text.replace(/(?<=[^\n])$/, "\n")}${rule}\n`);
  return { attributes: ".gitattributes", isNew, driver };
}

/**
 * What to say when Git is told to merge Flows by widget and this clone does not know how; null when all is well, and where
 * there is no Git.
 */
export function missingMergeDriver(folder: string): string | null {
  const attributes = join(folder, ".gitattributes");
  if (!existsSync(attributes) || !readFileSync(attributes, "utf8").includes(`merge=${name}`)) return null;
  try {
    git(folder, "rev-parse", "--show-toplevel");
  } catch (error) {
    if (error instanceof CliError) return null;
    throw error;
  }
  try {
    if (git(folder, "config", `merge.${name}.driver`) !== "") return null;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
  }
  return "Git merges Flows as text in this clone: npx studio merge --install has it merge them by widget.";
}

/** `studio` in the nearest `node_modules`, where npm, or a workspace that hoists, put it. */
function binary(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const path = join(at, "node_modules", ".bin", "studio");
    if (existsSync(path)) return path;
    if (dirname(at) === at) throw new CliError("no-studio-command", {});
  }
}

function git(folder: string, ...words: string[]): string {
  try {
    return execFileSync("git", words, {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  } catch (error) {
    const said = (error as { stderr?: unknown }).stderr;
    const problem = typeof said === "string" && said.trim() !== "" ? said.trim() : String(error);
    throw new CliError("git-failed", { command: words.join(" "), problem });
  }
}
