/** Circles in a graph, and what comes before what. */

type Next = (name: string) => readonly string[];

/** The parts of a graph in which one comes back to where one was: several widgets, or one that leads to itself. */
export function circlesOf(names: readonly string[], next: Next): string[][] {
  return partsOf(names, next).filter((part) => hasCircle(part, next));
}

function hasCircle(part: readonly string[], next: Next): boolean {
  const [first = ""] = part;
  return part.length > 1 || next(first).includes(first);
}

/**
 * By name, everything that leads to it; itself when a way leads back. Widgets that lead to each other share what they
 * know, and each part of the graph is one row of bits, so that a thousand widgets take milliseconds.
 */
export function ancestorsOf(
  names: readonly string[],
  next: Next,
): (name: string, ancestor: string) => boolean {
  const index = new Map(names.map((name, at) => [name, at]));
  const parts = partsOf(names, next).reverse();
  const partOf = new Map(parts.flatMap((part, at) => part.map((name) => [name, at] as const)));
  const rows = parts.map(() => new Uint32Array(Math.ceil(names.length / 32)));
  // A part stands before all that it leads to: its row is whole when its turn comes.
  for (const [at, part] of parts.entries()) {
    const own = rows[at] ?? new Uint32Array(0);
    const through = own.slice();
    for (const name of part) set(through, index.get(name) ?? 0);
    if (hasCircle(part, next)) own.set(through);
    for (const to of new Set(part.flatMap(next).map((name) => partOf.get(name)))) {
      const row = to === undefined || to === at ? undefined : rows[to];
      row?.forEach((bits, word) => {
        row[word] = bits | (through[word] ?? 0);
      });
    }
  }
  return (name, ancestor) => {
    const row = rows[partOf.get(name) ?? -1];
    const at = index.get(ancestor);
    return row !== undefined && at !== undefined && (((row[at >> 5] ?? 0) >>> (at & 31)) & 1) === 1;
  };
}

function set(row: Uint32Array, at: number): void {
  row[at >> 5] = (row[at >> 5] ?? 0) | (1 << (at & 31));
}

/**
 * The strongly connected parts of a graph, each after all that it leads to. Tarjan's algorithm without recursion, so that
 * a chain of any length is no trouble.
 */
function partsOf(names: readonly string[], next: Next): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  for (const start of names) {
    if (index.has(start)) continue;
    const work: { name: string; to: readonly string[]; at: number }[] = [];
    const enter = (name: string): void => {
      index.set(name, index.size);
      low.set(name, index.size - 1);
      open.push(name);
      isOpen.add(name);
      work.push({ name, to: next(name), at: 0 });
    };
    const lower = (name: string, value: number): void => {
      low.set(name, Math.min(low.get(name) ?? value, value));
    };
    enter(start);
    for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
      const to = frame.to[frame.at++];
      if (to !== undefined) {
        if (!index.has(to)) enter(to);
        else if (isOpen.has(to)) lower(frame.name, index.get(to) ?? 0);
        continue;
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) lower(parent.name, low.get(frame.name) ?? 0);
      if (low.get(frame.name) !== index.get(frame.name)) continue;
      const part = open.splice(open.lastIndexOf(frame.name));
      for (const each of part) isOpen.delete(each);
      found.push(part);
    }
  }
  return found;
}
