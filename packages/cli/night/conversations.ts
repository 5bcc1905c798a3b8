/** Open Conversations of a stage: who waits for whom since when, and which are stuck. */
import { z } from "zod";
import { peopleOf, type People } from "./people.ts";
import type { NightStage } from "./night-stage.ts";
import type { Ran } from "./record.ts";

export interface OpenConversation {
  readonly sid: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly hasTimers: boolean;
  /** Since when it waits for somebody, and for whom: a queue, or any agent; null when it does not. */
  readonly waits: { readonly since: number; readonly forWhom: string } | null;
}

export interface OpenConversations {
  readonly open: readonly OpenConversation[];
  readonly waiting: readonly OpenConversation[];
  readonly stuck: readonly OpenConversation[];
  /** Of those that wait or are stuck. */
  readonly people: ReadonlyMap<string, People>;
}

/** As many open Conversations as are counted; the API gives a hundred at once. */
const most = 5000;
/** As many as are looked into for their people. */
const mostLooked = 50;
/** A Conversation of so few minutes may be on its way. */
const youngMs = 10 * 60_000;

const timersField = z
  .object({
    date_inactive: z.unknown(),
    date_closed: z.unknown(),
    dateInactive: z.unknown(),
    dateClosed: z.unknown(),
  })
  .partial()
  .nullish();
const notesField = z.object({
  waiting: z
    .object({ since: z.number(), queue: z.string().optional(), line: z.string().optional() })
    .optional(),
});

/**
 * Reads the open Conversations of a stage.
 *
 * @param executions those of the last day: one that is active answers its Conversation
 */
export async function openConversations(
  night: NightStage,
  executions: readonly Ran[],
  now: number,
): Promise<OpenConversations> {
  const service = night.client.conversations.v1.services(night.conversationsServiceSid);
  const listed = await Promise.all(
    (["active", "inactive"] as const).map((state) =>
      service.conversations.list({ state, limit: most, pageSize: 100 }),
    ),
  );
  const open = listed
    .flat()
    .map(({ sid, dateCreated, timers, attributes }): OpenConversation => {
      const set = timersField.safeParse(timers).data;
      const dates = [set?.date_inactive, set?.date_closed, set?.dateInactive, set?.dateClosed];
      return {
        sid,
        at: dateCreated.getTime(),
        hasTimers: dates.some((date) => date !== undefined && date !== null),
        waits: waitsIn(attributes),
      };
    })
    .toSorted((one, other) => one.at - other.at);
  const waiting = open.filter(({ waits }) => waits !== null);
  const answered = new Set(executions.flatMap(({ isActive, contact }) => (isActive ? [contact] : [])));
  const lost = open.filter(
    ({ at, hasTimers, waits }) => night.setsTimers && waits === null && !hasTimers && now - at > youngMs,
  );
  const people = await peopleOf(
    night,
    [...waiting, ...lost].map(({ sid }) => sid),
    mostLooked,
  );
  const stuck = lost.filter(({ sid }) => {
    const { agents = [], customers = [] } = people.get(sid) ?? {};
    return people.has(sid) && agents.length === 0 && ![sid, ...customers].some((each) => answered.has(each));
  });
  return { open, waiting, stuck, people };
}

function waitsIn(attributes: string): OpenConversation["waits"] {
  const { data } = notesField.safeParse(jsonIn(attributes));
  if (data?.waiting === undefined) return null;
  const { since, queue } = data.waiting;
  return { since, forWhom: queue === undefined ? "an agent" : `somebody of queue ${queue}` };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Attributes are anybody's text.
    return null;
  }
}
