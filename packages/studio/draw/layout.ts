/**
 * Where everything in a picture of a Flow stands: layers from the top down, as few crossings as dagre finds. The same
 * definition gives the same places, and nothing here waits.
 */
import { Graph, layout as dagre } from "@dagrejs/dagre";
import { readDefinition } from "../read-definition.ts";
import type { FlowDefinition, State } from "../types.ts";
import { cardOf } from "./card.ts";
import { order } from "./order.ts";
import { pictureOf, type Item, type Label, type Picture, type Way } from "./picture.ts";
import { spans } from "./fans.ts";
import { withPorts } from "./ports.ts";
import { rank } from "./rank.ts";
import { widthOf, wrapped } from "./text.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An item with its place: `x` and `y` are its top left corner, in pixels. */
export interface LayoutNode extends Point, Size {
  /** The widget's name; an id of the picture's own for an end. */
  readonly id: string;
  readonly kind: Item["kind"];
}

/** A way with its place. */
export interface LayoutEdge extends Way {
  /** From the border of the one to the border of the other; a curve may pass close to those between. */
  readonly points: readonly Point[];
  /** Where its words stand: the middle, and a line each; null when it has none. */
  readonly words: (Point & Size & { readonly lines: readonly WordsLine[] }) | null;
}

/** A line of an edge's words, and the transition it belongs to. */
export interface WordsLine {
  readonly text: string;
  readonly transition: number;
}

