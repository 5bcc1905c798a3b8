/** An Execution: its Flow with the path lit, and its steps to go back and forth in. */
import { useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from "react";
import type { Execution } from "../api/shapes.ts";
import { Icon } from "../design/icon.tsx";
import { Link } from "../design/link.tsx";
import { Splitter, useKeptSize } from "../design/splitter.tsx";
import { momentOf, Until } from "../design/time.tsx";
import { FlowCanvas } from "../flow/canvas.tsx";
import { litBy } from "../flow/lit.ts";
import { usePicture } from "../flow/use-picture.ts";
import { waitsFor } from "../flow/widget-card.tsx";
import { SaveTest } from "../save/save-test.tsx";
import { personAt } from "../state/people.ts";
import { usePeople } from "../state/use-people.ts";
import { pick, useRoute } from "../state/route.ts";
import { StatusChip } from "./status.tsx";
import { StepDetail } from "./step-detail.tsx";
import { StepList } from "./step-list.tsx";
import { useExecution } from "./use-execution.ts";

interface Properties {
  readonly sid: string;
  readonly isPinned?: boolean;
  readonly onPin?: (isWanted: boolean) => void;
}

export function ExecutionPanel({ sid, isPinned, onPin }: Properties): ReactNode {
  const { query } = useRoute();
  const { execution, steps, notes, invocations, problem } = useExecution(sid);
  const { picture, problem: noPicture } = usePicture(execution?.flowSid ?? null, execution?.revision ?? null);
  const stepSid = query.get("step");
  const picked = stepSid === null ? -1 : steps.findIndex((step) => step.sid === stepSid);
  const isLive = picked < 0;
  const at = isLive ? steps.length - 1 : picked;
  const step = steps[at];
  const lit = useMemo(
    () => (execution === null ? null : litBy(execution, steps, notes, at, isLive)),
    [execution, steps, notes, at, isLive],
  );
  const [selected, setSelected] = useState<string | null>(null);
  useEffect(() => setSelected(null), [stepSid]);
  const inspector = useRef<HTMLElement>(null);
  // Beside the phones there is more room below the Flow than next to it.
  const isBelow = onPin !== undefined;
  const [size, setSize] = useKeptSize(isBelow ? "steps-below" : "steps");
  const style = size === null ? {} : { "--steps": `${size}px` };
  const select = (index: number | null): void =>
    pick({ step: index === null ? null : (steps[index]?.sid ?? null), ...(onPin ? { execution: sid } : {}) });

  if (execution === null) {
    return (
      <div className="empty">
        <h2>{problem === null ? "Looking for it…" : "There is no such Execution"}</h2>
        {problem === null ? null : (
          <p>
            {problem}. It may have gone with a reset, or with its Flow.{" "}
            <Link to={["executions"]}>See all Executions</Link>
          </p>
        )}
      </div>
    );
  }
  return (
    <div className="panel">
      <Head execution={execution} name={picture?.name ?? ""} isPinned={isPinned} onPin={onPin} />
      <div className="panel-body" style={style as CSSProperties}>
        {picture === null ? (
          <p className="empty" role="status">
            {noPicture === null ? "Drawing the Flow…" : "The Flow was deleted: its steps are still here."}
          </p>
        ) : (
          <FlowCanvas
            key={`${picture.flowSid}/${picture.revision}`}
            picture={picture}
            lit={lit}
            selected={selected ?? (isLive ? null : (step?.state ?? null))}
            onSelect={(widget) => {
              setSelected(widget);
              const index = steps.findLastIndex(({ state }) => state === widget);
              if (index >= 0) select(index);
            }}
          />
        )}
        <Splitter
          label={isBelow ? "Height of the steps" : "Width of the steps"}
          orientation={isBelow ? "horizontal" : "vertical"}
          pane={inspector}
          side="after"
          min={isBelow ? 120 : 260}
          max={isBelow ? 640 : 900}
          onSize={setSize}
        />
        <aside className="inspector" aria-label="Steps of the Execution" ref={inspector}>
          <StepList
            steps={steps}
            notes={notes}
            at={at}
            isLive={isLive}
            execution={execution}
            functionsMs={invocations.reduce((sum, each) => sum + each.duration_ms, 0)}
            onSelect={select}
          />
          {step === undefined ? null : (
            <StepDetail
              key={step.sid}
              executionSid={sid}
              step={step}
              notes={notes.filter(({ data }) => data["state"] === step.state)}
              invocation={invocationOf(step, steps, invocations)}
            />
          )}
        </aside>
      </div>
    </div>
  );
}

/** The run of the Function that a step asked for: the runs of an Execution are in the order of its steps. */
function invocationOf<Run>(
  step: { readonly sid: string; readonly type: string },
  steps: readonly { readonly sid: string; readonly type: string }[],
  invocations: readonly Run[],
): Run | null {
  if (step.type !== "run-function") return null;
  const index = steps.filter(({ type }) => type === "run-function").findIndex(({ sid }) => sid === step.sid);
  return invocations[index] ?? null;
}

function Head({
  execution,
  name,
  isPinned,
  onPin,
}: {
  readonly execution: Execution;
  readonly name: string;
  readonly isPinned: boolean | undefined;
  readonly onPin: ((isWanted: boolean) => void) | undefined;
}): ReactNode {
  const people = usePeople();
  const { sid, flowSid, revision, contact, conversationSid, began, waiting } = execution;
  return (
    <header className="panel-head">
      <div className="panel-title">
        <h2>
          <Link to={["flows", flowSid]} query={revision === null ? {} : { revision: String(revision) }}>
            {name === "" ? flowSid.slice(0, 8) : name}
          </Link>
        </h2>
        <StatusChip execution={execution} />
        {waiting?.for === "waitForReply" ? (
          <span className="quiet">
            {waitsFor[waiting.for]}, times out {waiting.until === null ? "" : <Until at={waiting.until} />}
          </span>
        ) : null}
      </div>
      <div className="panel-about quiet">
        <span>{personAt(contact, people)}</span>
        <span>began {momentOf(began)}</span>
        <span>revision {revision ?? "?"}</span>
        {conversationSid === null ? null : (
          <Link to={["conversations", conversationSid]}>Conversation {conversationSid.slice(0, 6)}…</Link>
        )}
        <Link to={["executions", sid]} className="mono" title={sid}>
          {sid.slice(0, 8)}…
        </Link>
      </div>
      <div className="panel-actions">
        {onPin === undefined ? null : (
          <button
            type="button"
            className="button small"
            aria-pressed={isPinned === true}
            onClick={() => onPin(isPinned !== true)}
          >
            <Icon name={isPinned === true ? "close" : "live"} />
            {isPinned === true ? "Follow the newest" : "Stay with this one"}
          </button>
        )}
        {conversationSid === null ? null : <SaveTest conversationSid={conversationSid} />}
      </div>
    </header>
  );
}
