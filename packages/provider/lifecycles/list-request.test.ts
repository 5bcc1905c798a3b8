import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { Engine, failure } from "../testing/engine.ts";
import { PlayedTwilio } from "../testing/played-twilio.ts";

const root = mkdtempSync(join(tmpdir(), "list-request-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const options = { journals: () => root };

const token = "twilio:messaging:ChannelsSender";
const senders = "messaging.twilio.com/v2/Channels/Senders";
const inputs = { senderId: "whatsapp:+12025550101" };
const body = { sid: `XE${"1".repeat(32)}`, sender_id: "whatsapp:+12025550101" };

test("what stands in the way is found in a list that has to be told of which channel", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio
    .on(`POST ${senders}`, { status: 409, body: { code: 20409, message: "Sender already exists" } })
    .on(`GET ${senders}`, ({ query }) =>
      query.get("Channel") === "whatsapp"
        ? { status: 200, body: { senders: [body], meta: { key: "senders" } } }
        : { status: 400, body: { code: 20001, message: "Missing required parameter Channel" } },
    );
  await using engine = await Engine.at(twilio, {}, options);
  const { message } = await failure(engine.create(token, inputs));
  expect(message).toContain(`pulumi import ${token}`);
  expect(message).toContain(body.sid);
});

test("a list that cannot be read hides no refusal", async () => {
  await using twilio = await PlayedTwilio.start();
  twilio
    .on(`POST ${senders}`, { status: 409, body: { code: 20409, message: "Sender already exists" } })
    .on(`GET ${senders}`, { status: 403, body: { code: 20403, message: "Forbidden" } });
  await using engine = await Engine.at(twilio, {}, options);
  expect((await failure(engine.create(token, inputs))).message).toContain("Sender already exists");
});

test("API keys are listed of the account they are made in", async () => {
  await using twilio = await PlayedTwilio.start();
  const keys = "iam.twilio.com/v1/Keys";
  twilio.on(`POST ${keys}`, "drop").on(`GET ${keys}`, ({ query }) => ({
    status: query.get("AccountSid")?.startsWith("AC") === true ? 200 : 400,
    body: { keys: [], meta: { key: "keys" } },
  }));
  await using engine = await Engine.at(twilio, {}, options);
  await failure(engine.create("twilio:iam:Key", { accountSid: `AC${"2".repeat(32)}`, friendlyName: "key" }));
  const asked = twilio.requests.filter(({ method }) => method === "GET");
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.every(({ query }) => query.get("AccountSid") === `AC${"2".repeat(32)}`)).toBe(true);
});
