import { readFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fits, manifestSchema, type Manifest } from "../../packages/create/manifest.ts";

/**
 * Names the files that no row of the manifest speaks of, and the rows that stand twice.
 *
 * @param files paths in the checkout
 */
export function faultsOf(
  manifest: Pick<Manifest, "copied" | "written" | "repository">,
  files: readonly string[],
): string[] {
  const rows = [...manifest.copied, ...manifest.written, ...manifest.repository];
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
