/**
 * Where everything in a picture of a Flow stands: layers from the top down, as few crossings as dagre finds. The same
 * definition gives the same places, and nothing here waits.
 */
import { Graph, layout as dagre } from "@dagrejs/dagre";
import type { FlowDefinition, State } from "../types.ts";
import { cardOf } from "./card.ts";
import { pictureOf, type Item, type Label, type Picture, type Way } from "./picture.ts";
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
  return place(pictureOf(definition, { ends }), sizeOf, words);
}

export const wordSize = { font: 11.5, line: 15, side: 5 } as const;
const endSize: Size = { width: 22, height: 22 };

/** Places for a picture. */
export function place({ items, ways }: Picture, sizeOf: (state: State) => Size, words = true): Layout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: "TB", nodesep: 36, ranksep: 34, edgesep: 18, marginx: 20, marginy: 20 });
  for (const item of items) graph.setNode(item.id, { ...sizeOfItem(item, sizeOf) });
  const lines = ways.map(({ labels }) => (words ? linesOf(labels) : []));
  for (const [at, { from, to }] of ways.entries()) {
    graph.setEdge(from, to, { ...sizeOfLines(lines[at] ?? []), labelpos: "c" }, String(at));
  }
  dagre(graph);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width: finite(width),
    height: finite(height),
    nodes: items.map(({ id, kind }) => {
      const node = graph.node(id);
      const { width: wide, height: high } = node;
      return { id, kind, x: node.x - wide / 2, y: node.y - high / 2, width: wide, height: high };
    }),
    edges: ways.map((way, at) => {
      const edge = graph.edge(way.from, way.to, String(at));
      const own = lines[at] ?? [];
      const { x, y, points } = edge;
      const label = own.length === 0 ? null : { x, y, ...sizeOfLines(own), lines: own };
      return { ...way, points: points.map((point) => ({ x: point.x, y: point.y })), words: label };
    }),
  };
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
