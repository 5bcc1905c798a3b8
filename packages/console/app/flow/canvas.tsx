/** A Flow on a canvas: zoomed, searched, with the path of an Execution lit. */
import {
  Background,
  BackgroundVariant,
  Controls,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { useEffect, useMemo, useRef, useState, type ReactNode } from "react";
import type { Picture } from "../api/shapes.ts";
import { litNodes, litWires, nodesOf, wiresOf, type Arrangement } from "./graph.ts";
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
  const { setCenter, getNode } = useReactFlow();

  const show = (name: string): void => {
    const node = getNode(name);
    if (node === undefined) return;
    const { position, width = 0, height = 0 } = node;
    void setCenter(position.x + width / 2, position.y + height / 2, { zoom: 1, duration: calm() ? 0 : 250 });
  };
  const [isMoved, setMoved] = useState(false);
  return (
    <div className="canvas">
      <ReactFlow
        nodes={litNow}
        edges={litEdges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        fitView
        fitViewOptions={{ padding: 0.12, maxZoom: 1 }}
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
        <Fit key={arrangement} isWanted={!isMoved} />
        <Follow lit={lit} show={show} />
        <Panel position="top-left" className="canvas-tools">
          <WidgetSearch
            widgets={picture.widgets}
            onFind={(name) => {
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
        </Panel>
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

/** Shows the whole Flow, also when the room for it changes, until somebody moves it. */
function Fit({ isWanted }: { readonly isWanted: boolean }): null {
  const { fitView } = useReactFlow();
  const room = useStore(({ width, height }) => `${width} ${height}`);
  useEffect(() => {
    if (isWanted) void fitView({ padding: 0.12, maxZoom: 1, duration: 0 });
  }, [room, isWanted, fitView]);
  return null;
}

/** Keeps the widget that runs in sight. */
function Follow({ lit, show }: { readonly lit: Lit | null; readonly show: (name: string) => void }): null {
  const current = lit?.current ?? null;
  const { getNode } = useReactFlow();
  const view = useStore(({ transform, width, height }) => ({ transform, width, height }), same);
  const latest = useRef({ view, show, getNode });
  latest.current = { view, show, getNode };
  useEffect(() => {
    if (current === null) return;
    const node = latest.current.getNode(current);
    if (node === undefined) return;
    const {
      transform: [x, y, zoom],
      width,
      height,
    } = latest.current.view;
    const at = { left: node.position.x * zoom + x, top: node.position.y * zoom + y };
    const size = { wide: (node.width ?? 0) * zoom, high: (node.height ?? 0) * zoom };
    const isSeen =
      at.left >= 0 &&
      at.top >= 0 &&
      at.left + size.wide <= width &&
      at.top + size.high <= height &&
      zoom > 0.3;
    if (!isSeen && width > 0) latest.current.show(current);
  }, [current]);
  return null;
}

interface View {
  readonly transform: [number, number, number];
  readonly width: number;
  readonly height: number;
}
const same = (one: View, other: View): boolean =>
  one.transform === other.transform && one.width === other.width && one.height === other.height;
