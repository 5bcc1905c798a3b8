/** One Conversation: who came and went, what was written and by whom, and the Executions it set off. */
import { useEffect, useState, type ReactNode } from "react";
import { ask, AskError } from "../api/ask.ts";
import type { Conversation, Execution, TwilioEvent } from "../api/shapes.ts";
import { Icon } from "../design/icon.tsx";
import { Link } from "../design/link.tsx";
import { momentOf, timeOfDay, Until } from "../design/time.tsx";
import { StatusChip } from "../execution/status.tsx";
import { SaveTest } from "../save/save-test.tsx";
import { masked, personAt, type People } from "../state/people.ts";
import { usePeople } from "../state/use-people.ts";
import { useModel } from "../state/store.ts";

interface Found {
  readonly conversation: Conversation;
  readonly executions: readonly Execution[];
  readonly history: readonly TwilioEvent[];
}

export default function ConversationPage({ sid }: { readonly sid: string }): ReactNode {
  const live = useModel((model) => model.conversations.get(sid));
  const moves = useModel((model) => model.moves);
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const load = async (): Promise<void> => {
      const [conversation, { executions }, { events }] = await Promise.all([
        ask("conversation", `conversations/${encodeURIComponent(sid)}`),
        ask("executions", `executions?conversation=${sid}&limit=200`),
        ask("events", `conversations/${encodeURIComponent(sid)}/history`),
      ]);
      setFound({ conversation, executions, history: events });
      setProblem(null);
    };
    const timer = setTimeout(() => {
      load().catch((error: unknown) => {
        if (!(error instanceof AskError)) throw error;
        if (error.kind !== "away") setProblem(error.message);
      });
    }, 50);
    return () => clearTimeout(timer);
  }, [sid, live, moves]);
  const people = usePeople();
  if (problem !== null) {
    return (
      <div className="empty">
        <h1>This Conversation is gone</h1>
        <p>It was deleted, or the local Twilio was reset since somebody made this link.</p>
        <p>
          <Link to={["stage"]}>See the Conversations that there are</Link>
        </p>
      </div>
    );
  }
  if (found === null) {
    return (
      <p className="empty" role="status">
        Loading…
      </p>
    );
  }
  const { conversation, executions, history } = found;
  const { state, timers, participants } = conversation;
  return (
    <div className="page">
      <header className="page-head">
        <h1>{conversation.name ?? "Conversation"}</h1>
        <span className={`chip ${state === "active" ? "active" : state === "closed" ? "ended" : "waiting"}`}>
          {state}
        </span>
        <span className="quiet">
          {timers.inactive === null ? null : (
            <>
              inactive <Until at={timers.inactive} />{" "}
            </>
          )}
          {timers.closed === null ? null : (
            <>
              closes <Until at={timers.closed} />
            </>
          )}
        </span>
        <SaveTest conversationSid={sid} />
      </header>
      <div className="two even">
        <section className="card" aria-label="What happened">
          <h2>What happened</h2>
          <ol className="history" aria-live="polite">
            {history.map((event) => (
              <HistoryLine key={event.id} event={event} people={people} />
            ))}
          </ol>
        </section>
        <div className="stack">
          <section className="card" aria-label="Participants">
            <h2>In it now</h2>
            {participants.length === 0 ? <p className="quiet">Nobody</p> : null}
            <ul className="plain">
              {participants.map(({ sid: participant, address, identity, proxyAddress, at }) => (
                <li key={participant} className="line">
                  <b>{personAt(address ?? identity ?? "somebody", people)}</b>
                  <span className="quiet">{proxyAddress === null ? "chat" : `by ${proxyAddress}`}</span>
                  <time dateTime={at}>{momentOf(at)}</time>
                </li>
              ))}
            </ul>
          </section>
          <section className="card" aria-label="Executions">
            <h2>Executions</h2>
            {executions.length === 0 ? <p className="quiet">None yet</p> : null}
            <ul className="plain">
              {executions.map((execution) => (
                <li key={execution.sid} className="line">
                  <StatusChip execution={execution} />
                  <Link to={["executions", execution.sid]} className="mono">
                    {execution.sid.slice(0, 10)}…
                  </Link>
                  <span className="quiet">
                    {execution.steps} steps, last {execution.state}
                  </span>
                  <time dateTime={execution.began}>{momentOf(execution.began)}</time>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </div>
  );
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** What an event means, for those that people care about. */
function HistoryLine({ event, people }: { readonly event: TwilioEvent; readonly people: People }): ReactNode {
  const { type, data, at } = event;
  const who = (value: unknown): string => personAt(text(value), people);
  const line = ((): ReactNode => {
    switch (type) {
      case "message.added":
        return (
          <>
            <b>
              {/^\+|^whatsapp:/.test(text(data["author"]))
                ? who(data["author"])
                : // Studio writes in the name of the Conversation.
                  text(data["author"]).replace(/^CH[0-9a-f]{32}$/, "") || "the Flow"}
            </b>{" "}
            <span dir="auto" className="said">
              {masked(text(data["body"]).slice(0, 600))}
            </span>
          </>
        );
      case "conversation.participantAdded":
        return (
          <>
            <Icon name="people" /> {who(data["address"] ?? data["identity"])} joined
          </>
        );
      case "conversation.participantRemoved":
        return (
          <>
            <Icon name="people" /> {who(data["address"] ?? data["identity"])} left
          </>
        );
      case "conversation.created":
        return "The Conversation was opened";
      case "conversation.stateUpdated":
        return `It became ${text(data["to"])}${data["reason"] === "TIMER" ? ", by its timer" : ""}`;
      case "conversation.webhookRemoved":
        return "The Flow was detached from it";
      case "message.failed":
      case "message.undelivered":
        return (
          <span className="bad-text">
            Not delivered to {who(data["to"])}: {String(data["errorCode"])}
          </span>
        );
      default:
        return null;
    }
  })();
  if (line === null) return null;
  return (
    <li className={type.startsWith("message.added") ? "spoken" : "happened"}>
      <time dateTime={at}>{timeOfDay(at)}</time>
      <div>{line}</div>
    </li>
  );
}
