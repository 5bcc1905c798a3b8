/** A long way through a Flow, told short. */

/** A part of a way; `times` is above one where it was walked again and again. */
export interface Rounds<Item> {
  readonly items: readonly Item[];
  readonly times: number;
}

/** As many widgets as a round may have, and as often as it is walked before it is told in one. */
const longest = 20;
const fewest = 4;

/**
 * Cuts a way into parts that were walked once and rounds that were walked over and over.
 *
 * @param nameOf what makes two steps the same
 */
export function inRounds<Item>(way: readonly Item[], nameOf: (item: Item) => string): Rounds<Item>[] {
  const names = way.map(nameOf);
  const parts: { items: Item[]; times: number }[] = [];
  for (let at = 0; at < way.length;) {
    const { length, times } = roundAt(names, at);
    const items = way.slice(at, at + length);
    const last = parts.at(-1);
    if (times === 1 && last?.times === 1) last.items.push(...items);
    else parts.push({ items, times });
    at += length * times;
  }
  return parts;
}

/** The round that begins at a place of a way: its length, and how often it is walked. */
function roundAt(names: readonly string[], at: number): { readonly length: number; readonly times: number } {
  for (let length = 1; length <= longest && at + length * fewest <= names.length; length += 1) {
    let end = at + length;
    while (end < names.length && names[end] === names[end - length]) end += 1;
    const times = Math.floor((end - at) / length);
    if (times >= fewest) return { length, times };
  }
  return { length: 1, times: 1 };
}

/** A way in one line: `Trigger > ask > (check > again) 498 times > end`. */
export function wayShown(widgets: readonly string[]): string {
  return inRounds(widgets, (name) => name)
    .map(({ items, times }) => {
      const words = items.join(" > ");
      if (times === 1) return words;
      return `${items.length === 1 ? words : `(${words})`} ${times} times`;
    })
    .join(" > ");
}
