import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Page {
  /** Path in the repository. */
  readonly file: string;
  readonly text: string;
}

/** What was written by others, or stands as it was found. */
const notOurs = /^(?:e2e\/states|examples\/[^/]+\/sdks)\//;

/** Every page of Markdown that people read in this repository. */
export function pagesOf(root: string): readonly Page[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.md"],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return listed
    .split("\0")
    .filter((file) => file !== "" && !notOurs.test(file))
    .flatMap((file) => {
      try {
        return [{ file, text: readFileSync(join(root, file), "utf8") }];
      } catch (error) {
        // Listed by Git, and deleted since.
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
        throw error;
      }
    });
}
