/** A Conversation in a line: who is in it, how it stands, when its timers run out. */
import type { ReactNode } from "react";
import type { Conversation } from "../api/shapes.ts";
import { Link } from "../design/link.tsx";
import { momentOf, Until } from "../design/time.tsx";
import { personAt, type People } from "../state/people.ts";

interface Properties {
  readonly conversation: Conversation;
  readonly people: People;
}

export function ConversationRow({ conversation, people }: Properties): ReactNode {
  const { sid, name, state, timers, participants, at } = conversation;
  return (
    <li className="line conversation-line">
      <span className={`chip ${state === "active" ? "active" : state === "closed" ? "ended" : "waiting"}`}>
        {state}
      </span>
      <Link to={["conversations", sid]}>{name ?? `${sid.slice(0, 10)}…`}</Link>
      <span className="people">
        {participants.map(({ sid: participant, address, identity }) => (
          <span key={participant} className="person">
            {personAt(address ?? identity ?? "somebody", people)}
          </span>
        ))}
      </span>
      <span className="quiet">
        {timers.inactive === null ? null : (
          <>
            inactive <Until at={timers.inactive} />
          </>
        )}
        {timers.inactive !== null && timers.closed !== null ? ", " : ""}
        {timers.closed === null ? null : (
          <>
            closes <Until at={timers.closed} />
          </>
        )}
      </span>
      <time dateTime={at}>{momentOf(at)}</time>
    </li>
  );
}
