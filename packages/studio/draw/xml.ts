/** XML, written so that whatever stands in a Flow comes out as text. */

/** A number with as many digits as a pixel needs. */
export function number(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Text as XML has it; characters that XML does not take are left out. */
export function text(content: string): string {
  return content
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"]/g, (character) => `&#${character.codePointAt(0)};`);
}

/** An element; attributes that are undefined are left out, `content` is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = "",
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${text(String(value))}"`],
  );
  return content === ""
    ? `<${name}${written.join("")}/>`
    : `<${name}${written.join("")}>${content}</${name}>`;
}
