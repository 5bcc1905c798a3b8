/** Writes a project into a folder that is empty, but for Git's own. */
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { CreateError } from "../errors.ts";
import type { ProjectFile } from "./files.ts";

/** What may be there before. */
const given = new Set([".git"]);

/**
 * Sees that a project can be written into a folder.
 *
 * @throws CreateError `is-file`, `not-empty`, `plug-and-play`
 */
export function checkFolder(folder: string): void {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, ".pnp.cjs"))) throw new CreateError("plug-and-play", { folder: at });
    if (dirname(at) === at) break;
  }
  if (!existsSync(folder)) return;
  if (!statSync(folder).isDirectory()) throw new CreateError("is-file", { folder });
  const entries = readdirSync(folder).filter((entry) => !given.has(entry));
  if (entries.length === 0) return;
  const more = entries.length > 3 ? ` and ${entries.length - 3} more` : "";
  throw new CreateError("not-empty", { folder, entries: `${entries.slice(0, 3).join(", ")}${more}` });
}

/** Writes every file; none is ever written over. */
export function writeProject(folder: string, files: ReadonlyMap<string, ProjectFile>): void {
  for (const [path, { text, isExecutable }] of files) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    if (isExecutable) chmodSync(file, 0o755);
  }
}