export interface Layout extends Size {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export interface LayoutOptions {
  /** How large a widget is drawn; as in `drawSvg` when absent. */
  readonly sizeOf?: (state: State) => Size;
  /** Whether ends of the Flow are items of their own; true when absent. */
  readonly ends?: boolean;
  /** Whether edges have words; true when absent. */
  readonly words?: boolean;
}

/** Places for a definition's widgets and transitions. A definition that Studio would refuse is drawn as far as it goes. */
export function layout(definition: FlowDefinition, options: LayoutOptions = {}): Layout {
  const { sizeOf = cardOf, ends = true, words = true } = options;
  return place(pictureOf(readDefinition(definition), { ends }), sizeOf, words);
}

export const wordSize = { font: 11.5, line: 15, side: 5 } as const;
const endSize: Size = { width: 22, height: 22 };

/** What keeps an end apart from the widget right above it, beside the words between. */
const drop = 26;
const spacing = { nodesep: 36, ranksep: 42, edgesep: 18, marginx: 20, marginy: 20 };

/** Places for a picture. */
export function place({ items, ways }: Picture, sizeOf: (state: State) => Size, words = true): Layout {
  const lines = new Map(ways.map((way) => [way, words ? linesOf(way.labels) : []]));
  const linesAt = (way: Way) => lines.get(way) ?? [];
  const hung = hungEnds(items, ways);
  const sizes = new Map(items.map((item) => [item.id, sizeOfItem(item, sizeOf)]));
  const sizeAt = (id: string) => sizes.get(id) ?? endSize;
  const graph = new Graph({ multigraph: true });
  // dagre's usual way to break loops goes as deep into the stack as the Flow is long.
  const acyclicer = items.length > 1200 ? { acyclicer: "greedy" as const } : {};
  graph.setGraph({ rankdir: "TB", rankalign: "top", ...spacing, ...acyclicer, ranker: rank });
  for (const { id } of items.filter((item) => !hung.has(item.id))) graph.setNode(id, { ...sizeAt(id) });
  for (const way of hung.values()) {
    const { width, height } = sizeAt(way.from);
    const own = sizeOfLines(linesAt(way));
    graph.setNode(way.from, {
      width: Math.max(width, own.width),
      height: height + drop + own.height + endSize.height,
    });
  }
  const drawn = ways.filter((way) => hung.get(way.to) !== way);
  const layers = spans(drawn);
  for (const [at, way] of drawn.entries()) {
    const label = { ...sizeOfLines(linesAt(way)), labelpos: "c" as const, minlen: layers.get(way) ?? 1 };
    graph.setEdge(way.from, way.to, label, String(at));
  }
  dagre(graph, { customOrder: order });
  const { width = 0, height = 0 } = graph.graph();
  const nodes = items.map(({ id, kind }): LayoutNode => {
    const size = sizeAt(id);
    const way = hung.get(id);
    const box = graph.node(way?.from ?? id);
    const y = way === undefined ? box.y - box.height / 2 : box.y + box.height / 2 - size.height;
    return { id, kind, x: box.x - size.width / 2, y, ...size };
  });
  const edges = drawn.map((way, at): LayoutEdge => {
    const { x, y, points } = graph.edge(way.from, way.to, String(at));
    if (way.from === way.to) return loop(way, graph.node(way.from), linesAt(way));
    return { ...way, points: points.map((each) => ({ ...each })), words: wordsAt({ x, y }, linesAt(way)) };
  });
  const down = [...hung.values()].map((way): LayoutEdge => {
    const { x, y, height: high } = graph.node(way.from);
    const top = y - high / 2 + sizeAt(way.from).height;
    const bottom = y + high / 2 - endSize.height;
    const words = wordsAt({ x, y: (top + bottom - 6) / 2 }, linesAt(way));
    return { ...way, points: [top, bottom].map((each) => ({ x, y: each })), words };
  });
  return {
    width: finite(width),
    height: finite(height),
    nodes,
    edges: [...withPorts(nodes, edges), ...down],
  };
}

/** Ends of widgets that lead nowhere else, with the way there: they hang right below, and dagre has less to do. */
function hungEnds(items: readonly Item[], ways: readonly Way[]): ReadonlyMap<string, Way> {
  const ends = new Set(items.filter(({ kind }) => kind === "end").map(({ id }) => id));
  const from = Map.groupBy(ways, (way) => way.from);
  return new Map(
    ways.filter(({ from: id, to }) => ends.has(to) && from.get(id)?.length === 1).map((way) => [way.to, way]),
  );
}

/** A way from a widget to itself, to the right of it, where dagre has left room. */
function loop(way: Way, { x, y, width, height }: Point & Size, lines: readonly WordsLine[]): LayoutEdge {
  const [right, quarter] = [x + width / 2, height / 4];
  const points = [-1, -0.8, 0.8, 1].map((part, at) => ({
    x: right + (at === 1 || at === 2 ? 26 : 0),
    y: y + part * quarter,
  }));
  return { ...way, points, words: wordsAt({ x: right + 12 + sizeOfLines(lines).width / 2, y }, lines) };
}

function wordsAt(middle: Point, lines: readonly WordsLine[]): LayoutEdge["words"] {
  return lines.length === 0 ? null : { ...middle, ...sizeOfLines(lines), lines };
}

/** dagre says -Infinity of what has nothing in it. */
const finite = (value: number) => (Number.isFinite(value) ? value : 0);

function sizeOfItem(item: Item, sizeOf: (state: State) => Size): Size {
  if (item.kind === "end") return endSize;
  if (item.kind === "missing") return { width: widthOf(item.id, 13) + 40, height: 40 };
  const { width, height } = sizeOf(item.state);
  return { width, height };
}

function linesOf(labels: readonly Label[]): WordsLine[] {
  const shown = labels.filter(({ text }) => text !== "");
  const lines = shown.flatMap(({ text, transition }, at) => {
    const joined = at < shown.length - 1 ? `${text} or` : text;
    return wrapped(joined, { width: 170, size: wordSize.font, lines: 3 }).map((line) => ({
      text: line,
      transition,
    }));
  });
  const more = lines.length - 9;
  const last = lines.at(8);
  return more <= 0 || last === undefined
    ? lines
    : [...lines.slice(0, 8), { text: `and ${more + 1} more`, transition: last.transition }];
}

function sizeOfLines(lines: readonly WordsLine[]): Size {
  if (lines.length === 0) return { width: 0, height: 0 };
  const widest = Math.max(...lines.map(({ text }) => widthOf(text, wordSize.font)));
  return { width: Math.ceil(widest + 2 * wordSize.side), height: lines.length * wordSize.line + 4 };
}
