import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";
import { placesIn } from "../pack/own-places.ts";
import { sourceFiles } from "./source-files.ts";

/** What a module may know by its own place: files of its own package, or of its own room. */
const roomOf = (file: string) => /^packages\/[^/]+/.exec(file)?.[0] ?? file.split("/")[0] ?? "";

/** The one module that npm runs from the top of the checkout, whatever folder the person stands in. */
const entry = "scripts/bootstrap.mjs";

/**
 * Names the places outside a module's own room that it finds by where it stands itself. Installed from a registry, it stands
 * elsewhere: the folder of the project is a parameter.
 *
 * @param file path in the checkout
 */
export function strayPlaces(file: string, text: string): string[] {
  if (file === entry || !text.includes("import.meta")) return [];
  const room = roomOf(file);
  return placesIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest)).flatMap((place) => {
    const target = posix.normalize(posix.join(posix.dirname(file), place)).replace(/\/$/, "");
    return target === room || target.startsWith(`${room}/`)
      ? []
      : [`${file} finds ${place} by its own place; take the folder of the project as a parameter`];
  });
}

/** Names the modules that find the checkout by their own place. */
export function check(root: string): string[] {
  return sourceFiles(root).flatMap((file) => strayPlaces(file, readFileSync(join(root, file), "utf8")));
}
