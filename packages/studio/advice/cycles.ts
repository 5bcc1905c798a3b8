/** Circles in a graph. */

/**
 * The strongly connected parts of a graph that have a circle in them: several widgets, or one that leads to itself.
 * Tarjan's algorithm without recursion, so that a chain of any length is no trouble.
 */
export function circlesOf(names: readonly string[], next: (name: string) => readonly string[]): string[][] {
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
      if (part.length > 1 || frame.to.includes(frame.name)) found.push(part);
    }
  }
  return found;
}
