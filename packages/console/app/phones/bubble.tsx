/** A message on a phone, with how its delivery went. */
import { memo, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import { Icon } from "../design/icon.tsx";
import { timeOfDay } from "../design/time.tsx";
import { hrefOf, go } from "../state/route.ts";
import { errorSaid } from "../execution/codes.ts";
import type { PhoneMessage } from "../state/model.ts";

/** Longer ones are folded: a phone shows them whole on request. */
const foldAt = 1200;

export const Bubble = memo(function Bubble({
  message,
  whose,
}: {
  readonly message: PhoneMessage;
  /** On whose phone it is. */
  readonly whose: string;
}): ReactNode {
  const { direction, body, media, status, errorCode, at, problem } = message;
  const [isOpen, setOpen] = useState(false);
  const isFolded = body.length > foldAt && !isOpen;
  const isBad = ["failed", "undelivered", "refused"].includes(status);
  return (
    <div className={`bubble ${direction} ${isBad ? "bad" : ""}`} data-sid={message.sid}>
      {media.map(({ url, contentType }) => (
        <Media key={url} url={url} contentType={contentType} />
      ))}
      {/* The text stands alone in an element of its own direction: right-to-left is told from the text itself. */}
      {body === "" ? null : (
        <p dir="auto" className="said">
          {isFolded ? `${body.slice(0, foldAt)}…` : body}
        </p>
      )}
      {body.length > foldAt ? (
        <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? "Less" : `All ${body.length.toLocaleString("en")} characters`}
        </button>
      ) : null}
      <footer>
        <time dateTime={at}>{timeOfDay(at)}</time>
        <Status status={status} direction={direction} />
        {message.sid.startsWith("typed") ? null : <StepLink sid={message.sid} whose={whose} />}
      </footer>
      {isBad ? <p className="why">{problem ?? errorSaid(errorCode, status)}</p> : null}
    </div>
  );
});

function Status({ status, direction }: Pick<PhoneMessage, "status" | "direction">): ReactNode {
  const words =
    direction === "sent" && status === "delivered"
      ? "reached Twilio"
      : status === "sent"
        ? "on its way"
        : status;
  const icon =
    status === "delivered"
      ? direction === "sent"
        ? "check"
        : "checks"
      : status === "sending" || status === "queued" || status === "sent"
        ? "clock"
        : "warn";
  return (
    <span className={`status ${status}`} title={words}>
      <Icon name={icon} />
      <span className="unseen">{words}</span>
    </span>
  );
}

function Media({ url, contentType }: { readonly url: string; readonly contentType: string }): ReactNode {
  const here = ownPath(url);
  const [isBroken, setBroken] = useState(false);
  if (here !== null && !isBroken && (contentType === "" || contentType.startsWith("image/"))) {
    return <img className="media" src={here} alt="Attached picture" onError={() => setBroken(true)} />;
  }
  // Pictures of other machines are named, not fetched: this page reaches nobody else.
  const name = contentType === "" ? "Attachment" : contentType;
  return here === null ? (
    <span className="attachment" title={url}>
      <Icon name="attach" />
      <span>
        {name}, at {URL.canParse(url) ? new URL(url).host : url}
      </span>
    </span>
  ) : (
    <a className="attachment" href={here} download>
      <Icon name="attach" />
      <span>{name}</span>
    </a>
  );
}

/** The path of a file that the local Twilio keeps; null for one that is elsewhere. */
function ownPath(url: string): string | null {
  return /\/_local\/v1\/media\/ME[0-9a-f]{32}$/.exec(url)?.[0] ?? null;
}

/** Jumps to the step that sent this message or took it in. */
function StepLink({ sid, whose }: { readonly sid: string; readonly whose: string }): ReactNode {
  const [note, setNote] = useState<string | null>(null);
  const jump = async (): Promise<void> => {
    try {
      const { step } = await ask("messageStep", `messages/${encodeURIComponent(sid)}/step`);
      if (step === null) setNote("no Execution took it");
      else go(`${hrefOf()}?execution=${step.executionSid}&step=${step.stepSid}`);
    } catch (error) {
      if (!(error instanceof AskError)) throw error;
      setNote(error.message);
    }
  };
  return note === null ? (
    <button
      type="button"
      className="to-step"
      title="Show the step"
      aria-label={`Show the step of this message on the phone of ${whose}`}
      onClick={() => void jump()}
    >
      <Icon name="path" />
    </button>
  ) : (
    <span className="quiet" role="status">
      {note}
    </span>
  );
}
