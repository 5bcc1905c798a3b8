/** Which Functions and Assets a stage deploys, by name, without building them. */
import { findDeployed } from "@support-line/functions-runtime/sources";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { adoptedAssets } from "./adopted/assets.ts";
import { neededFunctions } from "./needed-functions.ts";
import type { Project } from "./project.ts";
import type { Stage } from "./stage.ts";

export interface DeployedNames {
  /** `inner/greet` */
  readonly functions: readonly string[];
  /** Paths of the Assets that anybody may read: `/prices.html`. */
  readonly assets: readonly string[];
}

/**
 * Names what a stage deploys.
 *
 * @throws TemplateError, StageError, FunctionsError when templates or Functions' files do not go together
 */
export async function deployedNames(project: Project, stage: Stage): Promise<DeployedNames> {
  if (stage.adopted !== null) {
    const folder = join(project.adoptedFolder, stage.adopted.functions?.folder ?? "");
    const isThere = stage.adopted.functions !== undefined && existsSync(folder);
    const { files } =
      stage.adopted.functions === undefined ? { files: [] } : adoptedAssets(project, stage.adopted.functions);
    return {
      functions: isThere ? findDeployed(folder).map(({ name }) => name) : [],
      assets: files.flatMap(({ path, visibility }) => (visibility === "public" ? path : [])),
    };
  }
  const needed = await neededFunctions(project, stage);
  return {
    functions: project.functionNames().filter((name) => needed.has(name)),
    assets: project.assetNames(),
  };
}
