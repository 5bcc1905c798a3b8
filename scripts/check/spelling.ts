import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { partsOf, proseOf } from "../docs/markdown.ts";
import { pagesOf, type Page } from "../docs/pages.ts";

/** Words of the project that no dictionary has, one a line. */
const ownWords = "scripts/docs/words.txt";

/** As much of `nspell` as is used here: it comes without types. */
type Speller = { readonly add: (word: string) => unknown; readonly correct: (word: string) => boolean };

async function openSpeller(): Promise<Speller> {
  const { default: dictionary } = await import("dictionary-en-gb");
  const nspell = createRequire(import.meta.url)("nspell") as (dictionary: unknown) => Speller;
  return nspell(dictionary);
}

const speller = await openSpeller();

/** Words of a line that somebody reads: no code, address, SID, file or name in camel case. */
function wordsOf(line: string): string[] {
  const prose = proseOf(line)
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/^\[[^\]]+\]: .*$/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/https?:\/\/\S+|\S+@\S+|\S*[/\\_]\S*|\w+\.\w{2,}/g, " ");
  return [...prose.matchAll(/\p{L}[\p{L}'’]*\p{L}|\p{L}/gu)]
    .map(([word]) => word.replaceAll("’", "'").replace(/'s$|'$/, ""))
    .filter((word) => word.length > 2 && !/\p{Ll}\p{Lu}|^\p{Lu}+s?$/u.test(word));
}

/**
 * Names the words of a page that neither the dictionary nor the project's own list has.
 *
 * @param known the project's own words, in lower case
 */
export function misspelt({ file, text }: Page, known: ReadonlySet<string>): string[] {
  return partsOf(text).lines.flatMap(({ text: line, line: at }) =>
    wordsOf(line)
      .filter((word) => !known.has(word.toLowerCase()) && !speller.correct(word))
      .map(
        (word) =>
          `${file}:${at} has "${word}", which no dictionary has; a word of ours goes into ${ownWords}`,
      ),
  );
}

/** Names every misspelt word of the pages. */
export function check(root: string): string[] {
  const known = new Set(
    readFileSync(join(root, ownWords), "utf8")
      .split("\n")
      .map((word) => word.trim().toLowerCase()),
  );
  return pagesOf(root).flatMap((page) => misspelt(page, known));
}
