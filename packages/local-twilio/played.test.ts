/** What a support line meets beside Conversations and Flows, and what is not played. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTwilio, type OpenedTwilio } from "./index.ts";

const noon = Date.UTC(2026, 0, 30, 12);
const [line, other, customer] = ["+15550100001", "+15550100002", "+15550100201"];
let twilio: OpenedTwilio;
const problems: string[] = [];
beforeEach(async () => {
  problems.length = 0;
  twilio = await openTwilio({
    memory: true,
    clock: "manual",
    now: noon,
    report: (error) => void problems.push(String(error)),
  });
});
afterEach(() => twilio.close());

type Body = Record<string, unknown>;
async function ask(method: string, url: string, body?: Record<string, string>) {
  const { status, text } = await twilio.request({ method, url, body });
  return { status, body: JSON.parse(text || "{}") as Body };
}
const made = async (url: string, body: Record<string, string>): Promise<string> => {
  const answer = await ask("POST", url, body);
  expect([200, 201], JSON.stringify(answer.body)).toContain(answer.status);
  return String(answer.body["sid"]);
};
const account = () => `api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}`;
const heard = () => twilio.phones.inbox(customer).map(({ from, body }) => [from, body]);
async function numberSid(number: string): Promise<string> {
  const { body } = await ask("GET", `${account()}/IncomingPhoneNumbers.json`);
  const numbers = body["incoming_phone_numbers"] as { sid: string; phone_number: string }[];
  return numbers.find((each) => each.phone_number === number)?.sid ?? "";
}
async function pool(...numbers: readonly string[]): Promise<string> {
  const sid = await made("messaging.twilio.com/v1/Services", { FriendlyName: "pool" });
  for (const each of numbers) {
    const PhoneNumberSid = await numberSid(each);
    await made(`messaging.twilio.com/v1/Services/${sid}/PhoneNumbers`, { PhoneNumberSid });
  }
  return sid;
}

test("a Messaging Service sends by its pool, and stays with the number that somebody spoke with", async () => {
  const MessagingServiceSid = await pool(line, other);
  const answer = await ask("POST", `${account()}/Messages.json`, {
    MessagingServiceSid,
    To: customer,
    Body: "one",
  });
  expect(answer.body).toMatchObject({
    from: null,
    status: "accepted",
    messaging_service_sid: MessagingServiceSid,
  });
  await twilio.idle();
  const { body } = await ask("GET", `${account()}/Messages/${String(answer.body["sid"])}.json`);
  expect(body).toMatchObject({ from: line, status: "delivered" });
  await twilio.phones.write(customer, other, "hello");
  await ask("POST", `${account()}/Messages.json`, { MessagingServiceSid, To: customer, Body: "two" });
  await twilio.idle();
  expect(heard()).toEqual([
    [line, "one"],
    [other, "two"],
  ]);
});

test("a scheduled message goes out at its time and no sooner, unless it was canceled", async () => {
  const MessagingServiceSid = await pool(line);
  const schedule = (Body: string, SendAt: string) =>
    ask("POST", `${account()}/Messages.json`, {
      MessagingServiceSid,
      To: customer,
      Body,
      ScheduleType: "fixed",
      SendAt,
    });
  expect((await schedule("soon", "2026-01-30T12:10:00Z")).body).toMatchObject({ code: 35114 });
  expect((await schedule("late", "2026-04-30T12:10:00Z")).body).toMatchObject({ code: 35114 });
  expect((await schedule("never", "")).body).toMatchObject({ code: 35111 });
  expect((await schedule("hour", "2026-01-30T13:00:00Z")).body).toMatchObject({ status: "scheduled" });
  const { body } = await schedule("canceled", "2026-01-30T13:00:00Z");
  const sid = String(body["sid"]);
  expect((await ask("POST", `${account()}/Messages/${sid}.json`, { Status: "canceled" })).body).toMatchObject(
    {
      status: "canceled",
    },
  );
  await twilio.pass(3599);
  expect(heard()).toEqual([]);
  await twilio.pass(1);
  expect(heard()).toEqual([[line, "hour"]]);
  expect((await ask("POST", `${account()}/Messages/${sid}.json`, { Status: "canceled" })).body).toMatchObject(
    {
      code: 30409,
    },
  );
});

test("a call of the REST API rings, and whoever answers hears its TwiML", async () => {
  const { status, body } = await ask("POST", `${account()}/Calls.json`, {
    From: line,
    To: customer,
    Twiml: "<Response><Say>Your parcel is here</Say></Response>",
  });
  expect([status, body["status"], body["direction"]]).toEqual([201, "ringing", "outbound-api"]);
  const [ringing] = twilio.phones.calls(customer);
  if (ringing === undefined) throw new Error("nothing rings");
  twilio.phones.pickUp(ringing);
  await twilio.idle();
  const [call] = twilio.phones.calls(customer);
  expect(call).toMatchObject({ status: "completed", lines: [{ kind: "says", text: "Your parcel is here" }] });
});

test("a call that nobody answers ends by itself", async () => {
  const sid = await made(`${account()}/Calls.json`, {
    From: line,
    To: customer,
    Twiml: "<Response/>",
    Timeout: "20",
  });
  await twilio.pass(20);
  expect((await ask("GET", `${account()}/Calls/${sid}.json`)).body).toMatchObject({ status: "no-answer" });
});

test("Verify sends a code, and takes that one, or a seeded one", async () => {
  const service = await made("verify.twilio.com/v2/Services", { FriendlyName: "login" });
  const url = `verify.twilio.com/v2/Services/${service}`;
  const check = (Code: string) => ask("POST", `${url}/VerificationCheck`, { To: customer, Code });
  await made(`${url}/Verifications`, { To: customer, Channel: "sms" });
  await twilio.idle();
  const code = /\d{6}/.exec(heard()[0]?.[1] ?? "")?.[0] ?? "";
  expect((await check("0")).body).toMatchObject({ status: "pending", valid: false });
  expect((await check(code)).body).toMatchObject({ status: "approved", valid: true });
  expect((await check(code)).status).toBe(404);
  twilio.seed({ verifyCodes: [{ to: customer, code: "424242" }] });
  await made(`${url}/Verifications`, { To: customer, Channel: "call" });
  expect((await check("424242")).body).toMatchObject({ status: "approved" });
});

test("a Verification is called by its SID, or by the number that waits for the code", async () => {
  const service = await made("verify.twilio.com/v2/Services", { FriendlyName: "login" });
  const url = `verify.twilio.com/v2/Services/${service}/Verifications`;
  const byNumber = `${url}/${encodeURIComponent(customer)}`;
  expect((await ask("GET", byNumber)).status).toBe(404);
  const sid = await made(url, { To: customer, Channel: "sms" });
  expect((await ask("GET", byNumber)).body).toMatchObject({ sid, status: "pending" });
  expect((await ask("POST", byNumber, { Status: "canceled" })).body).toMatchObject({
    sid,
    status: "canceled",
  });
  expect((await ask("GET", byNumber)).status).toBe(404);
  expect((await ask("GET", `${url}/${sid}`)).body).toMatchObject({ status: "canceled" });
});

test("Lookup says the country of any number, and reads one as its country writes it", async () => {
  const url = "lookups.twilio.com/v2/PhoneNumbers";
  const berlin = {
    valid: true,
    phone_number: "+4930123456",
    calling_country_code: "49",
    country_code: "DE",
    national_format: "030 123456",
    validation_errors: [],
  };
  expect((await ask("GET", `${url}/%2B4930123456`)).body).toMatchObject(berlin);
  expect((await ask("GET", `${url}/030123456?CountryCode=DE`)).body).toMatchObject(berlin);
  for (const [number, said] of [
    ["%2B4412", "TOO_SHORT"],
    ["%2B12025550123456", "TOO_LONG"],
    ["%2B11025550123", "INVALID_BUT_POSSIBLE"],
    ["%2B999123456789", "INVALID_COUNTRY_CODE"],
    ["hello", "NOT_A_NUMBER"],
  ] as const) {
    expect((await ask("GET", `${url}/${number}`)).body).toMatchObject({
      valid: false,
      country_code: null,
      national_format: null,
      validation_errors: [said],
    });
  }
});

test("Lookup knows what a number looks like, and beyond that what is seeded", async () => {
  const url = "lookups.twilio.com/v2/PhoneNumbers/+12025550123";
  expect((await ask("GET", url)).body).toMatchObject({ valid: true, national_format: "(202) 555-0123" });
  expect(await ask("GET", `${url}?Fields=line_type_intelligence`)).toMatchObject({
    status: 501,
    body: { not_played: "value" },
  });
  twilio.seed({
    lookups: [{ phoneNumber: "+12025550123", answer: { line_type_intelligence: { type: "mobile" } } }],
  });
  expect((await ask("GET", `${url}?Fields=line_type_intelligence`)).body).toMatchObject({
    line_type_intelligence: { type: "mobile" },
  });
});

test("media that is uploaded goes out with a message, and is had by its SID", async () => {
  const service = await made("conversations.twilio.com/v1/Services", { FriendlyName: "line" });
  const { text, status } = await twilio.request({
    method: "POST",
    url: `mcs.us1.twilio.com/v1/Services/${service}/Media?Filename=note.txt`,
    headers: { "content-type": "text/plain" },
    body: "the bytes",
  });
  expect(status, text).toBe(201);
  const { sid } = JSON.parse(text) as { sid: string };
  const below = `conversations.twilio.com/v1/Services/${service}/Conversations`;
  const conversation = await made(below, {});
  await made(`${below}/${conversation}/Participants`, {
    "MessagingBinding.Address": customer,
    "MessagingBinding.ProxyAddress": line,
  });
  const { body } = await ask("POST", `${below}/${conversation}/Messages`, { MediaSid: sid });
  expect(body["media"]).toMatchObject([{ sid, content_type: "text/plain", filename: "note.txt", size: 9 }]);
  await twilio.idle();
  const [got] = twilio.phones.inbox(customer);
  const url = got?.media[0]?.url ?? "";
  expect((await twilio.request({ method: "GET", url })).text).toBe("the bytes");
});

test("media of a phone is at Twilio for whoever is told of it", async () => {
  await twilio.twilio.services.carrier.receive(customer, line, "", [
    { url: "https://example.com/a.png", contentType: "image/png" },
  ]);
  const { body } = await ask("GET", `${account()}/Messages.json`);
  const [{ sid = "" } = {}] = body["messages"] as { sid: string }[];
  const { body: list } = await ask("GET", `${account()}/Messages/${sid}/Media.json`);
  const [media] = list["media_list"] as { sid: string; content_type: string; uri: string }[];
  expect(media).toMatchObject({ content_type: "image/png", parent_sid: sid });
  const url = `${account()}/Messages/${sid}/Media/${media?.sid ?? ""}`;
  const { status, headers } = await twilio.request({ method: "GET", url });
  expect([status, headers["location"]]).toEqual([307, "https://example.com/a.png"]);
});

test("a queue's statistics say how many wait, and for how long", async () => {
  const workspace = await made("taskrouter.twilio.com/v1/Workspaces", { FriendlyName: "desk" });
  const url = `taskrouter.twilio.com/v1/Workspaces/${workspace}`;
  const queue = await made(`${url}/TaskQueues`, { FriendlyName: "all" });
  const Configuration = JSON.stringify({ task_routing: { filters: [], default_filter: { queue } } });
  const WorkflowSid = await made(`${url}/Workflows`, { FriendlyName: "all", Configuration });
  const task = await made(`${url}/Tasks`, { WorkflowSid, Attributes: "{}" });
  await twilio.pass(90);
  expect((await ask("GET", `${url}/TaskQueues/${queue}/RealTimeStatistics`)).body).toMatchObject({
    total_tasks: 1,
    longest_task_waiting_age: 90,
    longest_task_waiting_sid: task,
    tasks_by_status: { pending: 1, assigned: 0 },
  });
  expect((await ask("GET", `${url}/CumulativeStatistics?Minutes=15`)).body).toMatchObject({
    tasks_created: 1,
    tasks_canceled: 0,
  });
});

test.each([
  ["GET", "tsock.us1.twilio.com/v3/wsconnect", {}, "host"],
  ["GET", "nothing.twilio.com/v1/Things", {}, "host"],
  ["GET", "conversations.twilio.com/v2/Conversations", {}, "path"],
  ["GET", "conversations.twilio.com/v1/Conversations/CH1/Export", {}, "path"],
  ["GET", "monitor.twilio.com/v1/Events", {}, "resource"],
  ["POST", "verify.twilio.com/v2/Forms/x", {}, null],
  [
    "POST",
    "conversations.twilio.com/v1/Conversations/CH1/Participants",
    { "MessagingBinding.ProjectedAddress": "+15550100001" },
    "parameter",
  ],
] as const)("%s %s is not played, and says so", async (method, url, form, kind) => {
  const answer = await ask(method, url, form);
  if (kind === null) {
    expect(answer.status).toBe(405);
    return;
  }
  expect(answer).toMatchObject({ status: 501, body: { code: 100501, not_played: kind, status: 501 } });
  expect(answer.body["more_info"]).toMatch(/^https:\/\/www\.twilio\.com\/docs\//);
  expect(problems.join()).toContain(String(answer.body["message"]).slice(0, 40));
});
