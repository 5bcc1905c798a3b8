import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { leftBehind } from "./left-behind-command.ts";
import { accountSid, Engine, failure, HeardLog } from "./testing/engine.ts";
import { PlayedTwilio } from "./testing/played-twilio.ts";
import type { JsonMap, ValueMap } from "./values/value.ts";

const root = mkdtempSync(join(tmpdir(), "left-behind-"));
const options = { journals: () => root };
afterEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true, force: true });
});

const journaled = () =>
  readdirSync(root, { recursive: true }).filter((name) => String(name).endsWith(".json"));
const sid = (prefix: string, n = 1) => `${prefix}${String(n).padStart(32, "0")}`;
const made = "2026-12-01T10:00:00Z";
const later = "2026-12-01T10:05:00Z";

interface Thing {
  readonly token: string;
  /** `conversations.twilio.com/v1/Services` */
  readonly place: string;
  readonly id: string;
  readonly inputs: ValueMap;
  readonly body: JsonMap;
}

const called = (token: string, place: string): Thing => ({
  token,
  place,
  id: sid("IS"),
  inputs: { friendlyName: "line" },
  body: { sid: sid("IS"), friendly_name: "line", date_created: made },
});
const service = called("twilio:conversations:Service", "conversations.twilio.com/v1/Services");
const syncService = called("twilio:sync:Service", "sync.twilio.com/v1/Services");

/** Twilio with a thing that a deployment made which died before it recorded that. */
async function withLeft(thing: Thing): Promise<PlayedTwilio> {
  const twilio = await PlayedTwilio.start();
  twilio
    .on(`POST ${thing.place}`, { status: 201, body: thing.body })
    .on(`GET ${thing.place}/${thing.id}`, { status: 200, body: thing.body })
    .on(`DELETE ${thing.place}/${thing.id}`, { status: 204 });
  const engine = await Engine.at(twilio, {}, options);
  await engine.create(thing.token, thing.inputs, false, "line");
  await engine[Symbol.asyncDispose]();
  expect(journaled()).toHaveLength(1);
  twilio.forget();
  return twilio;
}

/** What a launcher has looked after when a deployment has ended well. */
function settle(
  { endpoint }: PlayedTwilio,
  { known = [], more = {}, began = Date.now() + 1 }: { known?: object[]; more?: object; began?: number } = {},
): Promise<string[]> {
  const config = {
    "twilio:accountSid": accountSid,
    "twilio:authToken": "token",
    "twilio:endpoint": endpoint,
  };
  const environment = { PULUMI_CONFIG: JSON.stringify({ ...config, ...more }) };
  const policy = { attempts: 2, firstWaitMs: 1, longestWaitMs: 2, settleMs: 20 };
  const state = { version: 3, deployment: { resources: known } };
  return leftBehind({ project: "project", stack: "test", began, state }, environment, { ...options, policy });
}

const deletes = (twilio: PlayedTwilio) => twilio.calls.filter((call) => call.startsWith("DELETE"));
const inState = ({ token, id, inputs }: Thing, name = "line") => ({
  urn: `urn:pulumi:test::project::${token}::${name}`,
  custom: true,
  type: token,
  id,
  inputs,
});

test("what no state has and nobody can miss is deleted, and one line says so", async () => {
  await using twilio = await withLeft(service);
  twilio.on(`GET ${service.place}/${service.id}/Roles`, {
    status: 200,
    // Made with the Service.
    body: { roles: [{ sid: sid("RL"), date_created: made }], meta: { key: "roles" } },
  });
  expect(await settle(twilio)).toEqual([
    `Deleted ${service.id}, ${service.token} "line": an interrupted deployment made it, and this stack does not need it.`,
  ]);
  expect(deletes(twilio)).toEqual([`DELETE ${service.place}/${service.id}`]);
  expect(journaled()).toEqual([]);
  expect(await settle(twilio)).toEqual([]);
});

test("what the state has is never touched, whatever it is called there", async () => {
  for (const name of ["line", "renamed"]) {
    await using twilio = await withLeft(service);
    expect(await settle(twilio, { known: [inState(service, name)] })).toEqual([]);
    expect(twilio.calls).toEqual([]);
    expect(journaled()).toEqual([]);
  }
});

test("a stack that has another of that name still lets go of the one that it does not have", async () => {
  await using twilio = await withLeft(syncService);
  const other = { ...syncService, id: sid("IS", 2) };
  expect(await settle(twilio, { known: [inState(other)] })).toEqual([
    expect.stringContaining(`Deleted ${syncService.id}`),
  ]);
});

