/** Where something stands in a file of YAML or JSON, so that a fault names the line. */
import { isNode, isPair, isScalar, LineCounter, parseDocument, visit, type Node } from "yaml";

/** Keys and indexes, from the outermost. */
export type PathInFile = readonly PropertyKey[];

/** Says of each path which line it is on, counted from 1; of one that is not there, the line of what it would be in. */
export function linesOf(text: string): (path: PathInFile) => number | undefined {
  let document: ReturnType<typeof parseDocument> | undefined;
  const lines = new LineCounter();
  return (path) => {
    document ??= parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
    for (let length = path.length; length > 0; length--) {
      const node = nodeAt(document, path.slice(0, length));
      const start = node?.range?.[0];
      if (start !== undefined) return lines.linePos(start).line;
    }
    return undefined;
  };
}

/** The key of a map's entry, or the item of a list: where a reader looks for it. */
function nodeAt(document: ReturnType<typeof parseDocument>, path: PathInFile): Node | undefined {
  const key = path.at(-1);
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (typeof key === "number") {
    const item: unknown = document.getIn(path, true);
    return isNode(item) ? item : undefined;
  }
  let found: Node | undefined;
  if (!isNode(parent)) return undefined;
  visit(parent, {
    Pair(_, pair) {
      if (found !== undefined || !isPair(pair)) return visit.SKIP;
      if (isScalar(pair.key) && pair.key.value === key) found = pair.key;
      return visit.SKIP;
    },
    Seq: () => visit.SKIP,
  });
  return found;
}

/** `lines[0].proxies[1]` as a path. */
export function pathOf(key: string): PathInFile {
  return [...key.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) =>
    index === undefined ? (name ?? "") : Number(index),
  );
}
