/** Where a text stops being JSON. */

export interface JsonFault {
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/**
 * What `JSON.parse` said, with its place.
 *
 * @param said its message
 */
export function jsonFaultOf(said: string, text: string): JsonFault {
  const lines = text.slice(0, placeOf(said, text)).split("\n");
  const problem = /^Unexpected end/.test(said)
    ? "it ends in the middle"
    : said.replace(/,? *(\.{3})?"[^]*$| (in JSON )?at position.*$/, "");
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1, problem };
}

/** Where JSON broke off: at the position that is said, at what is quoted, or at its end. */
function placeOf(said: string, text: string): number {
  const position = /at position (\d+)/.exec(said)?.[1];
  if (position !== undefined) return Number(position);
  const quoted = /"\.{0,3}([^]+?)\.{0,3}" is not valid JSON$/.exec(said)?.[1];
  const token = /^Unexpected token '([^]+?)'/.exec(said)?.[1];
  const start = quoted === undefined ? -1 : text.indexOf(quoted);
  if (start === -1) return text.length;
  return start + Math.max(0, token === undefined || quoted === undefined ? 0 : quoted.indexOf(token));
}
