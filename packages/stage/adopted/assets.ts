/** The Assets of an adopted line: those that are as they were adopted stay as they are at Twilio, and the others are uploaded. */
import { readAssets, type ReadAsset } from "@support-line/functions-runtime/sources";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "../project.ts";
import type { AdoptedFunctions } from "./adopted.ts";

export interface AdoptedAssets {
  /** Versions that Twilio has: of what cannot be read, and of what nobody changed. */
  readonly versions: readonly string[];
  /** New, or other than what was adopted. */
  readonly changed: readonly ReadAsset[];
  /** All that lie in the folder. */
  readonly files: readonly ReadAsset[];
}

/** Folder of an adopted line's Assets. */
export function adoptedAssetsFolder({ assetsFolder }: Pick<Project, "assetsFolder">, folder: string): string {
  return join(assetsFolder, "adopted", folder);
}

/**
 * Reads them. One whose file is gone is in no further Build.
 *
 * @throws FunctionsError when two files answer at one path
 */
export function adoptedAssets(project: Project, functions: AdoptedFunctions): AdoptedAssets {
  const folder = adoptedAssetsFolder(project, functions.folder);
  const files = existsSync(folder) ? readAssets(folder) : [];
  const asAdopted = files.flatMap((asset) => {
    const known = Object.hasOwn(functions.assets, asset.path) ? functions.assets[asset.path] : undefined;
    const isSame = known?.visibility === asset.visibility && known.sha256 === sha256(asset.content);
    return known !== undefined && isSame ? [{ asset, version: known.version }] : [];
  });
  return {
    versions: [...functions.assetVersions, ...asAdopted.map(({ version }) => version)],
    changed: files.filter((file) => !asAdopted.some(({ asset }) => asset === file)),
    files,
  };
}

/** In hexadecimal digits. */
export const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");
