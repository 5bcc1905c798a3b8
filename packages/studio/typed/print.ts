/** Writes literals as prettier would lay them out, at this house's width. */

/** What is written: a literal, or a call with one argument around it. */
export type Node =
  | { readonly kind: "text"; readonly text: string; readonly isString?: boolean }
  | { readonly kind: "call"; readonly name: string; readonly argument: Node }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | {
      readonly kind: "object";
      readonly entries: readonly Entry[];
      /** Stands open, a line an entry, even where it would fit into one. */
      readonly isOpen?: boolean;
    };

/** A property; without a key the value is spread. */
export interface Entry {
  readonly key?: string;
  readonly value: Node;
}

const width = 110;

/**
 * @param node what to write
 * @param indent columns before the line it starts in
 * @param used columns taken in that line, indent included
 * @param after columns that follow in the line it ends in
 */
export function print(node: Node, indent = 0, used = indent, after = 1): string {
  const line = flat(node);
  if (line !== null && used + columns(line) + after <= width) return line;
  const [inner, outer] = [" ".repeat(indent + 2), " ".repeat(indent)];
  switch (node.kind) {
    case "text":
      return node.text;
    case "call": {
      const { argument, name } = node;
      if (argument.kind !== "text") {
        return `${name}(${print(argument, indent, used + name.length + 1, after + 1)})`;
      }
      return `${name}(\n${inner}${argument.text},\n${outer})`;
    }
    case "list":
      if (node.items.length === 0) return "[]";
      return `[\n${node.items.map((item) => `${inner}${print(item, indent + 2)},\n`).join("")}${outer}]`;
    case "object":
      if (node.entries.length === 0) return "{}";
      return `{\n${node.entries.map((entry) => `${inner}${printEntry(entry, indent + 2)},\n`).join("")}${outer}}`;
  }
}

function printEntry({ key, value }: Entry, indent: number): string {
  if (key === undefined) return `...${print(value, indent, indent + 3)}`;
  const name = keySaid(key);
  const before = indent + columns(name) + 2;
  // A text too long for its line goes to the next, unless its key is so short that little would be won.
  if (value.kind === "text" && value.isString === true && columns(name) >= 5) {
    const isLong = before + columns(value.text) + 1 > width;
    return isLong ? `${name}:\n${" ".repeat(indent + 2)}${value.text}` : `${name}: ${value.text}`;
  }
  return `${name}: ${print(value, indent, before)}`;
}

/** In one line; null for what must not stand in one. */
function flat(node: Node): string | null {
  switch (node.kind) {
    case "text":
      return node.text;
    case "call": {
      const argument = flat(node.argument);
      return argument === null ? null : `${node.name}(${argument})`;
    }
    case "list": {
      if (standsOpen(node.items)) return null;
      const items = joined(node.items.map(flat));
      return items === null ? null : `[${items}]`;
    }
    case "object": {
      if (node.entries.length === 0) return "{}";
      if (node.isOpen === true) return null;
      const entries = joined(
        node.entries.map(({ key, value }) => {
          const said = flat(value);
          if (said === null) return null;
          return key === undefined ? `...${said}` : `${keySaid(key)}: ${said}`;
        }),
      );
      return entries === null ? null : `{ ${entries} }`;
    }
  }
}

function joined(parts: readonly (string | null)[]): string | null {
  return parts.includes(null) ? null : parts.join(", ");
}

/** Several objects, or several lists, each of more than one: a line each. */
function standsOpen(items: readonly Node[]): boolean {
  if (items.length < 2) return false;
  return (
    items.every((item) => item.kind === "object" && item.entries.length > 1) ||
    items.every((item) => item.kind === "list" && item.items.length > 1)
  );
}

function keySaid(key: string): string {
  if (key === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringSaid(key);
}

/** A string literal: in double quotes, unless it has more of them in it than of single ones. */
export function stringSaid(text: string): string {
  const double = JSON.stringify(text);
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return double;
  const inside = double
    .slice(1, -1)
    .replace(/\\(.)/g, (escape, each: string) => (each === '"' ? '"' : escape));
  return `'${inside.replaceAll("'", "\\'")}'`;
}

/** Columns in an editor: wide letters and pictures take two. */
function columns(text: string): number {
  if (/^[\x00-\x7f]*$/.test(text)) return text.length;
  return [...text].reduce((sum, each) => sum + columnsOf(each), 0);
}

const wide =
  /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const none = /\p{Mn}|\p{Cf}/u;

function columnsOf(letter: string): number {
  if (none.test(letter)) return 0;
  return wide.test(letter) ? 2 : 1;
}
