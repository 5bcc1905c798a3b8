/** Everything that happened to a Conversation and in it, from the event table. */
import type { Twilio } from "../../product.ts";

/** Most that one page shows, the newest of them. */
const most = 2000;

/** Its events, oldest first; they outlive the Conversation itself. */
export function historyOf({ store }: Twilio, conversationSid: string): object[] {
  return store.database
    .prepare("select * from events where sid = :sid or parent = :sid order by id desc limit :most")
    .all({ sid: conversationSid, most })
    .map(toEvent)
    .reverse();
}

/** The newest events of calls and tasks, oldest first: what a page has to know of those that go on. */
export function followedNow({ store }: Twilio): object[] {
  return store.database
    .prepare("select * from events where type glob 'call.*' or type glob 'task.*' order by id desc limit 500")
    .all()
    .map(toEvent)
    .reverse();
}

function toEvent({ id, at, type, sid, parent, data }: Record<string, unknown>): object {
  return {
    id: Number(id),
    at: String(at),
    type: String(type),
    sid: String(sid),
    parent: typeof parent === "string" ? parent : null,
    data: JSON.parse(String(data)) as object,
  };
}
