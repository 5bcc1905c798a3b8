import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { accountSid, Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio, type PlayedAnswer } from "../testing/played-twilio.ts";
import { Secret, type JsonMap } from "../values/value.ts";

const service = "twilio:conversations:Service";
const services = "conversations.twilio.com/v1/Services";
const sid = (n: number) => `IS${String(n).padStart(32, "0")}`;
const inputs = { friendlyName: "line" };
const root = mkdtempSync(join(tmpdir(), "make-"));
const options = { journals: () => root };

afterEach(() => {
  for (const name of readdirSync(root)) rmSync(join(root, name), { recursive: true, force: true });
});

/** Conversations Services as Twilio keeps them: no name is taken. `fate` says what becomes of each create. */
function playServices(twilio: PlayedTwilio, fate: (create: number) => "ok" | "lost" | "dropped" | "failed") {
  const made: JsonMap[] = [];
  const put = (friendlyName: string, at = Date.now()): JsonMap => {
    const body = {
      sid: sid(made.length + 1),
      friendly_name: friendlyName,
      date_created: new Date(at).toISOString(),
    };
    made.unshift(body);
    twilio.on(`GET ${services}/${body.sid}`, () => ({
      status: 200,
      body: made.find((one) => one["sid"] === body.sid) ?? {},
    }));
    return body;
  };
  twilio
    .on(`POST ${services}`, (request, times): PlayedAnswer => {
      const what = fate(times);
      if (what === "dropped") return "drop";
      const body = put(request.form.get("FriendlyName") ?? "");
      if (what === "failed") return { status: 500 };
      return what === "lost" ? "drop" : { status: 201, body };
    })
    .on(`GET ${services}`, () => ({ status: 200, body: { services: [...made], meta: { key: "services" } } }));
  return { made, put };
}

const posts = (twilio: PlayedTwilio) => twilio.calls.filter((call) => call.startsWith("POST"));
const gets = (twilio: PlayedTwilio) => twilio.calls.filter((call) => call.startsWith("GET"));
const journaled = () =>
  readdirSync(root, { recursive: true }).filter((name) => String(name).endsWith(".json"));

test("an undisturbed create reads nothing, and leaves nothing in the journal when the engine has ended", async () => {
  await using twilio = await PlayedTwilio.start();
  playServices(twilio, () => "ok");
  const engine = await Engine.at(twilio, {}, options);
  expect((await engine.create(service, inputs)).id).toBe(sid(1));
  expect(twilio.calls).toEqual([`POST ${services}`]);
  expect(journaled()).toHaveLength(1);
  await engine.end();
  expect(journaled()).toEqual([]);
});

test.each(["lost", "failed"] as const)(
  "what was made when its answer was %s is found and kept",
  async (fate) => {
    await using twilio = await PlayedTwilio.start();
    playServices(twilio, () => fate);
    await using engine = await Engine.at(twilio, {}, options);
    const made = await engine.create(service, inputs);
    expect(made).toMatchObject({ id: sid(1), outputs: { sid: sid(1), friendlyName: "line" } });
    expect(posts(twilio)).toHaveLength(1);
  },
);

test("what was not made is looked for, and then made", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made } = playServices(twilio, (create) => (create === 1 ? "dropped" : "ok"));
  await using engine = await Engine.at(twilio, {}, options);
  expect((await engine.create(service, inputs)).id).toBe(sid(1));
  expect(made).toHaveLength(1);
  expect(gets(twilio).length).toBeGreaterThan(0);
});

test("a list that does not show it yet is read again before anything is made again", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made } = playServices(twilio, () => "lost");
  twilio.on(`GET ${services}`, (_, times) => ({
    status: 200,
    body: { services: times < 3 ? [] : [...made], meta: { key: "services" } },
  }));
  await using engine = await Engine.at(twilio, {}, options);
  expect((await engine.create(service, inputs)).id).toBe(sid(1));
  expect(made).toHaveLength(1);
});

test("what is older, or says something else, is never taken for ours", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made, put } = playServices(twilio, (create) => (create === 1 ? "dropped" : "ok"));
  put("line", Date.now() - 60_000);
  put("other");
  await using engine = await Engine.at(twilio, {}, options);
  expect((await engine.create(service, inputs)).id).toBe(sid(3));
  expect(made).toHaveLength(3);
});

test("equal creates at once stay apart, whichever of them is lost", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made } = playServices(twilio, (create) => (create % 2 === 1 ? "lost" : "ok"));
  await using engine = await Engine.at(twilio, {}, options);
  const names = ["a", "b", "c", "d"];
  const all = await Promise.all(names.map((name) => engine.create(service, inputs, false, name)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(4);
  expect(made).toHaveLength(4);
});

