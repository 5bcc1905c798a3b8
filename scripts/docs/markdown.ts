/** What the checks and the site read off a page of Markdown. Pure. */

/** A block between fences. */
export interface Fence {
  readonly language: string;
  /** What stands behind the language, `not-run: needs an account`. */
  readonly words: string;
  readonly text: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

/** A line outside of fences, with inline code blanked where `prose` says so. */
export interface Line {
  readonly text: string;
  readonly line: number;
}

/** A heading's anchor, as GitHub makes it. */
export function slugOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

/** Splits a page into what is fenced and what is not. */
export function partsOf(page: string): {
  readonly fences: readonly Fence[];
  readonly lines: readonly Line[];
} {
  const fences: Fence[] = [];
  const lines: Line[] = [];
  let open: {
    readonly mark: string;
    readonly at: number;
    readonly info: string;
    readonly text: string[];
  } | null = null;
  for (const [at, text] of page.split("\n").entries()) {
    const mark = /^\s*(`{3,}|~{3,})(.*)$/.exec(text);
    if (open === null && mark !== null) {
      open = { mark: mark[1] ?? "", at: at + 1, info: (mark[2] ?? "").trim(), text: [] };
    } else if (open !== null && mark?.[2] === "" && mark[1]?.startsWith(open.mark) === true) {
      const [language = "", ...words] = open.info.split(/\s+/);
      fences.push({ language, words: words.join(" "), text: open.text.join("\n"), line: open.at });
      open = null;
    } else if (open === null) {
      lines.push({ text, line: at + 1 });
    } else {
      open.text.push(text);
    }
  }
  return { fences, lines };
}

/** Anchors of a page: its headings, and what it names itself. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const { lines } = partsOf(page);
  for (const { text } of lines) {
    const heading = /^#{1,6}\s+(.+?)\s*#*$/.exec(text)?.[1];
    if (heading !== undefined) {
      const slug = slugOf(heading);
      let name = slug;
      for (let again = 1; anchors.has(name); again++) name = `${slug}-${again}`;
      anchors.add(name);
    }
    for (const [, name = ""] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(name);
  }
  return anchors;
}

/** A line without what stands between backticks. */
export function proseOf(text: string): string {
  return text.replaceAll(/(`+)(?:(?!\1).)+?\1/g, "");
}

/** What a page links to: links, references, pictures, each with its line. */
export function linksOf(page: string): readonly { readonly target: string; readonly line: number }[] {
  const { lines } = partsOf(page);
  return lines.flatMap(({ text, line }) => {
    const prose = proseOf(text);
    const found = [
      ...prose.matchAll(/\]\((?:<([^>]+)>|([^)\s]+))[^)]*\)/g),
      ...prose.matchAll(/^\s*\[[^\]]+\]:\s+(\S+)()/g),
      ...prose.matchAll(/(?:src|srcset|href)="([^"]+)"()/g),
    ];
    return found
      .map(([, one, other]) => ({ target: one ?? other ?? "", line }))
      .filter(({ target }) => target !== "");
  });
}

/** Cells of the tables of a page. */
export function cellsOf(page: string): readonly { readonly text: string; readonly line: number }[] {
  const { lines } = partsOf(page);
  return lines
    .filter(({ text }) => /^\s*\|.*\|\s*$/.test(text) && !/^[\s|:-]+$/.test(text))
    .flatMap(({ text, line }) =>
      text
        .trim()
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => ({ text: cell.trim(), line })),
    );
}
