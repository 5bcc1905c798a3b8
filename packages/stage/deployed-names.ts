/** Which Functions and Assets a stage deploys for a line, by name, without building them. */
import { findDeployed } from "@support-line/functions-runtime/sources";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { adoptedAssets } from "./adopted/assets.ts";
import { neededFunctions } from "./needed-functions.ts";
import type { Project } from "./project.ts";
import { functionsOfLine } from "./adopted/adopted.ts";
import type { Line, Stage } from "./stage.ts";

export interface DeployedNames {
  /** `inner/greet` */
  readonly functions: readonly string[];
  /** Paths of the Assets that anybody may read: `/prices.html`. */
  readonly assets: readonly string[];
}

/**
 * Names what a stage deploys for a line: of the project's own stages, the same for each.
 *
 * @throws TemplateError, StageError, FunctionsError when templates or Functions' files do not go together
 */
export async function deployedNames(project: Project, stage: Stage, line: Line): Promise<DeployedNames> {
  if (stage.adopted !== null) {
    const own = functionsOfLine(stage.adopted, line.name);
    if (own === null) return { functions: [], assets: [] };
    const folder = join(project.adoptedFolder, own.folder);
    const { files } = adoptedAssets(project, own);
    return {
      functions: existsSync(folder) ? findDeployed(folder).map(({ name }) => name) : [],
      assets: files.flatMap(({ path, visibility }) => (visibility === "public" ? path : [])),
    };
  }
  const needed = await neededFunctions(project, stage);
  return {
    functions: project.functionNames().filter((name) => needed.has(name)),
    assets: project.assetNames(),
  };
}
