/** The objects of all resources in one table, found by SID, by unique name and by any of their parents. */
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { Body, Json, Store, StoredObject } from "../product.ts";
import type { Transactions } from "./transaction.ts";

/** Properties that objects are looked up by with every message: an account may have thousands of numbers. */
const indexed = [
  "phone_number",
  "short_code",
  "sender_id",
  "address",
  "identity",
  "messaging_binding.address",
];

/** The value of a property, or of one within it. */
function valueAt(body: Body, property: string): unknown {
  return property
    .split(".")
    .reduce<unknown>(
      (value, name) => (typeof value === "object" && value !== null ? (value as Body)[name] : undefined),
      body,
    );
}

/** Indexes every object anew by the properties that objects are looked up by, and by its parents. */
export function indexNames(database: DatabaseSync): void {
  database.exec("delete from named; delete from ancestors");
  const name = database.prepare("insert into named values (?, ?, ?, ?)");
  const above = database.prepare("insert into ancestors (ancestor, token, sequence) values (?, ?, ?)");
  for (const row of database.prepare("select sequence, token, parents, body from objects").all()) {
    const token = String(row["token"]);
    const sequence = Number(row["sequence"]);
    const parents = JSON.parse(String(row["parents"])) as Record<string, string>;
    for (const ancestor of new Set(Object.values(parents))) above.run(ancestor, token, sequence);
    for (const [property, value] of namesIn(JSON.parse(String(row["body"])) as Body)) {
      name.run(token, property, value, sequence);
    }
  }
}

/** The properties that an object is looked up by, with their values. */
function namesIn(body: Body): (readonly [property: string, value: string])[] {
  return indexed.flatMap((property) => {
    const value = valueAt(body, property);
    return typeof value === "string" ? [[property, value] as const] : [];
  });
}

const columns = "objects.sequence, objects.token, objects.sid, objects.parents, objects.body, objects.hidden";

/**
 * Opens the objects of one account; those of others are not there. `remove` takes with it everything below the object.
 *
 * @param account the account's key in the tables: `accountKey` of `open-accounts.ts`
 */
export function openObjects(database: DatabaseSync, transactions: Transactions, account: string): Store {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = statements.get(sql);
    if (known) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  const find: Store["find"] = (token, sid, parents = {}) => {
    const of = `select ${columns} from objects where account = ? and token = ?`;
    const bySid = prepare(`${of} and sid = ?`).get(account, token, sid);
    const rows = bySid ? [bySid] : prepare(`${of} and unique_name = ?`).all(account, token, sid);
    return rows.map(toObject).find((object) => isBelow(object, parents));
  };

  const addNames = (token: string, sequence: number, body: Body): void => {
    for (const [property, value] of namesIn(body)) {
      prepare("insert into named values (?, ?, ?, ?)").run(token, property, value, sequence);
    }
  };

  return {
    account,
    database,
    transaction: transactions.run,
    find,
    insert(object) {
      return transactions.run(() => {
        const { lastInsertRowid } = prepare(
          "insert into objects (account, token, sid, unique_name, parents, body, hidden) values (?, ?, ?, ?, ?, ?, ?)",
        ).run(
          account,
          object.token,
          object.sid,
          uniqueName(object.body),
          JSON.stringify(object.parents),
          JSON.stringify(object.body),
          JSON.stringify(object.hidden),
        );
        const sequence = Number(lastInsertRowid);
        for (const ancestor of new Set(Object.values(object.parents))) {
          prepare("insert into ancestors (ancestor, token, sequence) values (?, ?, ?)").run(
            ancestor,
            object.token,
            sequence,
          );
        }
        addNames(object.token, sequence, object.body);
        return { ...object, sequence };
      });
    },
    list(token, parents = {}, where = {}) {
      const conditions: string[] = [];
      const values: SQLInputValue[] = [];
      for (const ancestor of Object.values(parents)) {
        conditions.push(
          "objects.sequence in (select sequence from ancestors where ancestor = ? and token = ?)",
        );
        values.push(ancestor, token);
      }
      conditions.push("objects.account = ?", "objects.token = ?");
      values.push(account, token);
      for (const [property, value] of Object.entries(where)) {
        if (indexed.includes(property) && typeof value === "string") {
          conditions.push(
            "objects.sequence in (select sequence from named where token = ? and property = ? and value = ?)",
          );
          values.push(token, property, value);
          continue;
        }
        conditions.push("json_extract(objects.body, ?) is ?");
        values.push(`$."${property}"`, toSql(value));
      }
      const sql = `select ${columns} from objects where ${conditions.join(" and ")} order by objects.sequence`;
      return prepare(sql)
        .all(...values)
        .map(toObject);
    },
    replace(token, sid, body, hidden) {
      const row = prepare(
        "update objects set body = ?, unique_name = ?, hidden = coalesce(?, hidden) where account = ? and token = ? and sid = ? returning *",
      ).get(
        JSON.stringify(body),
        uniqueName(body),
        hidden ? JSON.stringify(hidden) : null,
        account,
        token,
        sid,
      );
      if (!row) throw new Error(`the store has no ${token} ${sid} to replace`);
      const stored = toObject(row);
      if (indexed.some((property) => valueAt(body, property) !== undefined)) {
        prepare("delete from named where sequence = ?").run(stored.sequence);
        addNames(token, stored.sequence, body);
      }
      return stored;
    },
    remove(token, sid, above = [sid]) {
      return transactions.run(() => {
        const row = prepare("select sequence from objects where account = ? and token = ? and sid = ?").get(
          account,
          token,
          sid,
        );
        if (!row) return false;
        const below = above.map(
          () =>
            "select sequence from ancestors join objects using (sequence) where ancestor = ? and account = ?",
        );
        const named = above.flatMap((name) => [name, account]);
        const sequences = above.length === 0 ? [] : prepare(below.join(" intersect ")).all(...named);
        for (const { sequence } of [...sequences, row]) {
          prepare("delete from objects where sequence = ?").run(Number(sequence));
          prepare("delete from ancestors where sequence = ?").run(Number(sequence));
          prepare("delete from named where sequence = ?").run(Number(sequence));
        }
        return true;
      });
    },
  };
}

/** Its JSON is read when it is asked for: of a long list, a page is. */
function toObject(row: Record<string, unknown>): StoredObject {
  let parents: Record<string, string> | undefined;
  let body: Body | undefined;
  let hidden: Body | undefined;
  return {
    token: String(row["token"]),
    sid: String(row["sid"]),
    get parents() {
      return (parents ??= JSON.parse(String(row["parents"])) as Record<string, string>);
    },
    get body() {
      return (body ??= JSON.parse(String(row["body"])) as Body);
    },
    get hidden() {
      return (hidden ??= JSON.parse(String(row["hidden"])) as Body);
    },
    sequence: Number(row["sequence"]),
  };
}

function isBelow(object: StoredObject, parents: Readonly<Record<string, string>>): boolean {
  const above = new Set(Object.values(object.parents));
  return Object.values(parents).every((sid) => above.has(sid));
}

function uniqueName(body: Body): string | null {
  const name = body["unique_name"];
  return typeof name === "string" ? name : null;
}

/** As json_extract answers it: booleans as 0 and 1, arrays and objects as their text. */
function toSql(value: Json): SQLInputValue {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value === null || typeof value === "string" || typeof value === "number") return value;
  return JSON.stringify(value);
}