test("a later process finds what a killed one made: with its id, or by looking", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made, put } = playServices(twilio, () => "ok");
  // Answered, but the engine died before it recorded that.
  const first = await Engine.at(twilio, {}, options);
  await first.create(service, inputs, false, "answered");
  await first[Symbol.asyncDispose]();
  twilio.forget();
  const second = await Engine.at(twilio, {}, options);
  expect((await second.create(service, inputs, false, "answered")).id).toBe(sid(1));
  expect(twilio.calls).toEqual([`GET ${services}/${sid(1)}`]);
  await second.end();
  expect(journaled()).toEqual([]);

  // Killed before the answer came.
  twilio.on(`POST ${services}`, () => {
    put("late");
    return "drop";
  });
  twilio.on(`GET ${services}`, "drop");
  const third = await Engine.at(twilio, {}, options);
  await failure(third.create(service, { friendlyName: "late" }, false, "late"));
  await third[Symbol.asyncDispose]();
  playServices(twilio, () => "ok");
  twilio.on(`GET ${services}`, () => ({ status: 200, body: { services: [...made], meta: {} } })).forget();
  await using fourth = await Engine.at(twilio, {}, options);
  expect((await fourth.create(service, { friendlyName: "late" }, false, "late")).id).toBe(sid(2));
  expect(posts(twilio)).toEqual([]);
});

test("what Twilio does not show yet of a killed process's work is waited for, not made again", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made } = playServices(twilio, () => "ok");
  const first = await Engine.at(twilio, {}, options);
  await first.create(service, inputs);
  await first[Symbol.asyncDispose]();
  twilio.on(`GET ${services}/${sid(1)}`, (_, times) =>
    times < 3 ? { status: 404 } : { status: 200, body: made[0] ?? {} },
  );
  await using second = await Engine.at(twilio, {}, options);
  expect((await second.create(service, inputs)).id).toBe(sid(1));
  expect(made).toHaveLength(1);
});

test("what an interrupted attempt made with other inputs is brought up to date, not doubled", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made } = playServices(twilio, () => "ok");
  const first = await Engine.at(twilio, {}, options);
  await first.create(service, { friendlyName: "old" });
  await first[Symbol.asyncDispose]();
  const configuration = `${services}/${sid(1)}/Configuration`;
  twilio.on(`GET ${configuration}`, { status: 404 });
  await using second = await Engine.at(twilio, {}, options);
  const { message } = await failure(second.create(service, { friendlyName: "new" }));
  // A Conversations Service cannot be renamed, and is not thrown away either.
  expect(message).toContain(`pulumi import ${service} it ${sid(1)}`);
  expect(made).toHaveLength(1);
});

test("what cannot be brought up to date now is left to the next deployment, and not forgotten", async () => {
  await using twilio = await PlayedTwilio.start();
  const [token, place, id] = ["twilio:sync:Service", "sync.twilio.com/v1/Services", sid(1)];
  const body = { sid: id, friendly_name: "old", date_created: new Date().toISOString() };
  twilio
    .on(`POST ${place}`, { status: 201, body })
    .on(`GET ${place}/${id}`, { status: 200, body })
    .on(`POST ${place}/${id}`, { status: 400, body: { code: 20001, message: "no" } });
  const first = await Engine.at(twilio, {}, options);
  await first.create(token, { friendlyName: "old" });
  await first[Symbol.asyncDispose]();
  const second = await Engine.at(twilio, {}, options);
  await failure(second.create(token, { friendlyName: "new" }));
  await second.end();
  twilio.on(`POST ${place}/${id}`, { status: 200, body: { ...body, friendly_name: "new" } }).forget();
  const third = await Engine.at(twilio, {}, options);
  expect((await third.create(token, { friendlyName: "new" })).id).toBe(id);
  expect(posts(twilio)).toEqual([`POST ${place}/${id}`]);
  await third.end();
  expect(journaled()).toEqual([]);
});

test("an engine that speaks of it has recorded it: another create is another", async () => {
  await using twilio = await PlayedTwilio.start();
  playServices(twilio, () => "ok");
  const first = await Engine.at(twilio, {}, options);
  const made = await first.create(service, inputs);
  await first[Symbol.asyncDispose]();
  await using second = await Engine.at(twilio, {}, options);
  await second.check(service, inputs, made.inputs);
  twilio.forget();
  expect((await second.create(service, inputs)).id).toBe(sid(2));
  expect(twilio.calls).toEqual([`POST ${services}`]);
});

