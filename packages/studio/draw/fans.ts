/** Widgets that lead to many: their branches stand in two rows, so that the picture is not absurdly wide. */
import type { Way } from "./picture.ts";

/** As many branches stand side by side. */
const most = 6;

/**
 * How many layers a way spans at least: 1, or for the deeper half of many branches as many as the other half has, so that
 * they begin where those have ended.
 */
export function spans(ways: readonly Way[]): ReadonlyMap<Way, number> {
  const from = Map.groupBy(ways, (way) => way.from);
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    // Until it is known, a loop back to it counts for nothing.
    depths.set(id, 0);
    const below = (from.get(id) ?? []).map(({ to }) => depthOf(to));
    const depth = 1 + Math.max(0, ...below);
    depths.set(id, depth);
    return depth;
  };
  const found = new Map<Way, number>();
  for (const branches of from.values()) {
    if (branches.length <= most) continue;
    const byDepth = branches.toSorted((one, other) => depthOf(one.to) - depthOf(other.to));
    const half = Math.ceil(branches.length / 2);
    const above = Math.max(...byDepth.slice(0, half).map(({ to }) => depthOf(to)));
    for (const way of byDepth.slice(half)) found.set(way, 1 + Math.min(above, 4));
  }
  return found;
}
