/** One step: what it knew, what it changed, which Liquid became what, which conditions were tried. */
import { useEffect, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Invocation, Note, Step, StepWithContext } from "../api/shapes.ts";
import { InvocationDetail } from "../functions/invocation-detail.tsx";
import { shownValue } from "../design/secret.ts";
import { hasFailed } from "../flow/lit.ts";
import { codeExplained } from "./codes.ts";
import { ContextTree } from "./context-tree.tsx";
import { JumpToMessages } from "./jump.tsx";

interface Properties {
  readonly executionSid: string;
  readonly step: Step;
  readonly notes: readonly Note[];
  readonly invocation: Invocation | null;
}

export function StepDetail({ executionSid, step, notes, invocation }: Properties): ReactNode {
  const [whole, setWhole] = useState<StepWithContext | null>(null);
  const isLeft = step.left !== undefined;
  useEffect(() => {
    const abort = new AbortController();
    ask("step", `executions/${executionSid}/steps/${step.sid}`, { signal: abort.signal }).then(
      setWhole,
      (error: unknown) => {
        if (!(error instanceof AskError) && !(error instanceof DOMException)) throw error;
      },
    );
    return () => abort.abort();
  }, [executionSid, step.sid, isLeft]);
  const { templates, conditions, left } = step;
  return (
    <section className="detail" aria-label={`Step ${step.state}`}>
      <h3>
        {step.state} <span className="quiet">{step.type}</span>
      </h3>
      <p className="quiet way">
        {step.from === "" ? (
          "The Flow began here"
        ) : (
          <>
            came from <b>{step.from}</b> by <code>{step.event}</code>
          </>
        )}
        {left === undefined ? (
          "; it is still here"
        ) : (
          <>
            , left by <code className={hasFailed(step) ? "bad-text" : ""}>{left.event}</code> to{" "}
            <b>{left.to ?? "the end"}</b>
          </>
        )}
      </p>
      {notes.map(({ id, type, data }) => (
        <Warning key={id} type={type} data={data} />
      ))}
      <JumpToMessages step={whole} />
      {conditions.length > 0 ? (
        <div className="block">
          <h4>Conditions tried</h4>
          <ul className="conditions">
            {conditions.map(({ name, type, argument, value, held }, at) => (
              <li key={at} className={held ? "held" : ""}>
                <span className="verdict">{held ? "holds" : "no"}</span>
                <span>
                  <b>{name}</b>{" "}
                  <code dir="auto">{argument === "" ? "(empty)" : shownValue("", argument)}</code>{" "}
                  {type.replaceAll("_", " ")} <code dir="auto">{value}</code>
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <Templates templates={templates} />
      {invocation === null ? null : (
        <div className="block">
          <h4>Function</h4>
          <InvocationDetail invocation={invocation} />
        </div>
      )}
      <div className="block">
        <h4>Context</h4>
        {whole === null ? (
          <p className="quiet">…</p>
        ) : (
          <ContextTree before={whole.before} after={whole.after} />
        )}
      </div>
    </section>
  );
}

/** What has Liquid in it first; what is as it was written is folded. */
function Templates({ templates }: Pick<Step, "templates">): ReactNode {
  const [dynamic, plain] = [true, false].map((wanted) =>
    templates.filter(({ template }) => /\{[{%]/.test(template) === wanted),
  );
  if (templates.length === 0) return null;
  return (
    <div className="block">
      <h4>Liquid</h4>
      {dynamic?.length === 0 ? <p className="quiet">Nothing to render in this step.</p> : null}
      <dl className="templates">
        {dynamic?.map(({ property, template, result, error }, at) => (
          <div key={at}>
            <dt>{property}</dt>
            <dd>
              <code className="template">{template}</code>
              <span className="became" aria-label="became" role="img">
                →
              </span>
              {error === undefined ? (
                <code className="result" dir="auto">
                  {result === "" ? "(empty)" : shownValue(property, result)}
                </code>
              ) : (
                <span className="bad-text">{error}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      {plain === undefined || plain.length === 0 ? null : (
        <details>
          <summary>As written: {plain.map(({ property }) => property).join(", ")}</summary>
          <dl className="pairs">
            {plain.map(({ property, result }, at) => (
              <div key={at}>
                <dt>{property}</dt>
                <dd>
                  <code dir="auto">{shownValue(property, result)}</code>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

function Warning({ type, data }: Pick<Note, "type" | "data">): ReactNode {
  const code = typeof data["code"] === "number" ? data["code"] : null;
  const message = [data["message"], data["reason"], type].find((said) => typeof said === "string") ?? "";
  const explained = code === null ? "" : codeExplained(code);
  return (
    <div className="warning" role="note">
      <b>
        {code === null ? "" : `${code} `}
        {message}
      </b>
      {explained === "" ? null : <p>{explained}</p>}
    </div>
  );
}
