/** Saves a conversation that was played by hand as a test in TypeScript. */
import { useRef, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import { CopyButton } from "../design/copy.tsx";
import { Icon } from "../design/icon.tsx";
import { current } from "../state/store.ts";
import { recordingOf, type Unsaved } from "./recording.ts";
import { testOf } from "./write-test.ts";

const unsaved: Readonly<Record<Unsaved, string>> = {
  "nobody wrote": "Nobody has written in this Conversation from a phone yet: there is nothing to save.",
  "no stage":
    "Nobody has told this local Twilio which stage is deployed here. Deploy it with npx pulumi up or npm start, then save again.",
  "no line":
    "It was opened by a number that is no line of the stage, so no test of the project can play it again.",
};

interface Written {
  readonly name: string;
  readonly source: string;
}

export function SaveTest({ conversationSid }: { readonly conversationSid: string }): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [written, setWritten] = useState<Written | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    setProblem(null);
    try {
      const [conversation, { events }] = await Promise.all([
        ask("conversation", `conversations/${conversationSid}`),
        ask("events", `conversations/${conversationSid}/history`),
      ]);
      const recording = recordingOf(conversation, events, current().names);
      if (typeof recording === "string") {
        setProblem(unsaved[recording]);
        setWritten(null);
      } else {
        const test = testOf(recording);
        setWritten(test);
        download(test);
      }
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      setProblem(error.message);
    }
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" className="button small" onClick={() => void save()}>
        <Icon name="save" />
        Save as test
      </button>
      <dialog ref={dialog} aria-label="Saved as a test">
        <div className="dialog-body">
          <h2>{problem === null ? "Saved as a test" : "Not saved"}</h2>
          {problem === null ? (
            <p className="quiet">
              <code>{written?.name}</code> is among your downloads. Put it into <code>test/</code> of the
              project; <code>npx vitest run test/{written?.name}</code> runs it, on the line as stage{" "}
              {current().names.stage} has it, and nothing is deployed for it.
            </p>
          ) : (
            <p role="alert">{problem}</p>
          )}
          {written === null ? null : <pre tabIndex={0}>{written.source}</pre>}
          <div className="dialog-actions">
            {written === null ? null : <CopyButton text={() => written.source} label="Copy" />}
            {written === null ? null : (
              <button type="button" className="button small" onClick={() => download(written)}>
                Download again
              </button>
            )}
            <button type="button" className="button small" onClick={() => dialog.current?.close()}>
              Close
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}

function download({ name, source }: Written): void {
  const url = URL.createObjectURL(new Blob([source], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
