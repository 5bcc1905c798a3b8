/** A widget on the canvas: what it is, what it says, and how the Execution fared in it. */
import { Handle, Position, type NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { Icon, iconOfKind } from "../design/icon.tsx";
import { Until } from "../design/time.tsx";
import type { WidgetNode } from "./graph.ts";

/** What an Execution waits for, in words. */
export const waitsFor: Readonly<Record<string, string>> = {
  waitForReply: "waits for a reply",
  runFunction: "runs its Function",
  makeRequest: "waits for an answer",
  sendMessage: "sends",
  gather: "waits for the caller",
};

export const WidgetCard = memo(function WidgetCard({ data, selected }: NodeProps<WidgetNode>): ReactNode {
  const { widget, visits, isCurrent, waiting, failed, isDim } = data;
  if (widget === null) return null;
  const { face, name } = widget;
  const line = face.speech === "" ? face.facts.join(" · ") : face.speech;
  const classes = [
    "widget",
    `kind-${face.kind}`,
    isCurrent ? "current" : "",
    visits > 0 ? "visited" : "",
    failed === null ? "" : "failed",
    isDim ? "dim" : "",
    selected === true ? "selected" : "",
  ];
  return (
    <div className={classes.filter(Boolean).join(" ")}>
      <Ports />
      <header>
        <span className="widget-icon">
          <Icon name={iconOfKind(face.kind)} />
        </span>
        <b title={name}>{name}</b>
        {visits > 1 ? <span className="times">×{visits}</span> : null}
      </header>
      {waiting !== null ? (
        <p className="widget-state wait">
          <Icon name="wait" />
          <span>
            {waitsFor[waiting.for] ?? "waits"} {waiting.until === null ? null : <Until at={waiting.until} />}
          </span>
        </p>
      ) : failed !== null ? (
        <p className="widget-state bad" title={failed}>
          <Icon name="warn" />
          <span>{failed}</span>
        </p>
      ) : (
        <p className={face.speech === "" ? "widget-line" : "widget-line speech"} dir="auto">
          {line === "" ? face.deed : line}
        </p>
      )}
    </div>
  );
});

function Ports(): ReactNode {
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </>
  );
}

export const EndNode = memo(function EndNode({ data }: NodeProps<WidgetNode>): ReactNode {
  return (
    <div className={`end-node ${data.isDim ? "dim" : ""}`} title="The Flow ends">
      <Ports />
    </div>
  );
});

export const MissingNode = memo(function MissingNode({ data }: NodeProps<WidgetNode>): ReactNode {
  return (
    <div className="widget missing" title="The Flow has no such widget">
      <Ports />
      <header>
        <Icon name="warn" />
        <b>{data.label}</b>
      </header>
    </div>
  );
});
