/**
 * Lists of addresses in Variables. Twilio allows a Variable's value 450 bytes and its key 128 characters, so a long
 * list is spread over `SUPPORT_AGENTS`, `SUPPORT_AGENTS_2` and so on. The stack writes them, the Functions read them.
 */
const maxBytes = 450;
const maxKey = 128;
const separator = ",";

/** Name of a line's Variable: `lineKey("support", "AGENTS")` is `SUPPORT_AGENTS`. */
export function lineKey(line: string, what: string): string {
  return `${line.toUpperCase().replaceAll("-", "_")}_${what}`;
}

/**
 * The Variables that hold a list, by key. The first key is always there, so that an empty list is read as one.
 *
 * @throws RangeError for a value with a comma in it or of more than 450 bytes, and for a key of more than 128 characters
 */
export function spreadList(key: string, values: readonly string[]): Record<string, string> {
  const chunks: string[] = [];
  for (const value of values) {
    if (value === "" || value.includes(separator) || bytesOf(value) > maxBytes) {
      throw new RangeError(`${key} cannot hold '${value}': give 1 to ${maxBytes} bytes without a comma`);
    }
    const last = chunks.at(-1);
    const joined = last === undefined ? value : `${last}${separator}${value}`;
    if (last === undefined || bytesOf(joined) > maxBytes) chunks.push(value);
    else chunks[chunks.length - 1] = joined;
  }
  if (chunks.length === 0) chunks.push("");
  return Object.fromEntries(chunks.map((chunk, at) => [keyAt(key, at), chunk]));
}

/** The list that `spreadList` wrote; empty when there is none. */
export function readList(variables: Readonly<Record<string, unknown>>, key: string): string[] {
  const values: string[] = [];
  for (let at = 0; ; at += 1) {
    const chunk = variables[at === 0 ? key : `${key}_${at + 1}`];
    if (typeof chunk !== "string") return values;
    values.push(...chunk.split(separator).filter((value) => value !== ""));
  }
}

function keyAt(key: string, at: number): string {
  const full = at === 0 ? key : `${key}_${at + 1}`;
  if (full.length > maxKey) throw new RangeError(`the Variable ${full} has more than ${maxKey} characters`);
  return full;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
