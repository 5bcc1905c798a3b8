import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startForTest } from "../testing/local.ts";
import { databaseVersion } from "./migrations.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "migrations-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => new DatabaseSync(join(folder, "twilio.sqlite"));
const numbers =
  "api.twilio.com/2010-04-01/Accounts/AC10ca1000000000000000000000000001/IncomingPhoneNumbers.json";

/** What a local Twilio leaves behind, made to look like one of before files said their version. */
async function leaveAnOlderFile(): Promise<void> {
  {
    await using local = await startForTest({ folder, switches: { channelAddress: "proxy" } });
    await local.call("POST", "conversations.twilio.com/v1/Conversations", { FriendlyName: "kept" });
  }
  const database = file();
  // Tables were made when they were first needed; the index by names came later than the objects.
  database.exec(
    "drop table named; drop table ancestors; drop table voice_calls; drop table serverless_contents",
  );
  database.exec("update settings set name = 'unknowns' where name = 'switches'");
  database.exec("pragma user_version = 0");
  database.close();
}

test("a file of before files said their version opens with everything in it", async () => {
  await leaveAnOlderFile();
  await using local = await startForTest({ folder });
  expect((await local.call("GET", numbers)).body["incoming_phone_numbers"]).toHaveLength(9);
  const { body } = await local.call("GET", "conversations.twilio.com/v1/Conversations");
  expect(body["conversations"]).toMatchObject([{ friendly_name: "kept" }]);
  expect(local.twilio.settings.switches.channelAddress).toBe("proxy");
  const database = file();
  expect(database.prepare("pragma user_version").get()).toEqual({ user_version: databaseVersion });
  database.close();
});

test("a file of a later local Twilio is refused with one sentence, and left as it is", async () => {
  await (await startForTest({ folder })).close();
  const database = file();
  database.exec(`pragma user_version = ${databaseVersion + 1}`);
  database.close();
  await expect(startForTest({ folder })).rejects.toThrow(
    `${join(folder, "twilio.sqlite")} was written by a later local Twilio (version ${databaseVersion + 1} of the database, and this one knows ${databaseVersion}): use that one, or another folder.`,
  );
  const after = file();
  expect(after.prepare("pragma user_version").get()).toEqual({ user_version: databaseVersion + 1 });
  after.close();
});
