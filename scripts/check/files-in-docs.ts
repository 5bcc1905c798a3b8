import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A file of this repository, as a page names it: between backticks or behind a link. */
const named =
  /[`(](?:\.\.\/)*((?:bench|docs|e2e|functions|flow-templates|infra|packages|scripts|sdks|test)\/[\w./-]+\.(?:ts|tsx|mjs|json|md|yml))[`)#]/g;

/** Pages that name files which were there before, or which the reader makes. */
const elsewhere = /^docs\/(?:how-to\/moving-a-clone\.md|tutorials\/)/;
/** Files that a person's project may have, and this one has not. */
const ofProjects = new Set(["test/first-conversation.ts"]);

/** Names the files that a page speaks of and that are not there. */
export function missingFiles(page: string, text: string, isThere: (file: string) => boolean): string[] {
  if (elsewhere.test(page)) return [];
  const files = new Set([...text.matchAll(named)].map(([, file = ""]) => file));
  return [...files]
    .filter((file) => !isThere(file) && !ofProjects.has(file))
    .map((file) => `${page} names ${file}, which is not there`);
}

/** Names what the pages of the project say of files that are gone. */
export function check(root: string): string[] {
  const docs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" });
  const pages = ["README.md", ...docs.filter((file) => file.endsWith(".md")).map((file) => `docs/${file}`)];
  return pages.flatMap((page) =>
    missingFiles(page, readFileSync(join(root, page), "utf8"), (file) => existsSync(join(root, file))),
  );
}
