import { cellsOf } from "../docs/markdown.ts";
import { pagesOf, type Page } from "../docs/pages.ts";

/** Tables hold words, not paragraphs. */
const longest = 120;

/** Names the cells that hold more than a reader takes in at a glance. */
export function longCells({ file, text }: Page): string[] {
  return cellsOf(text)
    .filter(({ text: cell }) => cell.length > longest)
    .map(
      ({ text: cell, line }) =>
        `${file}:${line} has a cell of ${cell.length} characters; ${longest} are the most`,
    );
}

/** Names every long cell of the pages. */
export function check(root: string): string[] {
  return pagesOf(root).flatMap(longCells);
}
