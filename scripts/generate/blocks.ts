/**
 * The Functions that blocks bring (`npx studio add`), as this repository's own project has them: a copy in the package, since a
 * published one knows no project. `--check` only names those that are stale.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { blocks } from "@support-line/functions/blocks";

/** Copies that are missing or say something else, each with what it should say. */
export function staleCopies(root: string): readonly { readonly file: string; readonly text: string }[] {
  return [...new Set(blocks.flatMap(({ functions }) => functions))].flatMap((name) => {
    const file = join(root, "packages/functions/blocks/files", `${name}.protected.ts`);
    const text = readFileSync(join(root, "functions", `${name}.protected.ts`), "utf8");
    return existsSync(file) && readFileSync(file, "utf8") === text ? [] : [{ file, text }];
  });
}

if (import.meta.main) {
  const stale = staleCopies(process.cwd());
  if (!process.argv.includes("--check")) {
    for (const { file, text } of stale) writeFileSync(file, text);
    console.log(`${"blocks".padEnd(14)} ${stale.length} written`);
  } else if (stale.length > 0) {
    console.error(`out of date, run npm run generate:\n  ${stale.map(({ file }) => file).join("\n  ")}`);
    process.exitCode = 1;
  }
}
