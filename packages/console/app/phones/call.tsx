/** A call in text on a phone: what is said and pressed, and what somebody says, presses or hangs up with. */
import { useMemo, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import { Icon } from "../design/icon.tsx";
import type { Followed } from "../state/model.ts";
import { useModel } from "../state/store.ts";

const over = new Set(["completed", "busy", "no-answer", "failed", "canceled"]);
const mostLines = 40;

/** The call that a phone is in, or that rings there; null when there is none. */
export function useCall(address: string): Followed | null {
  const calls = useModel((model) => model.calls);
  return useMemo(() => {
    const own = [...calls.values()].filter(({ about }) => about["handset"] === address);
    return own.findLast(({ about }) => !over.has(String(about["status"]))) ?? null;
  }, [calls, address]);
}

/** Calls a number of the account. */
export function CallButton({
  from,
  to,
  whose,
}: {
  readonly from: string;
  readonly to: string;
  readonly whose: string;
}): ReactNode {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <button
        type="button"
        className="icon-button"
        aria-label={`Call ${to} from the phone of ${whose}`}
        title={problem ?? `Call ${to}`}
        onClick={() => void tell(`handsets/${encodeURIComponent(from)}/calls`, { to }, setProblem)}
      >
        <Icon name="voice" />
      </button>
      {problem === null ? null : (
        <span className="unseen" role="alert">
          {problem}
        </span>
      )}
    </>
  );
}

export function Call({ call, whose }: { readonly call: Followed; readonly whose: string }): ReactNode {
  const { sid, lines, about } = call;
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const isRinging = about["status"] === "ringing" && about["direction"] !== "inbound";
  const act = (what: string, body: object = {}): void => void tell(`calls/${sid}/${what}`, body, setProblem);
  return (
    <section className="call" aria-label={`Call of ${whose}`}>
      <p className="call-head">
        <Icon name="voice" />
        <b>{isRinging ? "Ringing" : "In a call"}</b>
        {isRinging ? (
          <>
            <button type="button" className="button small primary" onClick={() => act("answer")}>
              Answer<span className="unseen"> the phone of {whose}</span>
            </button>
            <button type="button" className="button small" onClick={() => act("decline")}>
              Decline<span className="unseen"> the call of {whose}</span>
            </button>
          </>
        ) : (
          <button type="button" className="button small" onClick={() => act("hangup")}>
            Hang up<span className="unseen"> the phone of {whose}</span>
          </button>
        )}
      </p>
      <ol className="call-lines" role="log" aria-label={`What is said on the phone of ${whose}`} tabIndex={0}>
        {lines.slice(-mostLines).map(({ who, what, text: said }, at) => (
          <li key={at} className={who === "twilio" ? "" : "own"}>
            <span dir="auto">{what === "keys" ? `pressed ${said}` : said}</span>
          </li>
        ))}
      </ol>
      {isRinging ? null : (
        <form
          className="write"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() === "") return;
            if (/^[0-9*#]+$/.test(text.trim())) act("keys", { keys: text.trim() });
            else act("speech", { text });
            setText("");
          }}
        >
          <input
            aria-label={`Say something on the phone of ${whose}, or press keys (0 to 9, * and #)`}
            placeholder="Say, or press keys"
            value={text}
            onChange={({ target }) => setText(target.value)}
          />
        </form>
      )}
      {problem === null ? null : (
        <p className="why" role="alert">
          {problem}
        </p>
      )}
    </section>
  );
}

async function tell(path: string, body: object, onProblem: (problem: string | null) => void): Promise<void> {
  try {
    await ask("anything", path, { body });
    onProblem(null);
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    onProblem(error.message);
  }
}
