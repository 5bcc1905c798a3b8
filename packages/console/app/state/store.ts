/** The one place of what the page knows, and how views read it. */
import { useSyncExternalStore } from "react";
import { ask, AskError } from "../api/ask.ts";
import { follow } from "../api/follow.ts";
import type { TwilioEvent } from "../api/shapes.ts";
import { apply, remember } from "./apply.ts";
import { fromSnapshot, nothing, type Model } from "./model.ts";

let model: Model = nothing;
const readers = new Set<() => void>();

/** Changes what is known, and tells every view. */
export function update(change: (model: Model) => Model): void {
  const next = change(model);
  if (next === model) return;
  model = next;
  for (const read of readers) read();
}

/** What is known now. */
export function current(): Model {
  return model;
}

function subscribe(read: () => void): () => void {
  readers.add(read);
  return () => void readers.delete(read);
}

/** A part of what is known; the view is drawn anew when that part is another object. */
export function useModel<Part>(select: (model: Model) => Part): Part {
  return useSyncExternalStore(subscribe, () => select(model));
}

/** Begins to follow the local Twilio, for as long as the page is open. */
export function start(): void {
  follow({
    onSnapshot: (snapshot) =>
      update((now) => snapshot.followed.reduce(remember, fromSnapshot(now, snapshot))),
    onLink: (link) => update((now) => (now.link === link ? now : { ...now, link })),
    onEvents(events) {
      update((now) => events.reduce(apply, now));
      for (const sid of conversationsIn(events)) refreshConversation(sid);
      if (events.some(({ type }) => type.startsWith("deployment."))) refreshStage();
    },
  });
}

/** Conversations that an event says more of than it tells. */
function conversationsIn(events: readonly TwilioEvent[]): Set<string> {
  return new Set(
    events.flatMap(({ type, sid, parent }) => {
      if (type === "message.added") return parent ?? [];
      return /^conversation\.(?!removed|notCreated)/.test(type) && sid.startsWith("CH") ? sid : [];
    }),
  );
}

const asked = new Map<string, ReturnType<typeof setTimeout>>();

/** Does something once, a moment after it was last wanted. */
function soon(key: string, work: () => Promise<void>): void {
  if (asked.has(key)) return;
  asked.set(
    key,
    setTimeout(() => {
      asked.delete(key);
      // An answer that does not come is the link's affair: it says so, and the next snapshot has everything.
      work().catch((error: unknown) => {
        if (!(error instanceof AskError)) throw error;
      });
    }, 30),
  );
}

function refreshConversation(sid: string): void {
  soon(sid, async () => {
    const conversation = await ask("conversation", `conversations/${sid}`);
    update((now) => ({
      ...now,
      conversations: now.conversations.has(sid)
        ? new Map(now.conversations).set(sid, conversation)
        : new Map([[sid, conversation], ...now.conversations]),
    }));
  });
}

function refreshStage(): void {
  soon("stage", async () => {
    const { names, numbers, flows, hasTasks } = await ask("stage", "stage");
    update((now) => ({ ...now, names, numbers, flows, hasTasks }));
  });
}
