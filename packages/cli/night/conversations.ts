/** Open Conversations of a stage: who waits for whom since when, and which are stuck. */
import { jsonIn } from "@support-line/studio";
import { z } from "zod";
import { isHandedOver, withoutTask } from "./handed-over.ts";
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
  /** Whether it was handed over to Flex. */
  readonly isAtFlex: boolean;
}

/** One that nobody looks after. */
export interface StuckConversation extends OpenConversation {
  /** Milliseconds since 1970; null where nobody knows, as of a Task that is gone. */
  readonly since: number | null;
  /** Why nobody does. */
  readonly why: string;
}

export interface OpenConversations {
  readonly open: readonly OpenConversation[];
  readonly waiting: readonly OpenConversation[];
  readonly stuck: readonly StuckConversation[];
  /** Of those that wait or are stuck. */
  readonly people: ReadonlyMap<string, People>;
  /** What could not be read, in words. */
  readonly gaps: readonly string[];
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
  const listed = await Promise.all(
    night.conversationsServiceSids.flatMap((service) =>
      (["active", "inactive"] as const).map((state) =>
        night.client.conversations.v1
          .services(service)
          .conversations.list({ state, limit: most, pageSize: 100 }),
      ),
    ),
  );
  const open = listed
    .flat()
    .map(({ sid, dateCreated, timers, attributes }): OpenConversation => {
      const set = timersField.safeParse(timers).data;
      const notes = jsonIn(attributes);
      const dates = [set?.date_inactive, set?.date_closed, set?.dateInactive, set?.dateClosed];
      return {
        sid,
        at: dateCreated.getTime(),
        hasTimers: dates.some((date) => date !== undefined && date !== null),
        waits: waitsIn(notes),
        isAtFlex: isHandedOver(notes),
      };
    })
    .toSorted((one, other) => one.at - other.at);
  const waiting = open.filter(({ waits }) => waits !== null);
  const answered = new Set(executions.flatMap(({ isActive, contact }) => (isActive ? [contact] : [])));
  const gaps: string[] = [];
  const handedOver = open.filter(({ isAtFlex, at }) => isAtFlex && now - at > youngMs);
  const over = await withoutTask(
    night,
    handedOver.map(({ sid }) => sid),
    gaps,
  );
  const left = handedOver
    .filter(({ sid }) => over.has(sid))
    .map((each): StuckConversation => ({
      ...each,
      since: null,
      why: "its Task in Flex is over, and there is no other",
    }));
  const lost = open.filter(
    ({ at, hasTimers, waits, isAtFlex }) =>
      night.setsTimers && waits === null && !hasTimers && !isAtFlex && now - at > youngMs,
  );
  const people = await peopleOf(
    night,
    [...waiting, ...left, ...lost].map(({ sid }) => sid),
    mostLooked,
  );
  const alone = lost.filter(({ sid }) => {
    const { agents = [], customers = [] } = people.get(sid) ?? {};
    return people.has(sid) && agents.length === 0 && ![sid, ...customers].some((each) => answered.has(each));
  });
  const stuck = [
    ...left,
    ...alone.map((each): StuckConversation => ({
      ...each,
      since: each.at,
      why: "no agent, no timers, and no Execution answers",
    })),
  ];
  return { open, waiting, stuck, people, gaps };
}

function waitsIn(notes: unknown): OpenConversation["waits"] {
  const { data } = notesField.safeParse(notes);
  if (data?.waiting === undefined) return null;
  const { since, queue } = data.waiting;
  return { since, forWhom: queue === undefined ? "an agent" : `somebody of queue ${queue}` };
}
