/** Which files of a package travel: what its exports and commands lead to. Tests and fixtures are never among them. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import ts from "typescript";
import { z } from "zod";
import { placesIn } from "./own-places.ts";
import type { Packed } from "./packages.ts";

const names = z.record(z.string(), z.string()).default({});
const packageShape = z.looseObject({
  name: z.string(),
  version: z.string(),
  description: z.string().default(""),
  bin: names,
  exports: names,
  files: z.array(z.string()).default([]),
  dependencies: names,
  peerDependencies: names,
  devDependencies: names,
});
export type PackageFile = z.output<typeof packageShape>;

export function readPackage(root: string, folder: string): PackageFile {
  return packageShape.parse(JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")));
}

/** The exports that travel. */
export function exportsOf({ exports }: PackageFile, { here = [] }: Packed): Record<string, string> {
  return Object.fromEntries(
    Object.entries(exports).filter(([key]) => !here.includes(key) && !key.startsWith("./testing")),
  );
}

export interface Reach {
  /** Source files, relative to the package. */
  readonly files: readonly string[];
  /** Packages that they import, by name, each with a file that does. */
  readonly imports: ReadonlyMap<string, string>;
  /** Files that are no sources and that a module finds beside itself, by path, each with a module that does. */
  readonly data: ReadonlyMap<string, string>;
  /** Modules that commands lead to, by the command's name. */
  readonly commands: ReadonlyMap<string, string>;
}

const isSource = (path: string) => /\.(ts|mjs|cjs)$/.test(path);

/** @throws Error when a command leads nowhere */
export function reachOf(root: string, packed: Packed): Reach {
  const manifest = readPackage(root, packed.folder);
  const read = (file: string) => readFileSync(join(root, packed.folder, file), "utf8");
  const commands = new Map(
    Object.entries(manifest.bin).map(([name, bin]) => [name, commandIn(name, bin, read(bin))]),
  );
  const starts = [...Object.values(exportsOf(manifest, packed)), ...commands.values()];
  const waiting = starts.map((path) => posix.normalize(path)).filter(isSource);
  const files = new Set(waiting);
  const imports = new Map<string, string>();
  const data = new Map<string, string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const text = read(file);
    const { importedFiles } = ts.preProcessFile(text, true, true);
    const places = text.includes("import.meta")
      ? placesIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest))
      : [];
    const resolved = [...text.matchAll(/import\.meta\.resolve\("([^"]+)"\)/g)].map(([, name = ""]) => name);
    for (const specifier of [...importedFiles.map(({ fileName }) => fileName), ...resolved]) {
      if (!specifier.startsWith(".") && !specifier.startsWith("node:")) {
        imports.set(packageIn(specifier), file);
      }
    }
    const beside = [
      ...importedFiles.map(({ fileName }) => fileName).filter((name) => name.startsWith(".")),
      ...places,
    ];
    for (const place of beside) {
      const path = posix.join(dirname(file), place);
      if (!isSource(path) && existsSync(join(root, packed.folder, path))) data.set(path, file);
      if (!isSource(path) || files.has(path) || !existsSync(join(root, packed.folder, path))) continue;
      files.add(path);
      waiting.push(path);
    }
  }
  return { files: [...files].sort(), imports, data, commands };
}

/** `@scope/name/file` is of the package `@scope/name`. */
export const packageIn = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

/** A command is a small file that any Node reads; the module that it runs is the place that it names. */
function commandIn(name: string, bin: string, text: string): string {
  const [module] = placesIn(ts.createSourceFile(bin, text, ts.ScriptTarget.Latest)).filter(isSource);
  if (module === undefined) throw new Error(`${bin} names no module that ${name} runs`);
  return posix.join(dirname(bin), module);
}
