/**
 * The tables of the database, as numbered steps. The file says how far it has come (`user_version`); what is missing is
 * done at opening. A step that was released never changes: another one follows it.
 */
import type { DatabaseSync } from "node:sqlite";
import { indexNames } from "./objects.ts";

/** Every table that there was before files said their version: each may be missing in a file of that time. */
const first = `
create table if not exists settings (name text primary key, value text not null) without rowid;

create table if not exists objects (
  sequence integer primary key autoincrement,
  token text not null,
  sid text not null,
  unique_name text,
  parents text not null,
  body text not null,
  hidden text not null
);
create unique index if not exists objects_by_sid on objects (token, sid);
create index if not exists objects_in_order on objects (token, sequence);
create index if not exists objects_by_unique_name on objects (token, unique_name) where unique_name is not null;
create table if not exists ancestors (
  ancestor text not null,
  token text not null,
  sequence integer not null,
  primary key (ancestor, token, sequence)
) without rowid;
create index if not exists ancestors_by_sequence on ancestors (sequence);
create table if not exists named (
  token text not null,
  property text not null,
  value text not null,
  sequence integer not null,
  primary key (token, property, value, sequence)
) without rowid;
create index if not exists named_by_sequence on named (sequence);

create table if not exists events (
  id integer primary key autoincrement,
  at text not null, type text not null, sid text not null, parent text, data text not null
);
create index if not exists events_by_sid on events (sid);
create index if not exists events_by_parent on events (parent) where parent is not null;

create table if not exists carrier_messages (
  sequence integer primary key autoincrement,
  sid text not null unique,
  handset text not null,
  inbound integer not null,
  at text not null,
  status text not null,
  error_code integer,
  message text not null,
  origin text not null
);
create index if not exists carrier_messages_by_handset on carrier_messages (handset, sequence);
create index if not exists carrier_messages_moving on carrier_messages (status) where status in ('queued', 'sent');
create table if not exists carrier_rules (
  handset text not null, place integer not null, rule text not null, primary key (handset, place)
) without rowid;
create table if not exists carrier_opt_outs (
  handset text not null, number text not null, primary key (handset, number)
) without rowid;

create table if not exists conversation_pairs (
  address text not null, proxy text not null, conversation text not null, participant text not null,
  primary key (address, proxy)
) without rowid;
create index if not exists conversation_pairs_by_conversation on conversation_pairs (conversation);

create table if not exists studio_executions (
  sid text primary key, flow text not null, contact text not null, conversation text,
  revision integer not null, active integer not null, execution text not null, due integer, step text
) without rowid;
create unique index if not exists studio_executions_active on studio_executions (flow, contact) where active = 1;
create index if not exists studio_executions_talking on studio_executions (flow, conversation) where active = 1;

create table if not exists voice_calls (
  sequence integer primary key autoincrement, sid text not null unique, handset text not null,
  execution text, parent text, unfinished integer not null, call text not null
);
create index if not exists voice_calls_by_handset on voice_calls (handset, sequence);
create index if not exists voice_calls_by_execution on voice_calls (execution, sequence);
create index if not exists voice_calls_by_parent on voice_calls (parent, sequence);
create index if not exists voice_calls_unfinished on voice_calls (unfinished) where unfinished = 1;
create table if not exists voice_answering (handset text primary key, mode text not null) without rowid;

create table if not exists serverless_contents (version text primary key, content blob not null);
`;

/** What each version added to the one before it. */
const steps: readonly ((database: DatabaseSync) => void)[] = [
  (database) => {
    database.exec(first);
    indexNames(database);
  },
  // The switches had another name.
  (database) => database.exec("update or replace settings set name = 'switches' where name = 'unknowns'"),
  // Each account has its own: '' is the first one's.
  (database) => {
    for (const table of ["objects", "events"]) {
      const columns = database.prepare(`pragma table_info(${table})`).all();
      if (columns.some(({ name }) => name === "account")) continue;
      database.exec(`alter table ${table} add column account text not null default ''`);
    }
    database.exec(`
      drop index if exists objects_by_sid;
      create unique index objects_by_sid on objects (account, token, sid);
      drop index if exists objects_in_order;
      create index objects_in_order on objects (account, token, sequence);
      drop index if exists objects_by_unique_name;
      create index objects_by_unique_name on objects (account, token, unique_name) where unique_name is not null;
      drop index if exists objects_by_token;
      create index objects_by_token on objects (token, sid);
    `);
  },
];

/** The version that this local Twilio writes. */
export const databaseVersion = steps.length;

/** A file that a later local Twilio wrote. */
export class NewerDatabase extends Error {
  readonly code = "newer-database";

  constructor(file: string, version: number) {
    super(
      `${file} was written by a later local Twilio (version ${version} of the database, and this one knows ${databaseVersion}): use that one, or another folder.`,
    );
    this.name = "NewerDatabase";
  }
}

/**
 * Brings a database to the version of this local Twilio, all or nothing.
 *
 * @param file as an error names it
 * @throws NewerDatabase
 */
export function migrate(database: DatabaseSync, file: string): void {
  const version = Number(database.prepare("pragma user_version").get()?.["user_version"]);
  if (version > databaseVersion) throw new NewerDatabase(file, version);
  if (version === databaseVersion) return;
  database.exec("begin immediate");
  try {
    for (const step of steps.slice(version)) step(database);
    database.exec(`pragma user_version = ${databaseVersion}`);
    database.exec("commit");
  } catch (error) {
    database.exec("rollback");
    throw error;
  }
}
