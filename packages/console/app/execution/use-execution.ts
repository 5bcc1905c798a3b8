/** An Execution with its steps, kept up with while it runs. */
import { useEffect, useRef, useState } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Execution, Invocation, Note, Step } from "../api/shapes.ts";
import { update, useModel } from "../state/store.ts";

export interface Watched {
  readonly execution: Execution | null;
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
  readonly invocations: readonly Invocation[];
  /** Why it cannot be shown. */
  readonly problem: string | null;
}

interface Asked {
  readonly steps: readonly Step[];
  readonly notes: readonly Note[];
  readonly invocations: readonly Invocation[];
}

const nothingYet: Asked = { steps: [], notes: [], invocations: [] };
const noAnswer = { sid: "", asked: nothingYet, problem: null };

/** How long to gather what happens before asking again, in milliseconds. */
const gatherMs = 25;

/** Follows an Execution. */
export function useExecution(sid: string): Watched {
  const execution = useModel((model) => model.executions.get(sid) ?? null);
  const moves = useModel((model) => model.moves.get(sid) ?? 0);
  const isKnown = useModel((model) => model.isKnown);
  // What was found belongs to the Execution that was asked for, which may be another by then.
  const [found, setFound] = useState<{
    readonly sid: string;
    readonly asked: Asked;
    readonly problem: string | null;
  }>(noAnswer);
  const newest = useRef(0);
  const wanted = useRef(sid);
  wanted.current = sid;

  useEffect(() => {
    if (!isKnown) return;
    const turn = ++newest.current;
    const load = async (): Promise<void> => {
      const [{ steps, notes }, { invocations }, summary] = await Promise.all([
        ask("path", `executions/${sid}/path`),
        ask("invocations", `invocations?execution=${sid}&limit=200`),
        ask("execution", `executions/${sid}`),
      ]);
      // An answer that a later one has overtaken says nothing new.
      if (turn < newest.current - 1 || wanted.current !== sid) return;
      const asked = { steps, notes, invocations: invocations.toReversed() };
      setFound({ sid, asked, problem: null });
      update((model) => {
        const known = model.executions.get(sid);
        if (known?.status === summary.status && known.steps >= summary.steps) return model;
        return { ...model, executions: new Map(model.executions).set(sid, summary) };
      });
    };
    const timer = setTimeout(() => {
      load().catch((error: unknown) => {
        if (!(error instanceof AskError)) throw error;
        if (error.kind !== "away") setFound({ sid, asked: nothingYet, problem: error.message });
      });
    }, gatherMs);
    return () => clearTimeout(timer);
  }, [sid, moves, isKnown]);
  const { asked, problem } = found.sid === sid ? found : noAnswer;
  return { execution, ...asked, problem };
}
