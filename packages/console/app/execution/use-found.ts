/** Executions as the local Twilio finds them, asked anew when something happens in one. */
import { useCallback, useEffect, useRef, useState } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Execution } from "../api/shapes.ts";
import { useModel } from "../state/store.ts";

const page = 200;
/** The first view and everything that was loaded after it; the most that one answer has. */
const most = 2000;
/** How long a list waits before it is asked for anew, in milliseconds: busy hours ask no faster. */
const pause = 300;

export interface FoundExecutions {
  /** Newest first; null before the first answer. */
  readonly executions: readonly Execution[] | null;
  readonly problem: string | null;
  /** Asks for older ones; null when these are all. */
  readonly more: (() => void) | null;
}

/**
 * What is found.
 *
 * @param asked parameters of `GET executions`, without those of paging
 */
export function useFound(asked: () => string, key: string): FoundExecutions {
  const moves = useModel((model) => model.moves);
  const [limit, setLimit] = useState(page);
  const [found, setFound] = useState<Omit<FoundExecutions, "more">>({ executions: null, problem: null });
  const latest = useRef(asked);
  latest.current = asked;
  const hasAsked = useRef("");
  useEffect(() => {
    const abort = new AbortController();
    const isNew = hasAsked.current !== `${key} ${limit}`;
    const timer = setTimeout(
      () => {
        hasAsked.current = `${key} ${limit}`;
        const query = latest.current();
        ask("executions", `executions?limit=${limit}${query === "" ? "" : `&${query}`}`, {
          signal: abort.signal,
        }).then(
          ({ executions }) => setFound({ executions, problem: null }),
          (error: unknown) => {
            if (error instanceof AskError) setFound((now) => ({ ...now, problem: error.message }));
          },
        );
      },
      isNew ? 0 : pause,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [key, limit, moves]);
  const more = useCallback(() => setLimit((now) => Math.min(most, now * 2)), []);
  const isFull = (found.executions?.length ?? 0) >= limit && limit < most;
  return { ...found, more: isFull ? more : null };
}
