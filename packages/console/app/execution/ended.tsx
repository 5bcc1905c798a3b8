/** Where an Execution stands or ended, and by what: the widget that failed before the one that it came to last. */
import type { ReactNode } from "react";
import type { Execution } from "../api/shapes.ts";
import { codeExplained } from "./codes.ts";

/** Ways out that mean failure, as somebody would say them. */
const ways: Readonly<Record<string, string>> = {
  fail: "failed",
  failed: "failed",
  failure: "failed",
  deliveryFailure: "its message was not delivered",
  undelivered: "a message did not arrive",
  failedToEnqueue: "could not enqueue",
  callFailure: "the call failed",
};

export function EndedAt({ execution }: { readonly execution: Execution }): ReactNode {
  const { failures, state } = execution;
  const last = failures.at(-1);
  if (last === undefined) return <span className="mono">{state}</span>;
  const { state: failedAt, event, code, words } = last;
  const said = ways[event] ?? event;
  const meaning = code === null ? words : codeExplained(code) || words;
  const others = failures.length - 1;
  return (
    <span title={[failedAt || state, said, meaning].filter(Boolean).join(": ")}>
      <span className="mono">{failedAt === "" ? state : failedAt}</span>{" "}
      <span className="bad-text">
        {said}
        {code === null ? "" : ` (${code})`}
        {others === 0 ? "" : `, and ${others} more`}
      </span>
    </span>
  );
}
