/** A way between two widgets, with the words that say when it is taken. */
import { getBezierPath, type EdgeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import type { WireEdge } from "./graph.ts";

interface Point {
  readonly x: number;
  readonly y: number;
}

export const Wire = memo(function Wire(properties: EdgeProps<WireEdge>): ReactNode {
  const { data } = properties;
  if (data === undefined) return null;
  const { edge, isRouted, isTaken, isDim } = data;
  const [free, labelX, labelY] = getBezierPath(properties);
  const path = isRouted ? through(edge.points) : free;
  const words = edge.words;
  const at = isRouted && words !== null ? words : { x: labelX, y: labelY };
  const classes = ["wire", isTaken ? "taken" : "", isDim ? "dim" : "", edge.quiet ? "quiet-way" : ""];
  const tip = isRouted
    ? (edge.points.at(-1) ?? { x: properties.targetX, y: properties.targetY })
    : { x: properties.targetX, y: properties.targetY };
  return (
    <g className={classes.filter(Boolean).join(" ")}>
      <path d={path} className="wire-line" />
      <path
        d={`M${tip.x - 4} ${tip.y - 7}L${tip.x} ${tip.y - 0.5}L${tip.x + 4} ${tip.y - 7}Z`}
        className="wire-tip"
      />
      {words === null ? null : (
        <g transform={`translate(${at.x} ${at.y})`}>
          <rect
            x={-words.width / 2}
            y={-words.height / 2}
            width={words.width}
            height={words.height}
            rx={4}
            className="wire-plate"
          />
          <text className="wire-words">
            {words.lines.map(({ text }, line) => (
              <tspan key={line} x={0} y={(line - (words.lines.length - 1) / 2) * 15 + 4}>
                {text}
              </tspan>
            ))}
          </text>
        </g>
      )}
    </g>
  );
});

/** A soft line through points: from middle to middle, each point the bend between. */
function through(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, at) => {
    const next = rest[at + 1] ?? point;
    const isLast = at === rest.length - 2;
    const to = isLast ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${point.x} ${point.y} ${to.x} ${to.y}`;
  });
  return `M${first.x} ${first.y}${bends.length === 0 ? `L${last.x} ${last.y}` : bends.join("")}`;
}
