/** A picture as the graph library wants it. What does not change stays the same object, so that it is not drawn anew. */
import { Position, type Edge as GraphEdge, type Node as GraphNode } from "@xyflow/react";
import type { Edge, Picture, Widget } from "../api/shapes.ts";
import { wayOf, type Lit } from "./lit.ts";

export interface WidgetData extends Record<string, unknown> {
  readonly widget: Widget | null;
  readonly label: string;
  readonly visits: number;
  readonly isCurrent: boolean;
  readonly waiting: Lit["waiting"];
  readonly failed: string | null;
  readonly isDim: boolean;
}
export interface WireData extends Record<string, unknown> {
  readonly edge: Edge;
  /** As the layout drew it; absent where widgets stand as their author put them. */
  readonly isRouted: boolean;
  readonly isTaken: boolean;
  readonly isDim: boolean;
}
export type WidgetNode = GraphNode<WidgetData, "widget" | "end" | "missing">;
export type WireEdge = GraphEdge<WireData, "wire">;
export type Arrangement = "layout" | "canvas";

/** Places of a picture's nodes; `canvas` where all widgets have a place of their author's. */
export function nodesOf(picture: Picture, arrangement: Arrangement): WidgetNode[] {
  const widgets = new Map(picture.widgets.map((widget) => [widget.name, widget]));
  const shown = picture.nodes.filter(({ kind }) => arrangement === "layout" || kind !== "end");
  return shown.map(({ id, kind, x, y, width, height }): WidgetNode => {
    const widget = widgets.get(id) ?? null;
    const place = arrangement === "canvas" ? (widget?.offset ?? { x, y }) : { x, y };
    return {
      id,
      type: kind === "widget" ? "widget" : kind === "end" ? "end" : "missing",
      position: { x: place.x, y: place.y },
      width,
      height,
      handles: [
        { type: "target", position: Position.Top, x: width / 2, y: 0, width: 1, height: 1 },
        { type: "source", position: Position.Bottom, x: width / 2, y: height, width: 1, height: 1 },
      ],
      draggable: false,
      connectable: false,
      deletable: false,
      focusable: kind === "widget",
      selectable: kind === "widget",
      ariaLabel: widget === null ? "End of the Flow" : `${widget.name}, ${widget.face.deed}`,
      data: {
        widget,
        label: id,
        visits: 0,
        isCurrent: false,
        waiting: null,
        failed: null,
        isDim: false,
      },
    };
  });
}

/** The ways between them. */
export function wiresOf(picture: Picture, arrangement: Arrangement): WireEdge[] {
  const ends = new Set(picture.nodes.filter(({ kind }) => kind === "end").map(({ id }) => id));
  return picture.edges
    .filter(({ to }) => arrangement === "layout" || !ends.has(to))
    .map((edge, at) => ({
      id: String(at),
      source: edge.from,
      target: edge.to,
      type: "wire",
      focusable: false,
      selectable: false,
      data: { edge, isRouted: arrangement === "layout", isTaken: false, isDim: false },
    }));
}

/** The nodes with the path lit on them. */
export function litNodes(
  nodes: readonly WidgetNode[],
  lit: Lit | null,
  selected: string | null,
): WidgetNode[] {
  return nodes.map((node) => {
    const visits = lit?.visits.get(node.id) ?? 0;
    const isCurrent = lit?.current === node.id;
    const waiting = isCurrent ? (lit?.waiting ?? null) : null;
    const failed = lit?.failed.get(node.id) ?? null;
    const isDim = lit !== null && visits === 0;
    const isSelected = selected === node.id;
    const { data } = node;
    const isSame =
      data.visits === visits &&
      data.isCurrent === isCurrent &&
      data.waiting === waiting &&
      data.failed === failed &&
      data.isDim === isDim &&
      (node.selected ?? false) === isSelected;
    return isSame
      ? node
      : { ...node, selected: isSelected, data: { ...data, visits, isCurrent, waiting, failed, isDim } };
  });
}

/** The ways with those lit that were taken. */
export function litWires(wires: readonly WireEdge[], lit: Lit | null, ends: ReadonlySet<string>): WireEdge[] {
  return wires.map((wire) => {
    const to = ends.has(wire.target) ? null : wire.target;
    const isTaken = lit?.ways.has(wayOf(wire.source, to)) ?? false;
    const isDim = lit !== null && !isTaken;
    const { data } = wire;
    if (data === undefined || (data.isTaken === isTaken && data.isDim === isDim)) return wire;
    return { ...wire, zIndex: isTaken ? 1 : 0, data: { ...data, isTaken, isDim } };
  });
}
