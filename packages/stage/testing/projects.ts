/** Projects for the tests of this package: the one that lies beside this file, and changed copies of it. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { openProject, type Project } from "../project.ts";

const folder = join(import.meta.dirname, "project");
/** Where npm has put what a project installs. */
const modules = fileURLToPath(import.meta.resolve("luxon")).replace(/(?<=[\\/]node_modules)[\\/].*$/, "");

/** As small as a project can be; nothing is written into it. */
export const smallProject = openProject(folder);

/** A copy of the small project with other files, by path; undefined takes one away. Gone when the file's tests are over. */
export function projectWith(files: Readonly<Record<string, string | undefined>>): Project {
  const copy = mkdtempSync(join(tmpdir(), "project-"));
  afterAll(() => rmSync(copy, { recursive: true }));
  cpSync(folder, copy, { recursive: true });
  symlinkSync(modules, join(copy, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    rmSync(join(copy, path), { force: true });
    if (text === undefined) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }
  return openProject(copy);
}
