import { afterAll, beforeAll, expect, test } from "vitest";
import { textOf } from "../json.ts";
import { deploy } from "../testing/deploy.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

let local: TestTwilio;
beforeAll(async () => {
  local = await startForTest();
});
afterAll(() => local[Symbol.asyncDispose]());

const line = "+15550100001";
const handset = "+15550100201";
const messages = () => `api.twilio.com/2010-04-01/Accounts/${local.accountSid}/Messages`;
const send = (form: Record<string, string>) => local.call("POST", `${messages()}.json`, form);

test("a message is queued, reaches the handset, and shows as delivered", async () => {
  const { status, body } = await send({ To: handset, From: line, Body: "hello" });
  expect(status).toBe(201);
  expect(body).toMatchObject({
    status: "queued",
    direction: "outbound-api",
    num_segments: "1",
    date_sent: null,
  });
  await local.twilio.idle();
  const fetched = await local.call("GET", `${messages()}/${textOf(body["sid"])}.json`);
  expect(fetched.body).toMatchObject({ status: "delivered", error_code: null });
  expect(fetched.body["date_sent"]).toMatch(/ \+0000$/);
  const inbox = (await local.control("GET", `handsets/${encodeURIComponent(handset)}/messages`)).body[
    "inbox"
  ];
  expect(inbox).toMatchObject([{ from: line, to: handset, body: "hello" }]);
});

test.each<[number, Record<string, string>]>([
  [21604, { From: line, Body: "x" }],
  [21603, { To: handset, Body: "x" }],
  [21211, { To: "nobody", From: line, Body: "x" }],
  [21606, { To: handset, From: "+15550199999", Body: "x" }],
  [21619, { To: handset, From: line }],
  [21617, { To: handset, From: line, Body: "x".repeat(1601) }],
])("%i", async (code, form) => {
  expect((await send(form)).body).toMatchObject({ code, status: 400 });
});

test("the status callback hears every status, signed, in order", async () => {
  const source = `exports.handler = (context, event, callback) => {
    console.log(event.MessageStatus, event.ErrorCode || "none");
    callback();
  };`;
  const { domain, service, environment } = await deploy(local, "statuses", [
    { path: "/status", source, visibility: "protected" },
  ]);
  const address = encodeURIComponent("+15550100202");
  await local.control("POST", `handsets/${address}/rules`, {
    rules: [{ outcome: "undelivered", errorCode: 30003 }],
  });
  await send({ To: "+15550100202", From: line, Body: "lost", StatusCallback: `https://${domain}/status` });
  await local.twilio.idle();
  const { body } = await local.call(
    "GET",
    `serverless.twilio.com/v1/Services/${service}/Environments/${environment}/Logs`,
  );
  const lines = (body["logs"] as { message: string }[]).map(({ message }) => message);
  expect(lines.reverse()).toEqual(["sent none", "undelivered 30003"]);
});

test("a list is filtered by address and day", async () => {
  await send({ To: "+15550100203", From: line, Body: "one" });
  await local.twilio.idle();
  const today = local.twilio.clock.iso().slice(0, 10);
  const count = async (query: Record<string, string>) => {
    const answer = await local.call(
      "GET",
      `${messages()}.json?${new URLSearchParams({ To: "+15550100203", ...query }).toString()}`,
    );
    return (answer.body["messages"] as unknown[]).length;
  };
  expect(await count({ DateSent: today })).toBe(1);
  expect(await count({ "DateSent<": "2000-01-01" })).toBe(0);
  expect(await count({ "DateSent>": "2000-01-01" })).toBe(1);
  expect(await count({ From: "+15550100002" })).toBe(0);
});
