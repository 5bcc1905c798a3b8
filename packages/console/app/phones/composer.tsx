/** What is typed on a phone, and its way to the carrier. */
import { useId, useRef, useState, type ChangeEvent, type KeyboardEvent, type ReactNode } from "react";
import { ask, AskError, upload } from "../api/ask.ts";
import type { Answer } from "../api/shapes.ts";
import { Icon } from "../design/icon.tsx";
import { shownAddress } from "../state/people.ts";
import { current, update } from "../state/store.ts";
import { withPhone, type PhoneMessage } from "../state/phone.ts";

interface Properties {
  /** On whose phone it is typed. */
  readonly whose: string;
  readonly from: string;
  readonly to: string;
  /** Words that the Flow listens to, for whoever does not know it yet. */
  readonly hints: readonly string[];
  readonly canWrite: boolean;
}

let typed = 0;

export function Composer({ whose, from, to, hints, canWrite }: Properties): ReactNode {
  const [body, setBody] = useState("");
  const [files, setFiles] = useState<readonly Answer<"media">[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();

  const submit = (text: string): void => {
    if (text.trim() === "" && files.length === 0) return;
    setBody("");
    setFiles([]);
    setProblem(null);
    void send(from, to, text, files);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit(body);
  };
  const attach = async ({ target }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = target.files ?? [];
    target.value = "";
    if (file === undefined) return;
    try {
      const kept = await upload(file);
      setFiles((now) => [...now, kept]);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      setProblem(error.message);
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit(body);
      }}
    >
      {hints.length > 0 ? (
        <div className="hints">
          <span className="quiet">Try</span>
          {hints.map((hint) => (
            <button
              key={hint}
              type="button"
              className="hint-word"
              aria-label={`Write ${hint} from the phone of ${whose}`}
              onClick={() => submit(hint)}
            >
              {hint}
            </button>
          ))}
        </div>
      ) : null}
      {files.length > 0 ? (
        <p className="files">
          {files.map(({ url, contentType }) => (
            <span key={url} className="attachment">
              <Icon name="attach" />
              {contentType}
            </span>
          ))}
          <button type="button" className="fold" onClick={() => setFiles([])}>
            Remove<span className="unseen"> what {whose} attached</span>
          </button>
        </p>
      ) : null}
      {problem === null ? null : (
        <p className="why" role="alert">
          {problem}
        </p>
      )}
      <div className="write">
        <label className="icon-button" title="Attach a file">
          <Icon name="attach" />
          <span className="unseen">Attach a file on the phone of {whose}</span>
          <input
            type="file"
            className="unseen"
            disabled={!canWrite}
            onChange={(event) => void attach(event)}
          />
        </label>
        <label className="unseen" htmlFor={id}>
          Message of {whose} to {shownAddress(to)}
        </label>
        <textarea
          id={id}
          ref={field}
          rows={1}
          dir="auto"
          value={body}
          disabled={!canWrite}
          placeholder={canWrite ? "Message" : "No number to write to"}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          className="icon-button send"
          aria-label={`Send from the phone of ${whose}`}
          disabled={!canWrite || (body.trim() === "" && files.length === 0)}
        >
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}

/** The message is on the phone at once, and says itself how it went. */
async function send(
  from: string,
  to: string,
  body: string,
  media: readonly Answer<"media">[],
): Promise<void> {
  const sid = `typed${++typed}`;
  const message: PhoneMessage = {
    sid,
    direction: "sent",
    other: to,
    body,
    media,
    at: new Date(Date.now() + current().ahead).toISOString(),
    status: "sending",
    errorCode: null,
    conversationSid: null,
    messageSid: null,
  };
  update((model) => {
    const messages = [...(model.phones[from]?.messages ?? []), message];
    return withPhone(model, { address: from, messages });
  });
  try {
    await ask("sent", `handsets/${encodeURIComponent(from)}/messages`, { body: { to, body, media } });
  } catch (error) {
    if (!(error instanceof AskError)) throw error;
    update((model) => refused(model, from, sid, error.message));
  }
}

function refused(
  model: ReturnType<typeof current>,
  address: string,
  sid: string,
  problem: string,
): typeof model {
  const messages = model.phones[address]?.messages ?? [];
  return withPhone(model, {
    address,
    messages: messages.map((one) => (one.sid === sid ? { ...one, status: "refused", problem } : one)),
  });
}