test("what is called by a name is known by its parents too", async () => {
  const place = `sync.twilio.com/v1/Services/${sid("IS")}/Maps/${sid("MP")}/Items`;
  const item: Thing = {
    token: "twilio:sync:SyncMapItem",
    place,
    id: "ada",
    inputs: { serviceSid: sid("IS"), mapSid: sid("MP"), key: "ada", data: { of: 1 } },
    body: { key: "ada", service_sid: sid("IS"), map_sid: sid("MP"), data: { of: 1 }, date_created: made },
  };
  const elsewhere = inState({ ...item, inputs: { ...item.inputs, mapSid: sid("MP", 2) } });
  await using twilio = await withLeft(item);
  expect(await settle(twilio, { known: [elsewhere, inState(item)] })).toEqual([]);
  expect(deletes(twilio)).toEqual([]);
  // As an export has it: it may be this one.
  const hidden = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:x",
  };
  await using secret = await withLeft(item);
  const unseen = inState({ ...item, inputs: { ...item.inputs, mapSid: hidden } });
  expect(await settle(secret, { known: [unseen] })).toEqual([]);
  expect(deletes(secret)).toEqual([]);
  await using again = await withLeft(item);
  expect(await settle(again, { known: [elsewhere] })).toHaveLength(1);
  expect(deletes(again)).toEqual([`DELETE ${place}/ada`]);
});

test("what holds something is named with both ways out, each time until somebody takes one", async () => {
  await using twilio = await withLeft(service);
  twilio.on(`GET ${service.place}/${service.id}/Conversations`, {
    status: 200,
    body: { conversations: [{ sid: sid("CH"), date_created: later }], meta: { key: "conversations" } },
  });
  const url = `${twilio.endpoint}/${service.place}/${service.id}`;
  const line = `${service.id}, ${service.token} "line", stays at Twilio: an interrupted deployment made it, and it is not part of this stack. It was not deleted, because it holds a ServiceConversation. To take it over: \`pulumi import ${service.token} line ${service.id} -s test\`. To delete it: \`curl -X DELETE -u "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" ${url}\`.`;
  expect(await settle(twilio)).toEqual([line]);
  expect(await settle(twilio)).toEqual([line]);
  expect(deletes(twilio)).toEqual([]);
  // Under the name that the import has where the stack has another of it.
  const other = inState({ ...service, id: sid("IS", 2) });
  expect(await settle(twilio, { known: [other] })).toEqual([
    expect.stringContaining(`pulumi import ${service.token} line-2 ${service.id}`),
  ]);
  // Imported under any name.
  const engine = await Engine.at(twilio, {}, options);
  await engine.read(service.token, { id: service.id }, "taken-over");
  await engine.end();
  expect(journaled()).toEqual([]);
});

test("what somebody has changed since is not ours any more", async () => {
  await using twilio = await withLeft(service);
  twilio.on(`GET ${service.place}/${service.id}`, {
    status: 200,
    body: { ...service.body, friendly_name: "mine" },
  });
  expect(await settle(twilio)).toEqual([expect.stringContaining("because somebody has changed it since.")]);
  expect(deletes(twilio)).toEqual([]);
});

test("what was made long ago may be another's by now", async () => {
  await using twilio = await withLeft(service);
  const file = join(root, String(journaled()[0]));
  const entry = JSON.parse(readFileSync(file, "utf8")) as { at: number };
  writeFileSync(file, JSON.stringify({ ...entry, at: entry.at - 8 * 24 * 3_600_000 }));
  expect(await settle(twilio)).toEqual([
    expect.stringContaining("because it was made more than a week ago."),
  ]);
  expect(deletes(twilio)).toEqual([]);
});

const number: Thing = {
  token: "twilio:api:IncomingPhoneNumber",
  place: `api.twilio.com/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers`,
  id: sid("PN"),
  inputs: { phoneNumber: "+15550100001" },
  body: { sid: sid("PN"), phone_number: "+15550100001", date_created: "Tue, 01 Dec 2026 10:00:00 +0000" },
};

test("a number that was bought stays, unless the stack says that such things may go", async () => {
  await using twilio = await PlayedTwilio.start();
  const [place, own] = [`${number.place}.json`, `${number.place}/${number.id}.json`];
  twilio
    .on(`GET ${place}`, { status: 200, body: { incoming_phone_numbers: [] } })
    .on(`POST ${place}`, { status: 201, body: number.body })
    .on(`GET ${own}`, { status: 200, body: number.body })
    .on(`DELETE ${own}`, { status: 204 });
  const engine = await Engine.at(twilio, {}, options);
  await engine.create(number.token, number.inputs, false, "line");
  await engine[Symbol.asyncDispose]();
  expect(await settle(twilio)).toEqual([expect.stringContaining("the number goes back to Twilio")]);
  expect(deletes(twilio)).toEqual([]);
  expect(await settle(twilio, { more: { "twilio:deletable": number.token } })).toEqual([
    expect.stringContaining(`Deleted ${number.id}`),
  ]);
  expect(deletes(twilio)).toEqual([`DELETE ${own}`]);
});

