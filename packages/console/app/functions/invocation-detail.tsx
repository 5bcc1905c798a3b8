/** A run of a Function: what went in, what came out, what it printed, where it failed. */
import type { ReactNode } from "react";
import type { Invocation } from "../api/shapes.ts";
import { CopyButton } from "../design/copy.tsx";
import { shownValue } from "../design/secret.ts";
import { masked } from "../state/people.ts";
import { durationOf } from "../design/time.tsx";
import { curlOfInvocation, formOf } from "./curl.ts";

export function InvocationDetail({ invocation }: { readonly invocation: Invocation }): ReactNode {
  const { path, status, duration_ms: ms, parameters, logs, error, answer } = invocation;
  const own = formOf(parameters);
  const entries = Object.entries(own);
  return (
    <div className="invocation">
      <p>
        <b className="mono">{path}</b>{" "}
        <span className={status < 400 ? "chip ended" : "chip bad"}>{status}</span>{" "}
        <span className="quiet">{durationOf(ms)}</span>{" "}
        <CopyButton text={() => curlOfInvocation(invocation)} label="Copy as curl" />
      </p>
      {error === null ? null : (
        <div className="warning bad" role="note">
          <b>
            {error.code} {masked(error.message)}
          </b>
          {placeIn(error.stack) === null ? null : <p className="mono">at {placeIn(error.stack)}</p>}
          {error.stack === null ? null : (
            <details>
              <summary>Stack</summary>
              <pre>{masked(error.stack)}</pre>
            </details>
          )}
        </div>
      )}
      {entries.length === 0 ? null : (
        <dl className="pairs">
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <code dir="auto">{shownValue(name, value)}</code>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {answer === null ? null : (
        <>
          <p className="sub-head">
            Answer <span className="quiet">{answer.contentType}</span>
          </p>
          <pre className="answer" dir="auto">
            {answer.bytes === 0 ? "(empty)" : masked(pretty(answer.body))}
            {answer.bytes > answer.body.length ? "…" : ""}
          </pre>
        </>
      )}
      {logs.length === 0 ? null : (
        <>
          <p className="sub-head">Console</p>
          <pre className="console">
            {logs.map(({ level, message }, at) => (
              <span key={at} className={level}>
                {masked(message)}
                {"\n"}
              </span>
            ))}
          </pre>
        </>
      )}
    </div>
  );
}

/** The first place of a stack that is in somebody's own source: `functions/add-support-agent.protected.ts:34:9`. */
function placeIn(stack: string | null): string | null {
  for (const line of stack?.split("\n").slice(1) ?? []) {
    const [, place] = /\(?((?:[\w./@-]+\/)?[\w.-]+\.(?:m?[jt]s):\d+:\d+)\)?$/.exec(line.trim()) ?? [];
    if (place === undefined || /node_modules|node:|functions-runtime/.test(line)) continue;
    // A deployment lies in a folder of its own, where `functions/` is as it is in the checkout.
    return place.replace(/^.*\/functions-\w+\/(?=functions\/)/, "");
  }
  return null;
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
