/**
 * The SQLite file. WAL with synchronous NORMAL: what was committed survives the death of the process (kill -9
 * included), and a power cut can cost the last moments but not the file.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { migrate } from "./migrations.ts";

/**
 * Opens `<folder>/twilio.sqlite`, making folder and file where they are missing; without a folder, a database in memory.
 *
 * @throws NewerDatabase when a later local Twilio wrote it
 */
export function openDatabase(folder: string | null): DatabaseSync {
  if (folder === null) {
    const database = new DatabaseSync(":memory:");
    migrate(database, "The database");
    return database;
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "twilio.sqlite");
  const database = new DatabaseSync(file);
  try {
    database.exec("pragma busy_timeout = 2000");
    migrate(database, file);
    database.exec("pragma journal_mode = wal");
    database.exec("pragma synchronous = normal");
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

/** Empties every table; the numbering of events goes on, so that a stream can be resumed across it. */
export function emptyDatabase(database: DatabaseSync): void {
  const tables = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .all();
  for (const { name } of tables) database.exec(`delete from "${String(name)}"`);
}
