/** The steps of an Execution, and a slider to go through them. */
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import type { Execution, Note, Step } from "../api/shapes.ts";
import { Icon } from "../design/icon.tsx";
import { VirtualList } from "../design/virtual-list.tsx";
import { durationOf, timeOfDay } from "../design/time.tsx";
import { hasFailed } from "../flow/lit.ts";

interface Properties {
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
  readonly at: number;
  readonly isLive: boolean;
  readonly execution: Execution;
  /** How long its Functions ran in all, in milliseconds. */
  readonly functionsMs: number;
  /** null goes on with what happens now. */
  readonly onSelect: (index: number | null) => void;
}

export function StepList({
  steps,
  notes,
  at,
  isLive,
  execution,
  functionsMs,
  onSelect,
}: Properties): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A step that was jumped to may be out of sight.
    list.current?.querySelector('[aria-current="step"]')?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const last = steps.length - 1;
  const move = (to: number): void => onSelect(Math.max(0, Math.min(last, to)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, target } = event;
    if (target instanceof HTMLInputElement) return;
    if (key === "ArrowDown" || key === "j") move(at + 1);
    else if (key === "ArrowUp" || key === "k") move(at - 1);
    else return;
    event.preventDefault();
  };
  return (
    <section className="steps" onKeyDown={onKeyDown}>
      <div className="scrubber">
        <button
          type="button"
          className="icon-button"
          aria-label="Step before"
          disabled={at <= 0}
          onClick={() => move(at - 1)}
        >
          <Icon name="left" />
        </button>
        <input
          type="range"
          aria-label="Step"
          aria-valuetext={`Step ${at + 1} of ${steps.length}: ${steps[at]?.state ?? "none"}`}
          min={0}
          max={Math.max(0, last)}
          value={Math.max(0, at)}
          disabled={steps.length < 2}
          onChange={({ target }) => onSelect(Number(target.value))}
        />
        <button
          type="button"
          className="icon-button"
          aria-label="Step after"
          disabled={at >= last}
          onClick={() => move(at + 1)}
        >
          <Icon name="right" />
        </button>
        <span className="count" aria-hidden="true">
          {steps.length === 0 ? "0" : `${at + 1} / ${steps.length}`}
        </span>
        <button
          type="button"
          className="button small"
          aria-pressed={isLive}
          onClick={() => onSelect(null)}
          title={execution.status === "active" ? "Go along with what happens" : "The end"}
        >
          {execution.status === "active" ? "Now" : "End"}
        </button>
      </div>
      <div ref={list}>
        <VirtualList
          className="step-list"
          label="Steps"
          items={steps}
          height={34}
          most={9}
          at={at}
          keyOf={({ sid }) => sid}
          render={(step, index) => (
            <button
              type="button"
              className={`step ${hasFailed(step) ? "bad" : ""}`}
              aria-current={index === at ? "step" : undefined}
              onClick={() => onSelect(index)}
            >
              <span className="step-number">{index + 1}</span>
              <span className="step-name">{step.state}</span>
              {warned(step, notes) ? <Icon name="warn" /> : null}
              <span className="step-event">
                {step.left === undefined ? stillHere(execution) : step.left.event}
              </span>
              <time dateTime={step.at ?? ""}>{step.at === null ? "" : timeOfDay(step.at)}</time>
            </button>
          )}
        />
      </div>
      {steps.length > 1 ? <p className="unseen">Arrow keys go through the steps.</p> : null}
      {execution.ended === null ? null : (
        <p className="ended quiet">Took {tookSaid(execution, functionsMs)}</p>
      )}
    </section>
  );
}

/** Twilio keeps whole seconds of an Execution, and milliseconds of its Functions: it took no less than they did. */
function tookSaid({ began, ended }: Execution, functionsMs: number): string {
  const whole = Math.max(0, Date.parse(ended ?? began) - Date.parse(began));
  const took = Math.max(whole, functionsMs);
  return took < 1000 ? "less than a second" : durationOf(took);
}

function stillHere({ status, waiting }: Execution): string {
  if (status === "ended") return "";
  return waiting === null ? "…" : "waits";
}

function warned({ state }: Step, notes: readonly Note[]): boolean {
  return notes.some(({ data }) => data["state"] === state);
}
