import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";

/**
 * Whose each file outside the tool is: the person's and copied as it is, the person's and written by `create`, or the
 * repository's alone. A row is a file, or a folder with all that is in it; the longest row that fits a file counts.
 */
const manifestSchema = z.strictObject({
  copied: z.array(z.string()),
  written: z.array(z.string()),
  repository: z.array(z.string()),
});

const fits = (row: string, file: string) => (row.endsWith("/") ? file.startsWith(row) : file === row);

/**
 * Names the files that no row of the manifest speaks of, and the rows that stand twice.
 *
 * @param files paths in the checkout
 */
export function faultsOf(manifest: z.infer<typeof manifestSchema>, files: readonly string[]): string[] {
  const rows = Object.values(manifest).flat();
  const twice = rows.filter((row, at) => rows.indexOf(row) !== at);
  const homeless = files.filter((file) => !rows.some((row) => fits(row, file)));
  return [
    ...twice.map((row) => `packages/create/manifest.json names ${row} twice; it is one person's`),
    ...homeless.map(
      (file) =>
        `${file} is in no row of packages/create/manifest.json; say whether it is copied, written or the repository's`,
    ),
  ];
}

/** Names the files that the manifest of the project leaves out. */
export function check(root: string): string[] {
  const text = readFileSync(join(root, "packages/create/manifest.json"), "utf8");
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  return faultsOf(manifestSchema.parse(JSON.parse(text)), files.trim().split("\n"));
}
