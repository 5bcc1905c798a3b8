/** Named values of the local Twilio itself: the clock's offset, the positions of switches, the simulated latency. */
import type { DatabaseSync } from "node:sqlite";

export interface Settings {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** Reads and writes the table of settings. */
export function openSettings(database: DatabaseSync): Settings {
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
