/** A Flow on a canvas: zoomed, searched, with the path of an Execution lit. */
import {
  Background,
  BackgroundVariant,
  Controls,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  type Node as GraphNode,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Picture } from "../api/shapes.ts";
import { litNodes, litWires, nodesOf, wiresOf, type Arrangement, type WidgetData } from "./graph.ts";
import type { Lit } from "./lit.ts";
import { WidgetSearch } from "./search.tsx";
import { EndNode, MissingNode, WidgetCard } from "./widget-card.tsx";
import { Wire } from "./wire.tsx";

const nodeTypes = { widget: WidgetCard, end: EndNode, missing: MissingNode };
const edgeTypes = { wire: Wire };

interface Properties {
  readonly picture: Picture;
  readonly lit: Lit | null;
  readonly selected: string | null;
  readonly onSelect: (widget: string) => void;
}

export function FlowCanvas(properties: Properties): ReactNode {
  return (
    <ReactFlowProvider>
      <Canvas {...properties} />
    </ReactFlowProvider>
  );
}

function Canvas({ picture, lit, selected, onSelect }: Properties): ReactNode {
  const hasPlaces = picture.widgets.every(({ offset }) => offset !== null);
  const [arrangement, setArrangement] = useState<Arrangement>("layout");
  const nodes = useMemo(() => nodesOf(picture, arrangement), [picture, arrangement]);
  const wires = useMemo(() => wiresOf(picture, arrangement), [picture, arrangement]);
  const ends = useMemo(
    () => new Set(picture.nodes.filter(({ kind }) => kind === "end").map(({ id }) => id)),
    [picture],
  );
  const previousNodes = useRef(nodes);
  const litNow = useMemo(() => {
    const base =
      previousNodes.current.length === nodes.length && sameIds(previousNodes.current, nodes)
        ? previousNodes.current
        : nodes;
    return litNodes(base === nodes ? nodes : withPlaces(base, nodes), lit, selected);
  }, [nodes, lit, selected]);
  previousNodes.current = litNow;
  const litEdges = useMemo(() => litWires(wires, lit, ends), [wires, lit, ends]);
  const { setCenter, getNode, fitView } = useReactFlow();

  const [isMoved, setMoved] = useState(false);
  const show = (name: string): void => {
    const node = getNode(name);
    if (node === undefined) return;
    const { position, width = 0, height = 0 } = node;
    void setCenter(position.x + width / 2, position.y + height / 2, { zoom: 1, duration: calm() ? 0 : 250 });
  };
  return (
    <div className="canvas">
      <div className="canvas-tools" role="toolbar" aria-label="Tools of the Flow">
        <WidgetSearch
          widgets={picture.widgets}
          onFind={(name) => {
            setMoved(true);
            show(name);
            onSelect(name);
          }}
        />
        {hasPlaces ? (
          <button
            type="button"
            className="button small"
            aria-pressed={arrangement === "canvas"}
            title="Where the author put the widgets in Studio's editor"
            onClick={() => setArrangement(arrangement === "canvas" ? "layout" : "canvas")}
          >
            Author’s places
          </button>
        ) : null}
        <button
          type="button"
          className="button small"
          onClick={() => {
            setMoved(true);
            void fitView({ padding: 0.06, maxZoom: 1, duration: calm() ? 0 : 250 });
          }}
        >
          Whole Flow
        </button>
        {isMoved ? (
          <button type="button" className="button small" onClick={() => setMoved(false)}>
            {lit === null ? "To the beginning" : "Follow the path"}
          </button>
        ) : null}
        <span className="quiet">{picture.widgets.length} widgets</span>
      </div>
      <ReactFlow
        nodes={litNow}
        edges={litEdges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        minZoom={0.05}
        maxZoom={1.75}
        onlyRenderVisibleElements={picture.widgets.length > 60}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable
        deleteKeyCode={null}
        onMoveStart={(event) => {
          // Without an event it is the page itself that moves.
          if (event !== null) setMoved(true);
        }}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_, node) => node.type === "widget" && onSelect(node.id)}
        onKeyDown={(event) => {
          const name = event.target instanceof HTMLElement ? event.target.dataset["id"] : undefined;
          if ((event.key === "Enter" || event.key === " ") && name !== undefined) onSelect(name);
        }}
        aria-label={`Flow ${picture.name}`}
      >
        <Background variant={BackgroundVariant.Dots} gap={22} size={1} />
        <Controls showInteractive={false} position="bottom-left" />
        <Camera
          key={arrangement}
          isFree={isMoved}
          focus={lit?.last ?? picture.initial}
          before={lit?.before ?? null}
          isBegin={lit === null}
        />
        <Shown selected={selected} show={show} />
        <MiniMap
          ariaLabel="Map of the whole Flow"
          position="bottom-right"
          pannable
          zoomable
          nodeClassName={mapClass}
          nodeBorderRadius={14}
          onNodeClick={(_, { id }) => show(id)}
        />
      </ReactFlow>
    </div>
  );
}

