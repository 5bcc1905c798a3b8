import { EventSourceParserStream } from "eventsource-parser/stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { TwilioEvent } from "../product.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
beforeEach(async () => {
  local = await startForTest();
});
afterEach(() => local[Symbol.asyncDispose]());

const services = "serverless.twilio.com/v1/Services";

test.each([
  ["POST", "faults", { fault: "explode" }, /^fault: /],
  ["POST", "faults", { path: "(", fault: "dropBefore" }, "path: this is not a regular expression"],
  ["POST", "latency", { ms: -1 }, /^ms: /],
  ["POST", "callbacks", { lost: 2 }, /^lost: /],
  ["POST", "callbacks", { lost: 0.6, twice: 0.6 }, /lost and twice are 1 at most together/],
  ["POST", "callbacks", { events: "(" }, "events: this is not a regular expression"],
  ["POST", "switches", { channelAddress: "nowhere" }, /^channelAddress: /],
  ["POST", "switches", { gravity: 1 }, /gravity/],
  [
    "POST",
    "seed",
    { numbers: [{ phoneNumber: "15550100001" }] },
    /^numbers\.0\.phoneNumber: a number is E\.164/,
  ],
  ["POST", "clock/set", { at: "2020-01-01T00:00:00Z" }, /^at: the clock only moves forward/],
  ["GET", "events?after=x", undefined, "after: 'x' is not an id of an event"],
  ["GET", "handsets/nobody/messages", undefined, /^'nobody' is not an address of a handset/],
])("%s %s %j is refused with the place and the reason", async (method, path, body, message) => {
  const answer = await local.control(method, path, body);
  expect(answer.status).toBe(400);
  const { error } = answer.body as { error: { message: string } };
  if (typeof message === "string") expect(error.message).toBe(message);
  else expect(error.message).toMatch(message);
});

test("a route that is not there is named", async () => {
  const { status, body } = await local.control("GET", "wether");
  expect(status).toBe(404);
  expect((body as { error: { message: string } }).error.message).toContain("GET /_local/v1/wether");
});

test("seeded numbers and keys are the account's, and seeding twice adds nothing", async () => {
  const seed = {
    numbers: [{ phoneNumber: "+15550100077", friendlyName: "Line" }],
    apiKeys: [{ sid: `SK${"a".repeat(32)}`, secret: "s" }],
  };
  await local.control("POST", "seed", seed);
  await local.control("POST", "seed", seed);
  const numbers = `api.twilio.com/2010-04-01/Accounts/${local.accountSid}/IncomingPhoneNumbers.json?PhoneNumber=%2B15550100077`;
  expect((await local.call("GET", numbers)).body["incoming_phone_numbers"]).toMatchObject([
    { friendly_name: "Line" },
  ]);
  const authorization = `Basic ${Buffer.from(`SK${"a".repeat(32)}:s`).toString("base64")}`;
  expect((await fetch(`${local.endpoint}/${services}`, { headers: { authorization } })).status).toBe(200);
});

test("faults answer instead of a call, or cut the connection before or after it was done", async () => {
  await local.control("POST", "faults", { method: "POST", times: 1, fault: { status: 429, retryAfter: 2 } });
  const limited = await local.call("POST", services, { UniqueName: "one", FriendlyName: "1" });
  expect(limited).toMatchObject({ status: 429, body: { code: 20429, message: "Too Many Requests" } });
  expect(limited.headers.get("retry-after")).toBe("2");

  await local.control("POST", "faults", { method: "POST", times: 1, fault: "dropBefore" });
  await expect(local.call("POST", services, { UniqueName: "two", FriendlyName: "2" })).rejects.toThrow();
  expect((await local.call("GET", `${services}/two`)).status).toBe(404);

  await local.control("POST", "faults", { method: "POST", times: 1, fault: "dropAfter" });
  await expect(local.call("POST", services, { UniqueName: "three", FriendlyName: "3" })).rejects.toThrow();
  expect((await local.call("GET", `${services}/three`)).status).toBe(200);
});

