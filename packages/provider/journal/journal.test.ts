import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { journalFolder, journalRoot } from "./folder.ts";
import { isHashOf, Journal, saltedHash, type Attempt } from "./journal.ts";

const urn = "urn:pulumi:dev::line::twilio:studio:Flow::support";
const attempt: Attempt = {
  urn,
  token: "twilio:studio:Flow",
  parent: "studio.twilio.com/v2/Flows",
  inputs: { friendlyName: "support" },
  hash: saltedHash({ friendlyName: "support" }),
};
const root = mkdtempSync(join(tmpdir(), "journal-"));
const folder = join(root, "stack");
const files = () => readdirSync(folder);

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("what is begun is found by a later process, with the time of the first attempt", async () => {
  const first = new Journal(folder);
  expect(first.isKnown).toBe(false);
  const entry = await first.begin(attempt);
  expect(await first.begin(attempt)).toBe(entry);
  expect(statSync(join(folder, files()[0] ?? "")).mode & 0o777).toBe(0o600);
  const later = new Journal(folder);
  expect(later.isKnown).toBe(true);
  expect(later.left(urn)).toEqual(entry);
});

test("an answer is kept with its id until the engine speaks of it", async () => {
  const first = new Journal(folder);
  await first.begin(attempt);
  await first.answered(urn, "FW/1");
  const later = new Journal(folder);
  expect(later.left(urn)?.id).toBe("FW/1");
  later.recorded(urn, "FW2");
  expect(files()).toHaveLength(1);
  later.recorded(urn, "FW/1");
  expect(files()).toEqual([]);
});

test("an id that is a long address is kept as well as a short one", async () => {
  const id = `https://sync.twilio.com/v1/Services/${"x/".repeat(100)}`;
  const first = new Journal(folder);
  await first.begin(attempt);
  await first.answered(urn, id);
  const later = new Journal(folder);
  expect(later.left(urn)?.id).toBe(id);
  await later.answered(urn, "FW1");
  expect(new Journal(folder).left(urn)?.id).toBe("FW1");
  later.recorded(urn, "FW1");
  expect(files()).toEqual([]);
});

test("an answer that two processes in a row could not hand over keeps its id", async () => {
  const first = new Journal(folder);
  await first.begin(attempt);
  await first.answered(urn, "FW/1");
  const second = new Journal(folder);
  await second.answered(urn, "FW/1");
  expect(new Journal(folder).left(urn)?.id).toBe("FW/1");
  expect(files()).toHaveLength(1);
});

test("an engine that ends as it should has recorded what this process answered, and nothing else", async () => {
  const killed = new Journal(folder);
  await killed.begin({ ...attempt, urn: `${urn}-1` });
  await killed.answered(`${urn}-1`, "FW1");
  const journal = new Journal(folder);
  await journal.begin(attempt);
  await journal.begin({ ...attempt, urn: `${urn}-2` });
  await journal.answered(urn, "FW2");
  journal.settle();
  expect(journal.entries().map((entry) => entry.urn)).toEqual([`${urn}-1`, `${urn}-2`]);
  expect(files()).toHaveLength(2);
});

test("what was made for one resource is not another's", async () => {
  const journal = new Journal(null);
  await journal.begin(attempt);
  await journal.answered(urn, "FW1");
  expect(journal.isClaimed("FW1", urn)).toBe(false);
  expect(journal.isClaimed("FW1", `${urn}-2`)).toBe(true);
  journal.settle();
  expect(journal.isClaimed("FW1", `${urn}-2`)).toBe(true);
});

test("half an entry is none: the process died before it sent anything", async () => {
  const journal = new Journal(folder);
  await journal.begin(attempt);
  const file = join(folder, files()[0] ?? "");
  writeFileSync(file, readFileSync(file, "utf8").slice(0, 40));
  expect(new Journal(folder).entries()).toEqual([]);
  expect(files()).toEqual([]);
});

test("equal things in one place take turns, and a failure of one does not stop the next", async () => {
  const journal = new Journal(null);
  const { promise, reject } = Promise.withResolvers<string>();
  const begun: string[] = [];
  const one = journal.inTurn("a", () => promise);
  const two = journal.inTurn("a", async () => begun.push("two"));
  const three = journal.inTurn("b", async () => begun.push("three"));
  await three;
  expect(begun).toEqual(["three"]);
  reject(new Error("failed"));
  await expect(one).rejects.toThrow("failed");
  await two;
  expect(begun).toEqual(["three", "two"]);
});

test("a hash tells whether values are the same, whatever their order, and nothing of them", () => {
  const hash = saltedHash({ a: 1, b: "hush" });
  expect(hash).not.toContain("hush");
  expect(isHashOf(hash, { b: "hush", a: 1 })).toBe(true);
  expect(isHashOf(hash, { a: 1, b: "other" })).toBe(false);
  expect(saltedHash({ a: 1 })).not.toBe(saltedHash({ a: 1 }));
});

test("lies beside the state, else in Pulumi's home, else where it is told; one folder a stack, account and Twilio", () => {
  expect(journalRoot(undefined, { PULUMI_BACKEND_URL: "file:///state/here" })).toBe(
    "/state/here/.pulumi/twilio-journal",
  );
  expect(journalRoot(undefined, { PULUMI_BACKEND_URL: "s3://x", PULUMI_HOME: "/home/p" })).toBe(
    "/home/p/twilio-journal",
  );
  expect(journalRoot("/elsewhere", { PULUMI_HOME: "/home/p" })).toBe("/elsewhere");
  const scope = { urn, accountSid: "AC1", place: {} };
  const here = journalFolder("/root", scope);
  expect(here).toMatch(/^\/root\/line\/dev\/[0-9a-f]{12}$/);
  expect(journalFolder("/root", { ...scope, place: { region: "ie1" } })).not.toBe(here);
  expect(journalFolder("/root", { ...scope, accountSid: "AC2" })).not.toBe(here);
});
