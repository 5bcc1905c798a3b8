import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders that hold nothing we write: installed, generated or made while running. */
const notOurs = new Set([".git", ".state", ".tools", "dist", "node_modules", "sdks"]);

/** Every source file of the project that people write, relative to its root, in order. */
export function sourceFiles(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : sourceFiles(root, path);
      return /\.m?tsx?$|\.mjs$/.test(path) && !/\.gen\.ts$/.test(path) ? [path] : [];
    })
    .sort();
}