test("a fault may come after the call was done, from a gateway, or late", async () => {
  await local.control("POST", "faults", { times: 1, fault: { status: 504, committed: true } });
  const form = new URLSearchParams({ UniqueName: "four", FriendlyName: "4" });
  const authorization = `Basic ${Buffer.from(`${local.accountSid}:${local.authToken}`).toString("base64")}`;
  const begun = { method: "POST", headers: { authorization }, body: form };
  const answer = await fetch(`${local.endpoint}/${services}`, begun);
  expect([answer.status, await answer.text()]).toEqual([504, "<h1>Gateway Timeout</h1>"]);
  expect((await local.call("GET", `${services}/four`)).status).toBe(200);

  await local.control("POST", "faults", { times: 1, fault: { delayMs: 30 } });
  const begin = performance.now();
  expect((await local.call("GET", `${services}/four`)).status).toBe(200);
  expect(performance.now() - begin).toBeGreaterThanOrEqual(29);
});

test("stale reads show what was before a write, of an object, its list and what is below it", async () => {
  await local.control("POST", "faults", { fault: { staleSeconds: 30 } });
  const made = await local.call("POST", services, { UniqueName: "five", FriendlyName: "5" });
  const { sid } = made.body as { sid: string };
  const names = async () => {
    const { services: all } = (await local.call("GET", services)).body as {
      services: { unique_name: string }[];
    };
    return all.map(({ unique_name }) => unique_name);
  };
  expect((await local.call("GET", `${services}/${sid}`)).status).toBe(404);
  expect((await local.call("GET", `${services}/${sid}/Functions`)).status).toBe(404);
  expect(await names()).not.toContain("five");
  await local.call("POST", `${services}/${sid}`, { FriendlyName: "five" });
  await local.control("DELETE", "faults");
  expect((await local.call("GET", `${services}/${sid}`)).body["friendly_name"]).toBe("five");
  expect(await names()).toContain("five");

  await local.control("POST", "faults", { fault: { staleSeconds: 30 } });
  await local.control("POST", "clock/advance", { seconds: 31 });
  await local.call("POST", `${services}/${sid}`, { FriendlyName: "fünf" });
  expect((await local.call("GET", `${services}/${sid}`)).body["friendly_name"]).toBe("five");
  await local.control("POST", "clock/advance", { seconds: 31 });
  expect((await local.call("GET", `${services}/${sid}`)).body["friendly_name"]).toBe("fünf");
  await local.control("DELETE", "faults");
});

test("latency delays REST calls and is counted", async () => {
  await local.control("POST", "latency", { ms: 40 });
  await local.call("GET", services);
  await local.control("POST", "latency", { ms: 0 });
  const { calls } = (await local.control("GET", "calls")).body as { calls: { ms: number }[] };
  expect(calls[0]?.ms).toBeGreaterThanOrEqual(39);
});

test("the log of calls says what was asked, by whom and how it went; deleting clears it", async () => {
  await local.call("POST", services, { UniqueName: "logged", FriendlyName: "l" });
  await fetch(`${local.endpoint}/${services}`);
  const { calls } = (await local.control("GET", "calls")).body;
  expect(calls).toMatchObject([
    {
      method: "POST",
      host: "serverless.twilio.com",
      path: "/v1/Services",
      status: 201,
      who: local.accountSid,
    },
    { method: "GET", path: "/v1/Services", status: 401, who: null },
  ]);
  await local.control("DELETE", "calls");
  expect((await local.control("GET", "calls")).body).toEqual({ calls: [] });
});

test("events stream as they happen and resume after any of them", async () => {
  const { twilio, endpoint } = local;
  const add = (name: string) => twilio.events.append("task.tested", name, null, {});
  const first = add("first");
  add("second");
  const abort = new AbortController();
  const stream = await fetch(`${endpoint}/_local/v1/events`, {
    headers: { "last-event-id": String(first.id) },
    signal: abort.signal,
  });
  expect(stream.headers.get("content-type")).toBe("text/event-stream");
  const reader = stream.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  const next = async () => JSON.parse((await reader?.read())?.value?.data ?? "null") as TwilioEvent;
  expect(await next()).toMatchObject({ sid: "second", type: "task.tested" });
  add("third");
  expect(await next()).toMatchObject({ sid: "third" });
  abort.abort();
  const page = await local.control("GET", `events?after=${first.id}`);
  expect((page.body["events"] as { sid: string }[]).map(({ sid }) => sid)).toEqual(["second", "third"]);
});

test("the clock moves on for everything that it dates", async () => {
  await local.control("POST", "clock/set", { at: "2099-01-01T00:00:00Z" });
  const { body } = await local.call("POST", services, { UniqueName: "future", FriendlyName: "f" });
  expect(body["date_created"]).toMatch(/^2099-01-01T00:00:0/);
});
