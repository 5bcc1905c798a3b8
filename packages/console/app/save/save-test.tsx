/** Saves a conversation that was played by hand as a test in TypeScript. */
import { useRef, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import { CopyButton } from "../design/copy.tsx";
import { Icon } from "../design/icon.tsx";
import { recordingOf } from "./recording.ts";
import { testOf } from "./write-test.ts";

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
      const recording = recordingOf(conversation, events);
      if (recording === null) {
        setProblem("Nobody has written in this Conversation from a phone yet: there is nothing to save.");
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
              <code>{written?.name}</code> is among your downloads. Put it into <code>e2e/</code> of the
              checkout; <code>npx vitest run e2e/{written?.name}</code> runs it.
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