const sameIds = (one: readonly { id: string }[], other: readonly { id: string }[]): boolean =>
  one.every(({ id }, at) => other[at]?.id === id);

/** Nodes as they were lit, where the picture has them now. */
function withPlaces<Item extends { id: string; position: { x: number; y: number } }>(
  lit: readonly Item[],
  placed: readonly Item[],
): Item[] {
  return lit.map((node, at) => {
    const position = placed[at]?.position ?? node.position;
    return node.position.x === position.x && node.position.y === position.y ? node : { ...node, position };
  });
}

const calm = (): boolean => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/** A name can be read from this size on. */
const readable = 0.8;
const margin = 24;

/**
 * Where the canvas looks, until somebody moves it: at the whole Flow where its names can be read then, else at the widget that
 * the path has come to, with the one before where both have room.
 */
function Camera({
  isFree,
  focus,
  before,
  isBegin,
}: {
  readonly isFree: boolean;
  readonly focus: string;
  readonly before: string | null;
  /** Whether nobody walks, and the Flow is looked at from its beginning. */
  readonly isBegin: boolean;
}): null {
  const { setViewport, getNode, getNodes } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFree || width === 0 || height === 0) return;
    const boxes = getNodes().map(boxOf);
    if (boxes.length === 0) return;
    const at = getNode(focus);
    const whole = around(boxes);
    const near = at === undefined ? whole : boxOf(at);
    const from = before === null ? undefined : getNode(before);
    const both = from === undefined ? near : around([near, boxOf(from)]);
    const zoomFor = ({ left, right, top, bottom }: Box): number =>
      Math.min(1, (width - 2 * margin) / (right - left), (height - 2 * margin) / (bottom - top));
    const [box] = [whole, both].filter((each) => zoomFor(each) >= readable);
    const duration = isFirst.current || calm() ? 0 : 300;
    isFirst.current = false;
    if (box === whole) {
      void setViewport(centred(whole, zoomFor(whole), width, height), { duration });
      return;
    }
    // The first widget stands at the top, and what comes after it has the room below.
    const zoom = box === undefined ? readable : Math.min(0.9, zoomFor(box));
    const placed = centred(box ?? near, zoom, width, height);
    const y = isBegin ? margin - near.top * zoom : placed.y;
    void setViewport({ ...placed, y }, { duration });
  }, [isFree, focus, before, isBegin, width, height, setViewport, getNode, getNodes]);
  return null;
}

/** Brings a widget that was picked elsewhere, in a list for example, into sight. */
function Shown({
  selected,
  show,
}: {
  readonly selected: string | null;
  readonly show: (name: string) => void;
}): null {
  const { getNode, getViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const latest = useRef(show);
  latest.current = show;
  useEffect(() => {
    const node = selected === null ? undefined : getNode(selected);
    if (node === undefined || width === 0) return;
    const { x, y, zoom } = getViewport();
    const { left, right, top, bottom } = boxOf(node);
    const isSeen =
      left * zoom + x >= 0 && right * zoom + x <= width && top * zoom + y >= 0 && bottom * zoom + y <= height;
    if (!isSeen) latest.current(node.id);
  }, [selected, width, height, getNode, getViewport]);
  return null;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function boxOf({ position, width = 0, height = 0 }: GraphNode): Box {
  return { left: position.x, right: position.x + width, top: position.y, bottom: position.y + height };
}

function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    right: Math.max(...boxes.map(({ right }) => right)),
    top: Math.min(...boxes.map(({ top }) => top)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

function centred(
  { left, right, top, bottom }: Box,
  zoom: number,
  width: number,
  height: number,
): { x: number; y: number; zoom: number } {
  return { x: width / 2 - ((left + right) / 2) * zoom, y: height / 2 - ((top + bottom) / 2) * zoom, zoom };
}

/** How a widget is drawn on the map. */
function mapClass({ data }: GraphNode): string {
  const { isCurrent, visits, failed } = data as Partial<WidgetData>;
  if (failed !== null && failed !== undefined) return "on-map failed";
  if (isCurrent === true) return "on-map current";
  return (visits ?? 0) > 0 ? "on-map visited" : "on-map";
}
