import { readFileSync } from "node:fs";
import { join } from "node:path";
import { preProcessFile } from "typescript";
import { packages } from "../pack/packages.ts";
import { packageIn, reachOf, readPackage, type PackageFile } from "../pack/reach.ts";
import { sourceFiles } from "./source-files.ts";

/**
 * Names what a package takes from another that it does not declare, and what it declares and does not take.
 *
 * @param folder of the package
 * @param imports what travels with it imports, by name, each with a file that does
 * @param byTests what its tests and generators name besides
 * @param forOthers dependencies that it finds for others
 */
export function dependencyFaults(
  folder: string,
  manifest: Pick<PackageFile, "dependencies" | "peerDependencies" | "devDependencies">,
  imports: ReadonlyMap<string, string>,
  byTests: ReadonlySet<string> = new Set(),
  forOthers: readonly string[] = [],
): string[] {
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  const missing = [...imports].filter(([name]) => declared[name] === undefined);
  const unused = Object.keys(manifest.dependencies).filter(
    (name) => !imports.has(name) && !forOthers.includes(name),
  );
  const idle = Object.keys(manifest.devDependencies).filter((name) => !byTests.has(name));
  return [
    ...missing.map(
      ([name, file]) =>
        `${folder}/${file} imports ${name}; put it among the dependencies of ${folder}/package.json`,
    ),
    ...unused.map(
      (name) => `${folder}/package.json depends on ${name}, which nothing that travels imports; take it out`,
    ),
    ...idle.map(
      (name) =>
        `${folder}/package.json has ${name} for its development, and no file of it imports that; take it out`,
    ),
  ];
}

/** Each package declares what it imports, so that it runs wherever it is installed. */
export function check(root: string): string[] {
  const sources = sourceFiles(root);
  return packages
    .filter(({ folder }) => folder.startsWith("packages/"))
    .flatMap((packed) => {
      const own = sources.filter((file) => file.startsWith(`${packed.folder}/`));
      const byAny = own.flatMap((file) => {
        const text = readFileSync(join(root, file), "utf8");
        const { importedFiles } = preProcessFile(text, true, true);
        const resolved = [...text.matchAll(/"(@?[\w-]+\/[\w./-]+)"/g)].map(([, name = ""]) => name);
        return [...importedFiles.map(({ fileName }) => fileName), ...resolved].map(packageIn);
      });
      return dependencyFaults(
        packed.folder,
        readPackage(root, packed.folder),
        reachOf(root, packed).imports,
        new Set(byAny),
        packed.forOthers,
      );
    });
}
