/** Named values of the local Twilio itself: the clock's offset, the positions of unknowns, the simulated latency. */
import type { DatabaseSync } from "node:sqlite";

export interface Settings {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** Opens the table of settings. */
export function openSettings(database: DatabaseSync): Settings {
  database.exec(
    "create table if not exists settings (name text primary key, value text not null) without rowid",
  );
  const select = database.prepare("select value from settings where name = ?");
  const upsert = database.prepare("insert or replace into settings (name, value) values (?, ?)");
  return {
    get(name) {
      const value = select.get(name)?.["value"];
      return typeof value === "string" ? value : undefined;
    },
    set: (name, value) => void upsert.run(name, value),
  };
}
