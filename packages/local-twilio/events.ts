/** The table of events, the last of which are kept, and who listens to it. */
import { isoOf } from "./calendar.ts";
import { limits } from "./limits.ts";
import type { DatabaseSync } from "node:sqlite";
import type { Body, Clock, EventLog, EventType, TwilioEvent } from "./product.ts";
import type { Transactions } from "./store/transaction.ts";

/**
 * Opens the event log of one account. Listeners hear of an event once it is committed, in the order of ids.
 *
 * @param account the account's key in the tables: `accountKey` of `open-accounts.ts`
 */
export function openEvents(
  database: DatabaseSync,
  clock: Clock,
  transactions: Transactions,
  account: string,
): EventLog {
  const insert = database.prepare(
    "insert into events (account, at, type, sid, parent, data) values (?, ?, ?, ?, ?, ?)",
  );
  const select = database.prepare("select * from events where id > ? and account = ? order by id limit ?");
  // Of all accounts together: it is one file that fills a disk.
  const prune = database.prepare("delete from events where id <= ?");
  const newest = database.prepare("select max(id) as id from events");
  const listeners = new Set<(event: TwilioEvent) => void>();
  return {
    append(type, sid, parent, data) {
      const at = isoOf(clock.now());
      const { lastInsertRowid } = insert.run(account, at, type, sid, parent, JSON.stringify(data));
      prune.run(Number(lastInsertRowid) - limits.log.events);
      const event: TwilioEvent = { id: Number(lastInsertRowid), at, type, sid, parent, data };
      transactions.afterCommit(() => {
        for (const listener of listeners) listener(event);
      });
      return event;
    },
    last: () => Number(newest.get()?.["id"] ?? 0),
    after: (id, limit = 1000) => select.all(id, account, limit).map(toEvent),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function toEvent(row: Record<string, unknown>): TwilioEvent {
  return {
    id: Number(row["id"]),
    at: String(row["at"]),
    type: String(row["type"]) as EventType,
    sid: String(row["sid"]),
    parent: typeof row["parent"] === "string" ? row["parent"] : null,
    data: JSON.parse(String(row["data"])) as Body,
  };
}