test("a machine that never journaled this stack looks once for an equal one, and says how to take it over", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made, put } = playServices(twilio, () => "ok");
  put("line", Date.now() - 60_000);
  const old = { accountSid: "AC1" };
  await using engine = await Engine.at(twilio, {}, options, old);
  const { message } = await failure(engine.create(service, inputs));
  expect(message).toContain(`pulumi import ${service} it ${sid(1)}`);
  expect(message).toContain("PULUMI_TWILIO_EXPECT_TWINS");
  await engine.create(service, { friendlyName: "other" }, false, "other");
  expect(gets(twilio)).toHaveLength(1);
  expect(made).toHaveLength(2);
  await using willing = await Engine.at(twilio, { expectTwins: true }, options, old);
  expect((await willing.create(service, inputs)).id).toBe(sid(3));
  expect(gets(twilio)).toHaveLength(1);
});

test("what is called by a name is recorded where it is, and not by its namesake in another parent", async () => {
  await using twilio = await PlayedTwilio.start();
  const [token, IS] = ["twilio:sync:SyncMapItem", sid(1)];
  const [one, two] = ["1", "2"].map((digit) => `MP${digit.repeat(32)}`);
  const item = (map = "") => ({ serviceSid: IS, mapSid: map, key: "ada", data: { of: 1 } });
  const items = (map = "") => `sync.twilio.com/v1/Services/${IS}/Maps/${map}/Items`;
  const body = { key: "ada", service_sid: IS, map_sid: two ?? "", data: { of: 1 } };
  twilio.on(`POST ${items(two)}`, { status: 201, body });
  const first = await Engine.at(twilio, {}, options);
  await first.create(token, item(two));
  await first[Symbol.asyncDispose]();
  // The state knows the one that is to be replaced.
  const old = { id: "ada", inputs: item(one), outputs: item(one) };
  const second = await Engine.at(twilio, {}, options);
  await second.diff(token, old, item(two));
  expect(journaled()).toHaveLength(1);
  await second.diff(token, { ...old, inputs: item(two), outputs: item(two) }, item(two));
  expect(journaled()).toEqual([]);
  await second.end();
});

const ZS = `ZS${"1".repeat(32)}`;
const ZE = `ZE${"1".repeat(32)}`;
const variable = "twilio:serverless:Variable";
const variables = `serverless.twilio.com/v1/Services/${ZS}/Environments/${ZE}/Variables`;
const own = { serviceSid: ZS, environmentSid: ZE, key: "AGENTS", value: new Secret("hush") };
const theirs = {
  sid: `ZV${"1".repeat(32)}`,
  key: "AGENTS",
  value: "theirs",
  date_created: "2020-01-01T00:00:00Z",
};

test("a name that is taken is named, with the line that takes it over; nothing of it is changed", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio
    .on(`POST ${variables}`, { status: 409, body: { code: 20409, message: "Key already exists" } })
    .on(`GET ${variables}`, { status: 200, body: { variables: [theirs], meta: {} } });
  await using engine = await Engine.at(twilio, {}, options);
  const { message } = await failure(engine.create(variable, own));
  expect(message).toContain(`pulumi import ${variable} it ${ZS}/${ZE}/${theirs.sid}`);
  expect(twilio.calls).toEqual([`POST ${variables}`, `GET ${variables}`]);
  expect(journaled()).toEqual([]);
  // Where the journal is lost, it may be ours, and what a replacement made that was interrupted.
  rmSync(join(root, "project"), { recursive: true });
  await using lost = await Engine.at(twilio, {}, options, { accountSid: "AC1" });
  const { message: there } = await failure(lost.create(variable, own));
  expect(there).toContain("this machine does not know whether an earlier deployment of this stack made it");
  expect(there).toContain(`pulumi import ${variable} it ${ZS}/${ZE}/${theirs.sid}`);
  expect(there).toContain(`delete this one: \`curl -X DELETE`);
});

test("a name that a killed process of ours took under another name of the program is said to be ours", async () => {
  await using twilio = await PlayedTwilio.start();
  const mine = { ...theirs, value: "hush" };
  twilio.on(`POST ${variables}`, { status: 201, body: mine });
  const first = await Engine.at(twilio, {}, options);
  await first.create(variable, own, false, "old");
  await first[Symbol.asyncDispose]();
  twilio
    .on(`POST ${variables}`, { status: 409, body: { code: 20409, message: "Key already exists" } })
    .on(`GET ${variables}`, { status: 200, body: { variables: [mine], meta: {} } });
  await using second = await Engine.at(twilio, {}, options);
  const { message } = await failure(second.create(variable, own, false, "new"));
  expect(message).toContain('An interrupted deployment of this stack made it, as "old".');
  expect(message).toContain('aliases: [{ name: "old" }]');
  expect(message).toContain(`pulumi import ${variable} new ${ZS}/${ZE}/${theirs.sid}`);
  expect(message).toContain(`${twilio.endpoint}/${variables}/${theirs.sid}\``);
});

