import { describe, expect, test } from "vitest";
import { inputPath } from "../shape/names.ts";
import { PlayedTwilio, type PlayedAnswer } from "../testing/played-twilio.ts";
import { TwilioClient, type ClientOptions } from "./client.ts";
import { placeUrl } from "./place.ts";
import { waitBefore } from "./retry.ts";

const policy = { attempts: 4, firstWaitMs: 1, longestWaitMs: 3, settleMs: 40 };
const signal = new AbortController().signal;
const services = { host: "serverless.twilio.com", path: "/v1/Services", form: [] };

function clientOf(endpoint: string, more: Partial<ClientOptions> = {}): TwilioClient {
  return new TwilioClient({
    place: { endpoint },
    credentials: () => ({ user: "AC1", password: "t" }),
    policy,
    ...more,
  });
}

/** Answers one after the other; the last one goes on. */
const inTurn =
  (...answers: PlayedAnswer[]) =>
  (_: unknown, times: number) =>
    answers[Math.min(times, answers.length) - 1] ?? "drop";

const ok: PlayedAnswer = { status: 200, body: { sid: "ZS1" } };
const busy: PlayedAnswer = {
  status: 429,
  body: { code: 20429, message: "Too Many Requests" },
  headers: { "retry-after": "0" },
};
const broken: PlayedAnswer = { status: 500, body: { code: 20500, message: "oops" } };

describe("sends again", () => {
  test.each<[string, "GET" | "POST", PlayedAnswer, boolean]>([
    ["a create after 429, which says that it was not processed", "POST", busy, false],
    ["a create after 503 with Retry-After", "POST", { status: 503, headers: { "retry-after": "0" } }, false],
    ["a read after 500", "GET", broken, false],
    ["a read whose connection broke", "GET", "drop", false],
    ["an update after 502", "POST", { status: 502 }, true],
    ["an update whose connection broke", "POST", "drop", true],
  ])("%s", async (_, method, first, repeatable) => {
    await using twilio = await PlayedTwilio.start();
    twilio.on(`${method} serverless.twilio.com/v1/Services`, inTurn(first, ok));
    const purpose = { what: "It", signal, ...(repeatable && { repeatable }) };
    const body = await clientOf(twilio.endpoint).send({ ...services, method }, purpose);
    expect(body).toEqual({ sid: "ZS1" });
    expect(twilio.calls).toHaveLength(2);
  });
});

describe("does not send a create again", () => {
  test.each<[string, PlayedAnswer]>([
    ["after 500", broken],
    ["after 503 without Retry-After", { status: 503 }],
    ["when its connection broke", "drop"],
  ])("%s", async (_, answer) => {
    await using twilio = await PlayedTwilio.start();
    twilio.on("POST serverless.twilio.com/v1/Services", inTurn(answer, ok));
    const sent = clientOf(twilio.endpoint).send(
      { ...services, method: "POST" },
      { what: "Creating it", signal },
    );
    await expect(sent).rejects.toMatchObject({ code: "answer-lost" });
    expect(twilio.calls).toHaveLength(1);
  });
});

test("a refusal is not tried again and keeps Twilio's code and details", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on("POST serverless.twilio.com/v1/Services", {
    status: 400,
    body: { code: 81022, message: "no", details: { errors: [] } },
  });
  const sent = clientOf(twilio.endpoint).send({ ...services, method: "POST" }, { what: "It", signal });
  await expect(sent).rejects.toMatchObject({
    code: "twilio-refused",
    status: 400,
    twilioCode: 81022,
    details: { errors: [] },
  });
  expect(twilio.calls).toHaveLength(1);
});

test.each([
  ["Invalid UniqueName 'a b'", ", property uniqueName)"],
  ["Messaging.Address is taken", ", property messaging.address)"],
  ["Missing required parameter FriendlyName.", ", property friendlyName)"],
  ["The Address is wrong", "request RQ1)"],
  ["Something else", "request RQ1)"],
])("a refusal, %s, names the property that was sent", async (message, ends) => {
  await using twilio = await PlayedTwilio.start();
  twilio.on("POST serverless.twilio.com/v1/Services", { status: 400, body: { code: 20001, message } });
  const form = ["UniqueName", "FriendlyName", "Messaging.Address"].map((name) => [name, "x"] as const);
  const purpose = { what: "It", signal, property: (sent: string) => inputPath(sent).join(".") };
  const sent = clientOf(twilio.endpoint).send({ ...services, method: "POST", form }, purpose);
  await expect(sent).rejects.toThrow(`${ends}. See`);
});

test("what stays busy is given up, saying that nothing was changed", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio.on("POST serverless.twilio.com/v1/Services", busy);
  const sent = clientOf(twilio.endpoint).send(
    { ...services, method: "POST" },
    { what: "Creating it", signal },
  );
  await expect(sent).rejects.toThrow(
    /Creating it failed 4 times, last with HTTP 429.*20429, request RQ1.*Nothing was changed/,
  );
});

