/** What is beyond a limit is refused with a sentence that names it, and what came before goes on. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openEvents } from "./events.ts";
import type { Clock } from "./product.ts";
import { openDatabase } from "./store/database.ts";
import { openTransactions } from "./store/transaction.ts";
import { holds } from "./taskrouter/expression.ts";
import { text } from "./fields.ts";
import { limits } from "./limits.ts";
import { limitsPage } from "./limits-page.ts";
import { startForTest, type TestTwilio } from "./testing/local.ts";
import { sampleFlow } from "./testing/samples.ts";
import { callOut } from "./webhooks/call-out.ts";

let local: TestTwilio;
beforeEach(async () => {
  local = await startForTest();
});
afterEach(() => local[Symbol.asyncDispose]());

const latest = "9999-12-31T23:59:59Z";
const made = async (url: string, form: Record<string, string> = {}) =>
  text((await local.call("POST", url, form)).body, "sid");
const deep = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

test.each([[{ seconds: 1e300 }], [{ seconds: 1e15 }]])("the clock refuses %o and goes on", async (body) => {
  expect(await local.control("POST", "clock/advance", body)).toMatchObject({
    status: 400,
    body: { error: { code: "invalid_body", message: `the clock goes no further than ${latest}` } },
  });
  expect((await local.control("POST", "clock/advance", { seconds: 60 })).status).toBe(200);
  expect((await local.call("POST", "conversations.twilio.com/v1/Conversations")).status).toBe(201);
});

test("at the last moment of the calendar everything is as it was, and no date is later", async () => {
  expect((await local.control("POST", "clock/set", { at: latest })).status).toBe(200);
  expect((await local.control("POST", "clock/advance", { seconds: 1 })).status).toBe(400);
  const { body } = await local.call("POST", "conversations.twilio.com/v1/Conversations", {
    "Timers.Inactive": "PT1H",
  });
  expect(body).toMatchObject({ date_created: latest, timers: { date_inactive: latest } });
  const service = await made("sync.twilio.com/v1/Services");
  const document = await local.call("POST", `sync.twilio.com/v1/Services/${service}/Documents`, {
    Ttl: "60",
  });
  expect(document.body["date_expires"]).toBe("9999-12-31T23:59:59.000Z");
  expect((await local.control("GET", "clock")).body).toMatchObject({ now: "9999-12-31T23:59:59.000Z" });
});

test("a timer beyond any calendar is refused", async () => {
  const url = "conversations.twilio.com/v1/Conversations";
  expect((await local.call("POST", url, { "Timers.Closed": "P999999999999D" })).body).toMatchObject({
    code: 20001,
    message: expect.stringContaining(`longer than ${limits.conversation.timerDays} days`) as string,
  });
  const ok = await local.call("POST", url, { "Timers.Closed": `P${limits.conversation.timerDays}D` });
  expect(ok.status).toBe(201);
});

test.each(["999999999999", "-1"])("a Sync Document does not live %s seconds", async (Ttl) => {
  const service = await made("sync.twilio.com/v1/Services");
  expect(
    (await local.call("POST", `sync.twilio.com/v1/Services/${service}/Documents`, { Ttl })).body,
  ).toMatchObject({
    code: 20001,
    message: `Ttl is 0 to 31536000 seconds, not ${Ttl}`,
  });
});

test("JSON nests to its limit, in a body and in a field, and no deeper", async () => {
  const service = await made("sync.twilio.com/v1/Services");
  const url = `sync.twilio.com/v1/Services/${service}/Documents`;
  const { depth } = limits.request;
  expect((await local.call("POST", url, { Data: deep(depth) })).status).toBe(201);
  for (const nested of [depth + 1, 9_000, 500_000]) {
    const { body } = await local.call("POST", url, { Data: deep(nested) });
    expect(body["message"]).toBe(`Invalid parameter Data: it nests deeper than ${depth} lists and objects`);
  }
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  const answer = await fetch(`${local.endpoint}/content.twilio.com/v1/Content`, {
    method: "POST",
    headers: { authorization, "content-type": "application/json" },
    body: deep(9_000),
  });
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("nests deeper than")]);
});

test("Parameters of an Execution that nest 9,000 deep are refused", async () => {
  const flow = await made("studio.twilio.com/v2/Flows", {
    FriendlyName: "deep",
    Status: "published",
    Definition: JSON.stringify(sampleFlow),
  });
  const { body } = await local.call("POST", `studio.twilio.com/v2/Flows/${flow}/Executions`, {
    To: "+15550100201",
    From: "+15550100001",
    Parameters: deep(9_000),
  });
  expect(body).toMatchObject({
    code: 20001,
    message: expect.stringContaining("nests deeper than 100") as string,
  });
});

test("an expression of TaskRouter nests to its limit and no deeper, and is as long as it may be", () => {
  const { depth, characters } = limits.expression;
  const nested = (count: number) => `${"(".repeat(count)}1 == 1${")".repeat(count)}`;
  expect(holds(nested(depth), {})).toBe(true);
  expect(() => holds(nested(depth + 1), {})).toThrow(`nests deeper than ${depth} brackets`);
  expect(() => holds(`${"NOT ".repeat(depth + 1)} 1 == 1`, {})).toThrow("nests deeper than");
  expect(() => holds(`${"[".repeat(depth + 1)}`, {})).toThrow("nests deeper than");
  const chain = `1 == 1${" AND 1 == 1".repeat((characters - 6) / 11)}`;
  expect(holds(chain, {})).toBe(true);
  expect(() => holds("x".repeat(characters + 1), {})).toThrow(`is longer than ${characters} characters`);
});

test("a message has ten media and no more, wherever it comes from", async () => {
  const flow = await made("studio.twilio.com/v2/Flows", {
    FriendlyName: "media",
    Status: "published",
    Definition: JSON.stringify(sampleFlow),
  });
  const webhook = `${local.endpoint}/webhooks.twilio.com/v1/Accounts/${local.accountSid}/Flows/${flow}`;
  const message = {
    MessageSid: `SM${"1".repeat(32)}`,
    From: "+15550100201",
    To: "+15550100001",
    Body: "hello",
  };
  for (const [NumMedia, status] of [
    ["10", 200],
    ["11", 400],
    ["3000000", 400],
    ["1e300", 400],
    ["-1", 400],
    ["many", 400],
  ] as const) {
    const answer = await fetch(webhook, {
      method: "POST",
      body: new URLSearchParams({ ...message, NumMedia }),
    });
    expect([NumMedia, answer.status, status === 400 ? await answer.text() : ""]).toEqual([
      NumMedia,
      status,
      status === 400 ? "NumMedia is 0 to 10: no message has more" : "",
    ]);
  }
  const media = Array.from({ length: 11 }, () => ({
    url: "https://example.com/a.png",
    contentType: "image/png",
  }));
  const written = await local.control("POST", "handsets/%2B15550100201/messages", {
    to: "+15550100001",
    media,
  });
  expect(written.status).toBe(400);
  const form = new FormData();
  for (const [name, value] of [
    ["From", "+15550100001"],
    ["To", "+15550100201"],
  ] as const) {
    form.append(name, value);
  }
  for (const { url } of media) form.append("MediaUrl", url);
  const messages = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}/Messages.json`;
  expect((await local.call("POST", messages, form)).body).toMatchObject({ code: 21623 });
});

test("the database keeps its last events, and lets the oldest go for each that comes", () => {
  using database = openDatabase(null);
  const clock = { now: () => Date.UTC(2026, 11, 1) } as Clock;
  const events = openEvents(database, clock, openTransactions(database), "");
  const append = (sid: string) => events.append("conversation.created", sid, null, {});
  for (const sid of ["first", "second"]) append(sid);
  // As after weeks.
  database.exec(`update sqlite_sequence set seq = ${limits.log.events} where name = 'events'`);
  append("third");
  expect(events.after(0).map(({ sid }) => sid)).toEqual(["second", "third"]);
  append("fourth");
  expect(events.after(0).map(({ sid }) => sid)).toEqual(["third", "fourth"]);
  expect(events.last()).toBe(limits.log.events + 2);
});

test("the log of calls keeps no more of a call than its limits say", async () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`Field${at}`, "x".repeat(50)]));
  await local.call("POST", `sync.twilio.com/v1/Services?Filter=${"x".repeat(5_000)}`, many);
  const { body } = await local.control("GET", "calls");
  const [call] = (body["calls"] as { form: string; path: string }[]).slice(-1);
  expect(call?.form.length).toBeLessThanOrEqual(limits.log.form + 1);
  expect(call?.path.length).toBeLessThanOrEqual(limits.log.path + 1);
});

/** A server that answers with as many bytes as are asked for, as fast as they are read. */
async function giving(answer: { readonly bytes: number; readonly isPacked: boolean }) {
  let sent = 0;
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/plain");
    if (answer.isPacked) {
      response.setHeader("content-encoding", "gzip");
      const packed = gzipSync(Buffer.alloc(answer.bytes, 120));
      sent = packed.length;
      response.end(packed);
      return;
    }
    const chunk = Buffer.alloc(16 * 1024, 120);
    const more = () => {
      while (sent < answer.bytes) {
        const next = chunk.subarray(0, answer.bytes - sent);
        sent += next.length;
        if (!response.write(next)) return response.once("drain", more);
      }
      return response.end();
    };
    more();
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent: () => sent,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const { bytes } = limits.answer;
const request = { method: "GET", headers: {}, body: null, timeoutMs: 60_000 } as const;

test.each([
  [bytes, false, "answered"],
  [bytes + 1, false, "failed"],
  [500_000_000, false, "failed"],
  [bytes, true, "answered"],
  [bytes + 1, true, "failed"],
  [200_000_000, true, "failed"],
] as const)(
  "of an answer of %d bytes, packed: %s, no more is read than 64 kB: %s",
  async (size, isPacked, kind) => {
    await using server = await giving({ bytes: size, isPacked });
    const outcome = await callOut(local.twilio, { ...request, url: server.url });
    expect(outcome.kind).toBe(kind);
    if (outcome.kind === "answered") expect(outcome.body.length).toBe(size);
    else expect(outcome.reason).toBe(`${server.url} answered more than 64 kB`);
    // What the sockets of both sides hold, and no more, was sent.
    if (!isPacked) expect(server.sent()).toBeLessThan(20_000_000);
  },
);

test("the page says every limit that the code has, and no other", async () => {
  await expect(limitsPage()).toMatchFileSnapshot("../../docs/reference/limits.md");
});