test("what a killed process made with another secret is known by the hash, and brought up to date", async () => {
  await using twilio = await PlayedTwilio.start();
  const mine = { ...theirs, value: "hush", date_created: new Date().toISOString() };
  twilio.on(`POST ${variables}`, "drop").on(`GET ${variables}`, "drop");
  const first = await Engine.at(twilio, {}, options);
  await failure(first.create(variable, own));
  await first[Symbol.asyncDispose]();
  const changed = { ...mine, value: "other" };
  twilio
    .on(`POST ${variables}`, { status: 409, body: { code: 20409, message: "Key already exists" } })
    .on(`GET ${variables}`, { status: 200, body: { variables: [mine], meta: {} } })
    .on(`POST ${variables}/${mine.sid}`, { status: 200, body: changed })
    .forget();
  await using second = await Engine.at(twilio, {}, options);
  const made = await second.create(variable, { ...own, value: new Secret("other") });
  expect(made.id).toBe(mine.sid);
  expect(posts(twilio)).toEqual([`POST ${variables}/${mine.sid}`]);
});

test("what has a secret that was never ours is another's, young as it may be", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${variables}`, "drop").on(`GET ${variables}`, "drop");
  const first = await Engine.at(twilio, {}, options);
  await failure(first.create(variable, own));
  await first[Symbol.asyncDispose]();
  const young = { ...theirs, date_created: new Date().toISOString() };
  twilio
    .on(`POST ${variables}`, { status: 409, body: { code: 20409, message: "Key already exists" } })
    .on(`GET ${variables}`, { status: 200, body: { variables: [young], meta: {} } });
  await using second = await Engine.at(twilio, {}, options);
  const { message } = await failure(second.create(variable, { ...own, value: new Secret("other") }));
  expect(message).toContain(`pulumi import ${variable} it ${ZS}/${ZE}/${theirs.sid}`);
});

test("no secret is written into the journal", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${variables}`, "drop");
  await using engine = await Engine.at(twilio, {}, options);
  await failure(engine.create(variable, own));
  const { readFileSync } = await import("node:fs");
  const [file] = journaled();
  const text = readFileSync(join(root, String(file)), "utf8");
  expect(text).toContain("AGENTS");
  expect(text).not.toContain("hush");
});

test("a create that was refused, or never sent, is over", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on(`POST ${variables}`, { status: 400, body: { code: 20001, message: "no" } });
  await using engine = await Engine.at(twilio, {}, options);
  await failure(engine.create(variable, own));
  await engine.cancel();
  await failure(engine.create(service, inputs));
  expect(journaled()).toEqual([]);
});

test("customTimeouts end a create that takes too long, and the next one looks for what it made", async () => {
  await using twilio = await PlayedTwilio.start();
  const { made } = playServices(twilio, () => "failed");
  twilio.on(`GET ${services}`, { status: 503, headers: { "retry-after": "60" } });
  const patient = { attempts: 9, firstWaitMs: 60_000, longestWaitMs: 60_000, settleMs: 40 };
  const slow = await Engine.at(twilio, {}, { ...options, policy: patient });
  const { message } = await failure(slow.create(service, inputs, false, "it", 0.1));
  expect(message).toContain("longer than the 0.1 s");
  await slow[Symbol.asyncDispose]();
  twilio.on(`GET ${services}`, () => ({ status: 200, body: { services: [...made], meta: {} } }));
  await using next = await Engine.at(twilio, {}, options);
  expect((await next.create(service, inputs)).id).toBe(sid(1));
  expect(made).toHaveLength(1);
});

test("a key whose secret was in the lost answer is deleted and made again: nobody can have that secret any more", async () => {
  await using twilio = await PlayedTwilio.start();
  const keys = `api.twilio.com/2010-04-01/Accounts/${accountSid}/Keys`;
  const made: JsonMap[] = [];
  const key = (n: number) => `SK${String(n).padStart(32, "0")}`;
  twilio
    .on(`POST ${keys}.json`, (_, times) => {
      const shown = {
        sid: key(times),
        friendly_name: "line",
        date_created: new Date().toISOString(),
      };
      made.push(shown);
      return times === 1 ? "drop" : { status: 201, body: { ...shown, secret: "hush" } };
    })
    .on(`GET ${keys}.json`, () => ({ status: 200, body: { keys: [...made], meta: {} } }))
    .on(`DELETE ${keys}/${key(1)}.json`, () => {
      made.shift();
      return { status: 204 };
    });
  await using engine = await Engine.at(twilio, {}, options);
  const created = await engine.create("twilio:api:Key", { friendlyName: "line" });
  expect(created.id).toBe(key(2));
  expect(made).toHaveLength(1);
});