test("where nobody listens is said to be so", async () => {
  const twilio = await PlayedTwilio.start();
  const { endpoint } = twilio;
  await twilio[Symbol.asyncDispose]();
  const sent = clientOf(endpoint).send({ ...services, method: "POST" }, { what: "Creating it", signal });
  await expect(sent).rejects.toThrow(`Creating it could not be sent: connect ECONNREFUSED`);
  await expect(
    clientOf(endpoint).send({ ...services, method: "POST" }, { what: "It", signal }),
  ).rejects.toThrow(endpoint);
});

test("a cancelled engine ends the wait between two attempts", async () => {
  await using twilio = await PlayedTwilio.start();
  const stop = new AbortController();
  twilio.on("GET serverless.twilio.com/v1/Services", () => {
    stop.abort(new Error("cancelled"));
    return broken;
  });
  const patient = clientOf(twilio.endpoint, {
    policy: { attempts: 9, firstWaitMs: 60_000, longestWaitMs: 60_000, settleMs: 0 },
  });
  await expect(
    patient.send({ ...services, method: "GET" }, { what: "It", signal: stop.signal }),
  ).rejects.toThrow("cancelled");
  expect(twilio.calls).toHaveLength(1);
});

test("signs in, sends forms with lists repeated, uploads files", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio
    .on("POST serverless.twilio.com/v1/Services", ok)
    .on("POST serverless-upload.twilio.com/v1/Versions", ok);
  const client = clientOf(twilio.endpoint);
  const form = [
    ["A", "1"],
    ["L", "x"],
    ["L", "y"],
  ] as const;
  await client.send({ ...services, method: "POST", form }, { what: "It", signal });
  await client.upload(
    {
      host: "serverless-upload.twilio.com",
      path: "/v1/Versions",
      fields: { Path: "/a" },
      file: {
        name: "a.js",
        type: "application/javascript",
        content: new TextEncoder().encode("exports.a=1"),
      },
    },
    { what: "It", signal },
  );
  const [posted, uploaded] = twilio.requests;
  expect(posted?.authorization).toBe(`Basic ${Buffer.from("AC1:t").toString("base64")}`);
  expect(posted?.text).toBe("A=1&L=x&L=y");
  expect(uploaded?.contentType).toContain("multipart/form-data");
  expect(uploaded?.text).toMatch(/name="Path"\r\n\r\n\/a\r\n/);
  expect(uploaded?.text).toMatch(
    /name="Content"; filename="a.js"\r\nContent-Type: application\/javascript\r\n\r\nexports.a=1/,
  );
});

test("no more requests at once than the limit", async () => {
  let now = 0;
  let most = 0;
  const finish: (() => void)[] = [];
  const original = globalThis.fetch;
  globalThis.fetch = async () => {
    most = Math.max(most, ++now);
    await new Promise<void>((resolve) => finish.push(resolve));
    now--;
    return Response.json({});
  };
  try {
    const client = clientOf("http://127.0.0.1:1", { concurrency: 3 });
    const all = Array.from({ length: 8 }, () =>
      client.send({ ...services, method: "GET" }, { what: "It", signal }),
    );
    while (finish.length < 8) {
      finish.at(-1)?.();
      await new Promise((resolve) => setImmediate(resolve));
      finish.forEach((done) => done());
    }
    finish.forEach((done) => done());
    await Promise.all(all);
  } finally {
    globalThis.fetch = original;
  }
  expect(most).toBe(3);
});

test("a refusal that says how many requests are under way makes fewer go at once from then on", async () => {
  const held: (() => void)[] = [];
  let asked = 0;
  const original = globalThis.fetch;
  globalThis.fetch = async () => {
    asked += 1;
    const headers = { "retry-after": "0", "twilio-concurrent-requests": "2" };
    if (asked === 1) return new Response("{}", { status: 429, headers });
    if (asked > 2) await new Promise<void>((resolve) => held.push(resolve));
    return Response.json({});
  };
  try {
    const client = clientOf("http://127.0.0.1:1", { concurrency: 8 });
    const send = () => client.send({ ...services, method: "GET" }, { what: "It", signal });
    await send();
    const all = Array.from({ length: 6 }, send);
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    // Half of the two under way, and one more for the answer that was none of too much.
    expect(held).toHaveLength(2);
    const over = Promise.all(all);
    while (held.length > 0) {
      held.splice(0).forEach((finish) => finish());
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    }
    await over;
  } finally {
    globalThis.fetch = original;
  }
});

