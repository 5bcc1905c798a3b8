/** The name that somebody likely meant. */

/** The name nearest to one that does not exist; undefined when none is near. */
export function nearName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const each of known) {
    const distance = distanceOf(wanted, each.toLowerCase());
    if (distance <= Math.max(2, wanted.length / 4) && distance < (best?.distance ?? Infinity)) {
      best = { name: each, distance };
    }
  }
  return best?.name;
}

/** How many letters to add, drop or change. */
function distanceOf(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 20) return Infinity;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1] ? 0 : 1;
      next.push(Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + same));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
