/**
 * Which layer each item stands in. dagre's own way to find out takes more than half of its time and grows with the
 * square of the widgets; a Flow comes from one Trigger, for which something simpler gives the same picture.
 */
import type { Graph } from "@dagrejs/dagre";

/** Gives each node of a graph without loops its `rank`: below all that lead to it, and no further up than it need be. */
export function rank(graph: Graph): void {
  const nodes = graph.nodes();
  const into = new Map<string, Step[]>(nodes.map((id) => [id, []]));
  const out = new Map<string, Step[]>(nodes.map((id) => [id, []]));
  for (const edge of graph.edges()) {
    const { minlen = 1, weight = 1 } = graph.edge(edge);
    into.get(edge.w)?.push({ id: edge.v, minlen, weight });
    out.get(edge.v)?.push({ id: edge.w, minlen, weight });
  }
  const order = inOrder(nodes, into, out);
  const ranks = new Map<string, number>();
  const at = (id: string) => ranks.get(id) ?? 0;
  for (const id of order) {
    ranks.set(id, Math.max(0, ...(into.get(id) ?? []).map((step) => at(step.id) + step.minlen)));
  }
  // What leads to more than leads to it is drawn towards what it leads to.
  for (const id of order.reverse()) {
    const [above, below] = [into.get(id) ?? [], out.get(id) ?? []];
    if (below.length === 0 || weigh(below) <= weigh(above)) continue;
    ranks.set(id, Math.min(...below.map((step) => at(step.id) - step.minlen)));
  }
  for (const id of nodes) graph.node(id).rank = at(id);
}

interface Step {
  readonly id: string;
  readonly minlen: number;
  readonly weight: number;
}

const weigh = (steps: readonly Step[]) => steps.reduce((sum, { weight }) => sum + weight, 0);

/** Each node after all that lead to it. */
function inOrder(
  nodes: readonly string[],
  into: ReadonlyMap<string, readonly Step[]>,
  out: ReadonlyMap<string, readonly Step[]>,
): string[] {
  const open = new Map(nodes.map((id) => [id, into.get(id)?.length ?? 0]));
  const order = nodes.filter((id) => open.get(id) === 0);
  // The list grows while it is walked.
  for (const id of order) {
    for (const step of out.get(id) ?? []) {
      const left = (open.get(step.id) ?? 0) - 1;
      open.set(step.id, left);
      if (left === 0) order.push(step.id);
    }
  }
  return order;
}
