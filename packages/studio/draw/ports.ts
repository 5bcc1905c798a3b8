/** Where edges leave and reach their widgets: along the lower and the upper side, next to one another, none over another. */
import type { LayoutEdge, LayoutNode, Point } from "./layout.ts";

/** How far two of them are apart at most, and how far the outermost is from a corner at least. */
const apart = { between: 30, corner: 22 };

/** How far an edge is straight where it leaves or reaches a widget. */
const bend = 13;

interface Port {
  readonly edge: number;
  readonly end: "first" | "last";
  /** The point of the edge that it comes from or goes on to. */
  readonly beside: Point;
}

/**
 * The edges with their first and last points spread over the sides of their widgets, in the order in which they come.
 * A widget that is lower than others of its layer is left straight down to where its layer ends.
 */
export function withPorts(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): LayoutEdge[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const layerEnds = new Map<number, number>();
  for (const { y, height } of nodes) {
    layerEnds.set(Math.round(y), Math.max(layerEnds.get(Math.round(y)) ?? 0, y + height));
  }
  const sides = new Map<string, { node: LayoutNode; isBelow: boolean; ports: Port[] }>();
  const add = (id: string, port: Port) => {
    const node = byId.get(id);
    if (node === undefined) return;
    const isBelow = port.beside.y > node.y + node.height / 2;
    const key = `${isBelow ? "below" : "above"} ${id}`;
    const side = sides.get(key) ?? { node, isBelow, ports: [] };
    side.ports.push(port);
    sides.set(key, side);
  };
  for (const [edge, { from, to, points }] of edges.entries()) {
    const [second, before] = [points[1], points.at(-2)];
    // An edge from a widget to itself runs round its corner as it is.
    if (from === to || second === undefined || before === undefined || points.length < 3) continue;
    add(from, { edge, end: "first", beside: second });
    add(to, { edge, end: "last", beside: before });
  }
  const moved = edges.map(({ points }) => [...points]);
  for (const { node, isBelow, ports } of sides.values()) {
    const sorted = ports.toSorted((one, other) => one.beside.x - other.beside.x);
    for (const [at, port] of sorted.entries()) {
      const x = node.x + node.width / 2 + shift(at, sorted.length, node.width);
      const points = moved[port.edge] ?? [];
      const own = { x, y: isBelow ? node.y + node.height : node.y };
      const low = layerEnds.get(Math.round(node.y)) ?? 0;
      const isLower = isBelow && low > own.y + 4 && port.beside.y > low + 4;
      // Straight out of the side at first, and straight into it at last.
      const more = isLower ? [{ x, y: low }] : [{ x, y: own.y + (isBelow ? bend : -bend) }];
      moved[port.edge] =
        port.end === "first" ? [own, ...more, ...points.slice(1)] : [...points.slice(0, -1), ...more, own];
    }
  }
  return edges.map((edge, at) => ({ ...edge, points: moved[at] ?? edge.points }));
}

/** From the middle of the side. */
function shift(at: number, count: number, width: number): number {
  if (count < 2) return 0;
  const between = Math.min(apart.between, Math.max(0, width - 2 * apart.corner) / (count - 1));
  return (at - (count - 1) / 2) * between;
}
