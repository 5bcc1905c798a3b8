/** What `create` makes projects of: the reference project's files, as the manifest names them, and what it installs. */
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isCopied, ownManifest, templateNames } from "../../packages/create/manifest.ts";

/**
 * Writes them.
 *
 * @param root of the repository
 * @param folder to write into
 */
export function writeTemplate(root: string, folder: string): void {
  const words = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const files = execFileSync("git", words, { cwd: root, encoding: "utf8" }).trim().split("\n");
  const isWanted = (file: string) =>
    [null, ...templateNames].some((template) => isCopied(ownManifest, file, template));
  for (const file of files.filter(isWanted)) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const text = JSON.stringify({ dependencies, devDependencies }, null, 2);
  writeFileSync(join(folder, "reference.json"), `${text}\n`);
}