test("pages are followed wherever the endpoint is, though Twilio names its own hosts", async () => {
  await using twilio = await PlayedTwilio.start();
  const page = (sid: string, next: string | null) => ({
    status: 200,
    body: { services: [{ sid }], meta: { next_page_url: next, key: "services" } },
  });
  twilio.on("GET serverless.twilio.com/v1/Services", ({ query }) =>
    query.get("Page") === "1"
      ? page("ZS2", null)
      : page("ZS1", "https://serverless.twilio.com/v1/Services?Page=1&PageToken=x"),
  );
  twilio.on("GET api.twilio.com/2010-04-01/Numbers.json", ({ query }) => ({
    status: 200,
    body: {
      numbers: [{ sid: `PN${query.get("Page") ?? 0}` }],
      next_page_uri: query.has("Page") ? null : "/2010-04-01/Numbers.json?Page=1",
    },
  }));
  const client = clientOf(twilio.endpoint);
  const all = async (host: string, path: string, key: string) => {
    const sids: unknown[] = [];
    for await (const { sid } of client.list({ method: "GET", host, path, form: [] }, key, {
      what: "It",
      signal,
    })) {
      sids.push(sid);
    }
    return sids;
  };
  expect(await all("serverless.twilio.com", "/v1/Services", "services")).toEqual(["ZS1", "ZS2"]);
  expect(await all("api.twilio.com", "/2010-04-01/Numbers.json", "numbers")).toEqual(["PN0", "PN1"]);
});

test.each([
  [{}, "https://serverless.twilio.com/v1"],
  [{ region: "ie1" }, "https://serverless.ie1.twilio.com/v1"],
  [{ region: "ie1", edge: "dublin" }, "https://serverless.dublin.ie1.twilio.com/v1"],
  [{ edge: "sydney" }, "https://serverless.sydney.us1.twilio.com/v1"],
  [{ endpoint: "http://127.0.0.1:4010/", region: "ie1" }, "http://127.0.0.1:4010/serverless.twilio.com/v1"],
])("%j is at %s", (place, url) => {
  expect(placeUrl(place, "serverless.twilio.com", "/v1")).toBe(url);
});

test("waits double with full jitter up to a ceiling, and Retry-After goes first", () => {
  const slow = { attempts: 9, firstWaitMs: 100, longestWaitMs: 1_000, settleMs: 0 };
  const waits = [1, 2, 3, 9].map((attempt) => [
    waitBefore(slow, attempt, null, () => 0),
    waitBefore(slow, attempt, null, () => 1),
  ]);
  expect(waits).toEqual([
    [0, 100],
    [0, 200],
    [0, 400],
    [0, 1_000],
  ]);
  expect(waitBefore(slow, 1, "0.7", () => 0)).toBe(700);
  expect(waitBefore(slow, 1, "3600", () => 0)).toBe(1_000);
  expect(waitBefore(slow, 1, new Date(Date.now() + 60_000).toUTCString(), () => 0)).toBe(1_000);
});

test("a 404 below what was made a moment ago is waited out, and believed in the end", async () => {
  await using twilio = await PlayedTwilio.start();
  const ZS = "ZS00000000000000000000000000000001";
  const path = `/v1/Services/${ZS}/Environments`;
  const call = `POST serverless.twilio.com${path}`;
  twilio.on(call, inTurn({ status: 404, body: { code: 20404, message: "not there" } }, ok));
  const client = clientOf(twilio.endpoint);
  const send = () => client.send({ ...services, path, method: "POST" }, { what: "It", signal });
  await expect(send()).rejects.toThrow("Twilio has nothing");
  twilio.on(call, inTurn({ status: 404 }, { status: 404 }, ok));
  client.made(ZS);
  expect(await send()).toEqual({ sid: "ZS1" });
  twilio.on(call, { status: 404 });
  await expect(send()).rejects.toThrow("Twilio has nothing");
});

test("nothing goes out when nobody wants it any more, also what waited for its turn", async () => {
  await using twilio = await PlayedTwilio.start();
  let isWanted = true;
  twilio.on("POST serverless.twilio.com/v1/Services", () => {
    isWanted = false;
    return ok;
  });
  const client = clientOf(twilio.endpoint, { concurrency: 1, isWanted: () => isWanted });
  const send = () => client.send({ ...services, method: "POST" }, { what: "Creating it", signal });
  const [first, second] = await Promise.allSettled([send(), send()]);
  expect(first.status).toBe("fulfilled");
  expect(second).toMatchObject({ reason: { code: "engine-gone" } });
  expect(twilio.calls).toHaveLength(1);
});

test("a deadline also gives up what is under way", async () => {
  await using twilio = await PlayedTwilio.start();
  const late = new AbortController();
  twilio.on("GET serverless.twilio.com/v1/Services", () => {
    late.abort(new Error("too late"));
    return broken;
  });
  const purpose = { what: "It", signal, deadline: late.signal };
  await expect(clientOf(twilio.endpoint).send({ ...services, method: "GET" }, purpose)).rejects.toThrow(
    "too late",
  );
  expect(twilio.calls).toHaveLength(1);
});

test("knows what time it is at Twilio from its answers", async () => {
  await using twilio = await PlayedTwilio.start();
  const date = new Date(Date.now() + 3_600_000).toUTCString();
  twilio.on("GET serverless.twilio.com/v1/Services", { ...ok, headers: { date } });
  const client = clientOf(twilio.endpoint);
  expect(client.atTwilio(1000)).toBe(1000);
  await client.send({ ...services, method: "GET" }, { what: "It", signal });
  expect(Math.abs(client.atTwilio(Date.now()) - Date.parse(date))).toBeLessThan(5_000);
});
