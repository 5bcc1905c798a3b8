/** Widgets that lead to many: their branches stand in two rows, so that the picture is not absurdly wide. */
import type { Way } from "./picture.ts";

/** As many branches stand side by side. */
const most = 6;
/** How many layers of a branch count. */
const deepest = 5;

/**
 * How many layers a way spans at least: 1, or for the deeper half of many branches as many as the other half has, so that
 * they begin where those have ended.
 */
export function spans(ways: readonly Way[]): ReadonlyMap<Way, number> {
  const from = Map.groupBy(ways, (way) => way.from);
  const depthOf = (id: string): number => {
    const seen = new Set([id]);
    let [depth, layer] = [0, [id]];
    while (layer.length > 0 && depth < deepest) {
      const next = new Set(layer.flatMap((each) => (from.get(each) ?? []).map(({ to }) => to)));
      layer = [...next].filter((each) => !seen.has(each));
      for (const each of layer) seen.add(each);
      depth++;
    }
    return depth;
  };
  const found = new Map<Way, number>();
  for (const branches of from.values()) {
    if (branches.length <= most) continue;
    const byDepth = branches
      .map((way) => ({ way, depth: depthOf(way.to) }))
      .sort((one, other) => one.depth - other.depth);
    const half = Math.ceil(branches.length / 2);
    const above = byDepth[half - 1]?.depth ?? 0;
    for (const { way } of byDepth.slice(half)) found.set(way, 1 + Math.min(above, deepest - 1));
  }
  return found;
}
