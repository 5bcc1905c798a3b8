/**
 * In which order items stand in their layers, so that few ways cross: each is put at the middle of those it is joined to,
 * layer by layer, down and up, as long as that helps. dagre does the same for graphs in graphs, which takes ten times as
 * long.
 */
import type { Graph } from "@dagrejs/dagre";

/** Sweeps without fewer crossings after which it is enough, and sweeps in all. */
const enough = { inVain: 4, inAll: 24 };

interface Joined {
  readonly other: number;
  readonly weight: number;
}

/** Gives each node of a graph, whose edges lead from one layer to the next, its `order` in its layer. */
export function order(graph: Graph): void {
  const ids = graph.nodes();
  const nodes = ids.map((id) => graph.node(id));
  const index = new Map(ids.map((id, at) => [id, at]));
  const [above, below] = [nodes.map((): Joined[] => []), nodes.map((): Joined[] => [])];
  for (const edge of graph.edges()) {
    const [from, to] = [index.get(edge.v) ?? 0, index.get(edge.w) ?? 0];
    const { weight = 1 } = graph.edge(edge);
    above[to]?.push({ other: from, weight });
    below[from]?.push({ other: to, weight });
  }
  let layers = asTheyCome(
    nodes.map(({ rank = 0 }) => rank),
    below,
  );
  let best = layers;
  let fewest = crossings(layers, below);
  for (let sweep = 0, inVain = 0; sweep < enough.inAll && inVain < enough.inVain && fewest > 0; sweep++) {
    layers = swept(
      layers,
      sweep % 2 === 0 ? { joined: above, down: true } : { joined: below, down: false },
      sweep % 4 > 1,
    );
    const count = crossings(layers, below);
    inVain++;
    if (count >= fewest) continue;
    [best, fewest, inVain] = [layers, count, 0];
  }
  for (const layer of best) {
    for (const [at, node] of layer.entries()) {
      const label = nodes[node];
      if (label !== undefined) label.order = at;
    }
  }
}

/** Layers in the order in which a walk from the top finds their nodes, depth first. */
function asTheyCome(ranks: readonly number[], below: readonly (readonly Joined[])[]): number[][] {
  const layers: number[][] = Array.from({ length: Math.max(0, ...ranks) + 1 }, () => []);
  const seen = new Set<number>();
  const starts = ranks.map((rank, node) => ({ rank, node })).sort((one, other) => one.rank - other.rank);
  for (const { node: start } of starts) {
    const open = [start];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      layers[ranks[node] ?? 0]?.push(node);
      for (const { other } of (below[node] ?? []).toReversed()) open.push(other);
    }
  }
  return layers;
}

/** Each layer sorted by the layer before it. Of two that are equal, the right one comes first when `turned`. */
function swept(
  layers: readonly (readonly number[])[],
  { joined, down }: { joined: readonly (readonly Joined[])[]; down: boolean },
  turned: boolean,
): number[][] {
  const result = layers.map((layer) => [...layer]);
  const places = new Map<number, number>();
  const note = (layer: readonly number[]) => {
    for (const [at, node] of layer.entries()) places.set(node, at);
  };
  const steps = [...result.keys()];
  for (const at of down ? steps : steps.reverse()) {
    const layer = result[at] ?? [];
    const middles = layer.map((node) => middle(joined[node] ?? [], places));
    const sorted = layer
      .map((node, place) => ({ node, place, middle: middles[place] ?? null }))
      .filter((each) => each.middle !== null)
      .sort(
        (one, other) =>
          (one.middle ?? 0) - (other.middle ?? 0) ||
          (turned ? other.place - one.place : one.place - other.place),
      );
    // What is joined to nothing stays where it stands.
    let next = 0;
    result[at] = layer.map((node, place) =>
      middles[place] === null ? node : (sorted[next++]?.node ?? node),
    );
    note(result[at]);
  }
  return result;
}

function middle(joined: readonly Joined[], places: ReadonlyMap<number, number>): number | null {
  let [sum, weights] = [0, 0];
  for (const { other, weight } of joined) {
    sum += weight * (places.get(other) ?? 0);
    weights += weight;
  }
  return weights === 0 ? null : sum / weights;
}

/** Weighted crossings between neighbouring layers (Barth, Jünger, Mutzel: Simple and Efficient Bilayer Cross Counting). */
function crossings(layers: readonly (readonly number[])[], below: readonly (readonly Joined[])[]): number {
  let count = 0;
  for (const [at, layer] of layers.entries()) {
    const lower = layers[at + 1] ?? [];
    const places = new Map(lower.map((node, place) => [node, place]));
    const tree = new Array<number>(lower.length + 1).fill(0);
    let total = 0;
    for (const node of layer) {
      const ends = (below[node] ?? []).map(({ other, weight }) => ({
        place: places.get(other) ?? 0,
        weight,
      }));
      for (const { place, weight } of ends) {
        let left = 0;
        for (let slot = place + 1; slot > 0; slot -= slot & -slot) left += tree[slot] ?? 0;
        count += weight * (total - left);
      }
      for (const { place, weight } of ends) {
        total += weight;
        for (let slot = place + 1; slot < tree.length; slot += slot & -slot) {
          tree[slot] = (tree[slot] ?? 0) + weight;
        }
      }
    }
  }
  return count;
}