test("what may be somebody else's, for its answer was lost, is named and never deleted", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${service.place}`, "drop").on(`GET ${service.place}`, "drop");
  const engine = await Engine.at(twilio, {}, options);
  await failure(engine.create(service.token, service.inputs, false, "line"));
  await engine[Symbol.asyncDispose]();
  const body = { ...service.body, date_created: new Date().toISOString() };
  const old = { ...service.body, sid: sid("IS", 2) };
  twilio.on(`GET ${service.place}`, {
    status: 200,
    body: { services: [body, old], meta: { key: "services" } },
  });
  const [line, ...more] = await settle(twilio, { more: { "twilio:deletable": "*" } });
  expect(more).toEqual([]);
  expect(line).toContain(`${service.id}, ${service.token} "line", stays at Twilio`);
  const [file = ""] = journaled();
  expect(line).toContain(`If it is somebody else's: delete ${join(root, String(file))}.`);
  expect(deletes(twilio)).toEqual([]);
  // The state has it after all: an import took it over.
  expect(await settle(twilio, { known: [inState(service)] })).toEqual([]);
  expect(journaled()).toEqual([]);
});

test("what was begun after the deployment that has ended is another's, and what is gone is forgotten", async () => {
  await using twilio = await withLeft(service);
  expect(await settle(twilio, { began: Date.now() - 60_000 })).toEqual([]);
  expect(twilio.calls).toEqual([]);
  expect(journaled()).toHaveLength(1);
  twilio.on(`GET ${service.place}/${service.id}`, { status: 404 });
  expect(await settle(twilio)).toEqual([]);
  expect(journaled()).toEqual([]);
});

test("what cannot be looked up now is named, and looked up the next time", async () => {
  await using twilio = await withLeft(service);
  twilio.on(`GET ${service.place}/${service.id}`, { status: 500 });
  const [line = ""] = await settle(twilio);
  expect(line).toContain(service.id);
  expect(line).toContain("looks again");
  expect(journaled()).toHaveLength(1);
});

/** A run in which the engine speaks of these things, then ends as the engine does. */
async function run(
  twilio: PlayedTwilio,
  speak: (engine: Engine) => Promise<unknown>,
  isCleaned = false,
): Promise<string[]> {
  await using log = await HeardLog.start();
  const engine = await Engine.at(twilio, {}, { ...options, log, isCleaned });
  await speak(engine);
  await engine.cancel();
  await engine.end();
  return log.said.map(({ message }) => message);
}

const other = async (engine: Engine) => {
  expect((await engine.check(service.token, service.inputs, {}, "other")).failures).toEqual([]);
};

test("without a launcher, the end of a run warns of what it did not speak of, with SID and ways out", async () => {
  await using twilio = await withLeft(syncService);
  const [warning, ...more] = await run(twilio, other);
  expect(more).toEqual([]);
  expect(warning).toContain(`${syncService.id}, ${syncService.token} "line", was made by a deployment`);
  expect(warning).toContain("If the state does not have it, nothing looks after it.");
  expect(warning).toContain(`\`pulumi import ${syncService.token} line ${syncService.id} -s test\``);
  expect(warning).toContain(`${twilio.endpoint}/${syncService.place}/${syncService.id}\``);
  expect(deletes(twilio)).toEqual([]);
  expect(await run(twilio, other, true)).toEqual([
    expect.stringContaining("`pulumi up -s test` deletes it when it has ended well."),
  ]);
});

test("what no list shows is named with the place to look at, until somebody has looked", async () => {
  await using twilio = await PlayedTwilio.start();
  const place = "example.twilio.com/v1/Things";
  const token = "twilio:index:Resource";
  twilio.on(`POST ${place}`, "drop").on(`GET ${place}`, { status: 405 });
  const engine = await Engine.at(twilio, {}, options);
  await failure(engine.create(token, { url: `https://${place}`, parameters: {} }, false, "thing"));
  await engine[Symbol.asyncDispose]();
  const [file = ""] = journaled();
  const words = `${token} "thing" was begun by a deployment that was interrupted`;
  const [warning = "", ...more] = await run(twilio, other);
  expect(more).toEqual([]);
  expect(warning).toContain(words);
  expect(warning).toContain(`look at https://${place}.`);
  expect(warning).toContain(`To hear no more of it: delete ${join(root, String(file))}.`);
  expect(await run(twilio, other, true)).toEqual([expect.not.stringContaining("delete")]);
  expect(await settle(twilio)).toEqual([expect.stringContaining(words)]);
  expect(journaled()).toEqual([]);
  expect(await run(twilio, other)).toEqual([]);
});

test("nothing is said of what the run takes up, of what is gone, nor after a run that failed", async () => {
  await using twilio = await withLeft(service);
  const preview = (engine: Engine) => engine.create(service.token, service.inputs, true, "line");
  expect(await run(twilio, preview)).toEqual([]);
  const failing = async (engine: Engine) => {
    await other(engine);
    await failure(engine.read("twilio:sync:Service", { id: "nonsense/1/2" }));
  };
  expect(await run(twilio, failing)).toEqual([]);
  const taken = (engine: Engine) => engine.create(service.token, service.inputs, false, "line");
  expect(await run(twilio, taken)).toEqual([]);
  expect(journaled()).toEqual([]);

  await using again = await withLeft(service);
  again.on(`GET ${service.place}/${service.id}`, { status: 404 });
  expect(await run(again, other)).toEqual([]);
  expect(journaled()).toEqual([]);
});
