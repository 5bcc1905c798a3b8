import { expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { openObjects } from "./objects.ts";
import { openTransactions } from "./transaction.ts";

function openStore() {
  const database = openDatabase(null);
  const transactions = openTransactions(database);
  const of = (account: string) => openObjects(database, transactions, account);
  return { store: of(""), another: of("AC2"), transactions };
}

function put(
  store: ReturnType<typeof openStore>["store"],
  token: string,
  sid: string,
  parents = {},
  body = {},
) {
  return store.insert({ token, sid, parents, body, hidden: {} });
}

test("an object is found by SID and by unique name, below the parents that are asked for", () => {
  const { store } = openStore();
  put(store, "service", "ZS1", {}, { unique_name: "one" });
  put(store, "environment", "ZE1", { ServiceSid: "ZS1" }, { unique_name: "dev" });
  put(store, "environment", "ZE2", { ServiceSid: "ZS2" }, { unique_name: "dev" });
  expect(store.find("service", "one")?.sid).toBe("ZS1");
  expect(store.find("environment", "dev", { ServiceSid: "ZS2" })?.sid).toBe("ZE2");
  expect(store.find("environment", "ZE2", { ServiceSid: "ZS1" })).toBeUndefined();
});

test("a list is in order of creation, below any parent, by body properties of every type", () => {
  const { store } = openStore();
  put(
    store,
    "log",
    "NO1",
    { ServiceSid: "ZS1", EnvironmentSid: "ZE1" },
    { level: "info", seen: true, at: null },
  );
  put(
    store,
    "log",
    "NO2",
    { ServiceSid: "ZS1", EnvironmentSid: "ZE2" },
    { level: "info", seen: false, at: 3 },
  );
  const sids = (where: Parameters<typeof store.list>[2], parents = {}) =>
    store.list("log", parents, where).map(({ sid }) => sid);
  expect(sids({ level: "info" })).toEqual(["NO1", "NO2"]);
  expect(sids({ seen: true })).toEqual(["NO1"]);
  expect(sids({ at: null })).toEqual(["NO1"]);
  expect(sids({ at: 3 })).toEqual(["NO2"]);
  expect(sids({}, { EnvironmentSid: "ZE2" })).toEqual(["NO2"]);
});

test("removing an object removes everything below it and nothing else", () => {
  const { store } = openStore();
  put(store, "service", "ZS1");
  put(store, "function", "ZH1", { ServiceSid: "ZS1" });
  put(store, "version", "ZN1", { ServiceSid: "ZS1", FunctionSid: "ZH1" });
  put(store, "version", "ZN2", { ServiceSid: "ZS2", FunctionSid: "ZH2" });
  expect(store.remove("service", "ZS1")).toBe(true);
  expect(store.list("function")).toEqual([]);
  expect(store.list("version").map(({ sid }) => sid)).toEqual(["ZN2"]);
  expect(store.remove("service", "ZS1")).toBe(false);
});

test("replacing keeps hidden values unless new ones are given", () => {
  const { store } = openStore();
  store.insert({ token: "t", sid: "s", parents: {}, body: { a: 1 }, hidden: { key: "k" } });
  expect(store.replace("t", "s", { a: 2 })).toMatchObject({ body: { a: 2 }, hidden: { key: "k" } });
  expect(store.replace("t", "s", { a: 3 }, {}).hidden).toEqual({});
  expect(() => store.replace("t", "other", {})).toThrow("no t other");
});

test("a transaction that throws leaves nothing behind, an inner one only its own", () => {
  const { store, transactions } = openStore();
  const told: string[] = [];
  expect(() =>
    store.transaction(() => {
      put(store, "t", "lost");
      transactions.afterCommit(() => void told.push("lost"));
      throw new Error("no");
    }),
  ).toThrow("no");
  store.transaction(() => {
    put(store, "t", "kept");
    transactions.afterCommit(() => void told.push("kept"));
    expect(() =>
      store.transaction(() => {
        put(store, "t", "inner");
        transactions.afterCommit(() => void told.push("inner"));
        throw new Error("inner");
      }),
    ).toThrow("inner");
    expect(told).toEqual([]);
  });
  expect(store.list("t").map(({ sid }) => sid)).toEqual(["kept"]);
  expect(told).toEqual(["kept"]);
});

test("what objects are looked up by most is indexed: found after a change under the new value, and not once removed", () => {
  const { store } = openStore();
  put(store, "number", "PN1", { AccountSid: "AC1" }, { phone_number: "+15550100001" });
  put(store, "number", "PN2", { AccountSid: "AC1" }, { phone_number: "+15550100002" });
  const found = (number: string) => store.list("number", {}, { phone_number: number }).map(({ sid }) => sid);
  expect(found("+15550100001")).toEqual(["PN1"]);
  store.replace("number", "PN1", { phone_number: "+15550100003" });
  expect([found("+15550100001"), found("+15550100003")]).toEqual([[], ["PN1"]]);
  store.remove("number", "PN2");
  expect(found("+15550100002")).toEqual([]);
});

test("accounts see nothing of one another, whatever their things are called", () => {
  const { store, another } = openStore();
  put(store, "list", "default", {}, { unique_name: "one" });
  put(store, "item", "default/a", { ListSid: "default" });
  put(another, "list", "default", {}, { unique_name: "one", number: 2 });
  put(another, "item", "default/a", { ListSid: "default" });
  expect(another.find("list", "one")?.body).toEqual({ unique_name: "one", number: 2 });
  another.replace("list", "default", { number: 3 });
  expect(store.find("list", "default")?.body).toEqual({ unique_name: "one" });
  expect(another.list("item", { ListSid: "default" })).toHaveLength(1);
  expect(another.remove("list", "default")).toBe(true);
  expect(another.list("item")).toEqual([]);
  expect(store.list("item", { ListSid: "default" })).toHaveLength(1);
});
