/** Text in a picture: how wide it is, where it wraps, how it is shortened. No font is asked: a browser may have another. */

const narrow = /[iljt.,:;'|!()[\]{}`I ]/;
const wide = /[mwMW@%—…]/;
const capital = /[A-Z0-9#&<>=+?_$~^→]/;
const full =
  /[\p{Extended_Pictographic}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Width of a character in ems; what is not named is as wide as a small letter. */
function emsOf(character: string): number {
  if (narrow.test(character)) return 0.37;
  if (wide.test(character)) return 0.94;
  if (capital.test(character)) return 0.7;
  return full.test(character) ? 1.3 : 0.6;
}

const ascii = Array.from({ length: 128 }, (_, code) => emsOf(String.fromCharCode(code)));

/** What the text takes at most in a common sans-serif face, in pixels. */
export function widthOf(text: string, size: number): number {
  let ems = 0;
  for (const character of text) ems += ascii[character.codePointAt(0) ?? 0] ?? emsOf(character);
  return ems * size;
}

/** At most that many characters, cut between two characters as people count them, with an ellipsis where it was cut. */
export function shortened(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}

/**
 * Lines no wider than `width` pixels; words that are wider are broken. What is beyond `lines` is cut with an ellipsis.
 * White space and the text's own line breaks count as one space each run.
 */
export function wrapped(
  text: string,
  { width, size, lines }: { width: number; size: number; lines: number },
): string[] {
  if (text === "") return [];
  if (text.length < 200 && !/\s\s|[^\S ]|^ | $/.test(text) && widthOf(text, size) <= width) return [text];
  const found: string[] = [];
  let line = "";
  const end = () => {
    if (line !== "") found.push(line);
    line = "";
  };
  // A text may be a million characters long; no picture shows more of it than this.
  for (const word of [...text.slice(0, 2000).matchAll(/\S+/g)].flatMap(([each]) =>
    broken(each, width, size),
  )) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer, size) <= width) line = longer;
    else {
      end();
      line = word;
    }
    if (found.length > lines) break;
  }
  end();
  if (found.length <= lines) return found;
  const kept = found.slice(0, lines);
  const last = kept.pop() ?? "";
  return [...kept, cut(last, width, size)];
}

function cut(line: string, width: number, size: number): string {
  let kept = [...line];
  while (kept.length > 0 && widthOf(`${kept.join("")}…`, size) > width) kept = kept.slice(0, -1);
  return `${kept.join("").replace(/[\s.,;:]+$/, "")}…`;
}

/** A word in pieces that fit, broken after a character where a name or an address may break when there is one. */
function broken(word: string, width: number, size: number): string[] {
  if (widthOf(word, size) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (widthOf(piece + character, size) > width) {
      const at = Math.max(...["-", "_", "/", ".", "="].map((mark) => piece.lastIndexOf(mark))) + 1;
      const break_ = at > piece.length / 2 ? at : piece.length;
      pieces.push(piece.slice(0, break_));
      piece = piece.slice(break_);
    }
    piece += character;
  }
  return [...pieces, piece];
}
