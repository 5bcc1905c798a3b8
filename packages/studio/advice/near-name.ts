/** The name that somebody likely meant. */

/** A longer name is no slip of the finger. */
const longestName = 60;

/** The name nearest to one that does not exist, in letters to add, drop or change; undefined when none is near. */
export function nearName(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  if (wanted.length > longestName) return undefined;
  let best: string | undefined;
  let most = Math.max(wanted.length < 4 ? 1 : 2, Math.floor(wanted.length / 4));
  for (const each of known) {
    const distance = distanceOf(wanted, each.toLowerCase(), most);
    if (distance === undefined) continue;
    best = each;
    most = distance - 1;
    if (most < 0) break;
  }
  return best;
}

/** How many letters to add, drop or change; undefined when it is more than `most`. */
function distanceOf(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    let least = at;
    for (let to = 1; to <= other.length; to++) {
      const same = one.charCodeAt(at - 1) === other.charCodeAt(to - 1) ? 0 : 1;
      const cost = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + same);
      next.push(cost);
      if (cost < least) least = cost;
    }
    // It never becomes less again.
    if (least > most) return undefined;
    row = next;
  }
  const distance = row.at(-1) ?? 0;
  return distance > most ? undefined : distance;
}
