/** Writes a deployment where its process can load it. */
import { mkdtempSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PlacedFile } from "./child/messages.ts";
import type { DeployedFile, Deployment } from "./types.ts";

/** Where the files of a deployment are. The folder is readable by its owner alone. */
export interface PlacedDeployment {
  readonly folder: string;
  /** Where its Functions may write. */
  readonly temporary: string;
  readonly functions: readonly PlacedFile[];
  readonly assets: readonly PlacedFile[];
}

/** Writes Functions and Assets into a new private folder. File names are numbers: a path from outside never becomes one. */
export function placeDeployment(deployment: Deployment): PlacedDeployment {
  const folder = mkdtempSync(join(tmpdir(), "functions-"));
  writeFileSync(join(folder, "package.json"), '{"type":"commonjs"}');
  const place = (kind: string, extension: string) => (file: DeployedFile, at: number) => {
    const path = join(folder, kind, `${at}-${file.path.replace(/[^\w.-]+/g, "-").slice(-60)}${extension}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.content);
    return { path: file.path, visibility: file.visibility, file: path };
  };
  const temporary = join(folder, "tmp");
  mkdirSync(temporary);
  return {
    folder,
    temporary,
    functions: deployment.functions.map(place("functions", ".js")),
    assets: deployment.assets.map(place("assets", "")),
  };
}
