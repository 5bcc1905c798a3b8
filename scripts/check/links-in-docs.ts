import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { anchorsOf, linksOf } from "../docs/markdown.ts";
import { pagesOf, type Page } from "../docs/pages.ts";

/**
 * Names the links of pages that lead to no file, and to no heading of a page.
 *
 * @param isThere whether a path in the repository is a file or a folder
 */
export function brokenLinks(pages: readonly Page[], isThere: (path: string) => boolean): string[] {
  const anchors = new Map(pages.map(({ file, text }) => [file, anchorsOf(text)]));
  return pages.flatMap(({ file, text }) =>
    linksOf(text).flatMap(({ target, line }) => {
      if (/^(?:[a-z]+:|\/\/)/.test(target)) return [];
      const [path = "", anchor] = target.split("#");
      const led = path === "" ? file : normalize(join(dirname(file), decodeURI(path)));
      if (!isThere(led)) return [`${file}:${line} links to ${target}, which is not there`];
      const known = anchors.get(led);
      if (anchor === undefined || known === undefined || known.has(anchor)) return [];
      return [`${file}:${line} links to ${target}, and ${led} has no such heading`];
    }),
  );
}

/** Names every broken link of the pages. */
export function check(root: string): string[] {
  return brokenLinks(pagesOf(root), (path) => existsSync(join(root, path)));
}
