/** The clock of the local Twilio, which can be moved on: a time-out of four hours takes a click. */
import { useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import { Icon } from "../design/icon.tsx";
import { durationOf, momentOf, useNow } from "../design/time.tsx";
import { update, useModel } from "../state/store.ts";

const leaps = [
  ["1 min", 60],
  ["10 min", 600],
  ["1 hour", 3600],
  ["4 hours", 4 * 3600],
  ["1 day", 24 * 3600],
] as const;

export function ClockButton(): ReactNode {
  const [isOpen, setOpen] = useState(false);
  const now = useNow();
  const ahead = useModel((model) => model.ahead);
  const isKnown = useModel((model) => model.isKnown);
  if (!isKnown) return null;
  const isAhead = ahead > 30_000;
  return (
    <div className="clock" onKeyDown={({ key }) => key === "Escape" && setOpen(false)}>
      <button
        type="button"
        className={`clock-button ${isAhead ? "ahead" : ""}`}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="clock" />
        <span>{momentOf(new Date(now).toISOString())}</span>
        {isAhead ? <b>+{durationOf(ahead)}</b> : null}
        <span className="unseen">Move the clock of the local Twilio on</span>
      </button>
      {isOpen ? <Leaps onDone={() => setOpen(false)} /> : null}
    </div>
  );
}

function Leaps({ onDone }: { readonly onDone: () => void }): ReactNode {
  const [problem, setProblem] = useState<string | null>(null);
  const [isMoving, setMoving] = useState(false);
  const next = useNextTimer();
  const leap = async (seconds: number): Promise<void> => {
    setMoving(true);
    try {
      await advance(seconds);
      onDone();
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      setProblem(error.message);
      setMoving(false);
    }
  };
  return (
    <div className="popover clock-popover" role="group" aria-label="Move the clock on">
      <p>
        <b>Move the clock on</b>
        <span className="quiet">Waits and timers on the way end in order, each at its own time.</span>
      </p>
      <div className="leaps">
        {leaps.map(([name, seconds], at) => (
          <button
            key={name}
            type="button"
            className="button"
            disabled={isMoving}
            autoFocus={at === 0}
            onClick={() => void leap(seconds)}
          >
            +{name}
          </button>
        ))}
      </div>
      {next === null ? null : (
        <button
          type="button"
          className="button wide"
          disabled={isMoving}
          onClick={() => void leap(next.seconds)}
        >
          To the next: {next.what}, {durationOf(next.seconds * 1000)}
        </button>
      )}
      {problem === null ? null : (
        <p className="why" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Moves the clock on, here and there. */
async function advance(seconds: number): Promise<void> {
  const { now } = await ask("clock", "clock/advance", { body: { seconds } });
  update((model) => ({ ...model, ahead: Date.parse(now) - Date.now() }));
}

/** The wait or timer that ends next. */
function useNextTimer(): { readonly what: string; readonly seconds: number } | null {
  const now = useNow();
  const executions = useModel((model) => model.executions);
  const conversations = useModel((model) => model.conversations);
  const waits = [...executions.values()].flatMap(({ waiting }) =>
    waiting?.until === null || waiting === null
      ? []
      : [{ what: "a wait for a reply", at: Date.parse(waiting.until) }],
  );
  const timers = [...conversations.values()].flatMap(({ timers: { inactive, closed } }) => [
    ...(inactive === null ? [] : [{ what: "a Conversation becomes inactive", at: Date.parse(inactive) }]),
    ...(closed === null ? [] : [{ what: "a Conversation closes", at: Date.parse(closed) }]),
  ]);
  const [first] = [...waits, ...timers]
    .filter(({ at }) => at > now)
    .toSorted((one, other) => one.at - other.at);
  return first === undefined ? null : { what: first.what, seconds: Math.ceil((first.at - now) / 1000) + 1 };
}
