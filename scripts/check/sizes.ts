import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sourceFiles } from "./source-files.ts";

/** A file that is longer has more than one subject. */
const ceiling = 400;

/** Names the files that are too long. */
export function check(root: string): string[] {
  return sourceFiles(root).flatMap((file) => {
    const lines = readFileSync(join(root, file), "utf8").trimEnd().split("\n").length;
    return lines > ceiling
      ? [`${file} has ${lines} lines; ${ceiling} is the most, so split it by subject`]
      : [];
  });
}
