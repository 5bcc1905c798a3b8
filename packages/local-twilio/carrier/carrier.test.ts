import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { startReceiver, type Receiver } from "../testing/receiver.ts";

const handset = "+15550100201";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
let receiver: Receiver;
beforeEach(async () => {
  local = await startForTest({ seed: { shortCodes: [{ shortCode: "55501" }] } });
  client = clientOf(local);
  receiver = await startReceiver(local.authToken);
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function says(from: string, to: string, body: string): Promise<void> {
  await local.twilio.services.carrier.receive(from, to, body);
  await local.twilio.idle();
}

async function send(body: string, from = line): Promise<string> {
  const { sid } = await client.messages.create({ from, to: handset, body });
  await local.twilio.idle();
  return sid;
}

const inbox = () => local.twilio.services.carrier.handset(handset).inbox;

async function smsUrl(url: string, parameters: object = {}): Promise<void> {
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: url, ...parameters });
}

test("a message is queued, sent and delivered, and its Message says so", async () => {
  const created = await client.messages.create({ from: line, to: handset, body: "hello" });
  expect(created.status).toBe("queued");
  await local.twilio.idle();
  expect(await client.messages(created.sid).fetch()).toMatchObject({ status: "delivered", errorCode: null });
  expect(inbox()).toMatchObject([{ sid: created.sid, from: line, body: "hello", status: "delivered" }]);
  const types = local.twilio.events.after(0, 1000).map(({ type }) => type);
  expect(types).toEqual(["message.sent", "message.delivered"]);
});

test("deliveries wait to be told, or for the clock", async () => {
  await local.control("POST", "lifecycles/message", { mode: "manual" });
  const sid = await send("by hand");
  const statusOf = async () => (await client.messages(sid).fetch()).status;
  expect(await statusOf()).toBe("queued");
  await local.control("POST", "lifecycles/message/advance");
  expect(await statusOf()).toBe("sent");
  expect(inbox()).toEqual([]);
  await local.control("POST", "lifecycles/message/advance");
  expect(await statusOf()).toBe("delivered");

  await local.control("POST", "lifecycles/message", { mode: "timed", seconds: 5 });
  await Promise.all(["one", "two", "three"].map((body) => send(body)));
  await local.control("POST", "clock/advance", { seconds: 10 });
  expect(inbox().map(({ body }) => body)).toEqual(["by hand", "one", "two", "three"]);
});

test("a handset fails by its rules, as often as they say", async () => {
  local.twilio.services.carrier.setRules(handset, [
    { from: line, outcome: "undelivered", errorCode: 30003, times: 1 },
    { from: "+15550100002", outcome: "failed", errorCode: 30005, times: null },
  ]);
  const sids = [await send("lost"), await send("arrives"), await send("never", "+15550100002")];
  const messages = await Promise.all(sids.map((sid) => client.messages(sid).fetch()));
  expect(messages.map(({ status, errorCode }) => [status, errorCode])).toEqual([
    ["undelivered", 30003],
    ["delivered", null],
    ["failed", 30005],
  ]);
  expect(local.twilio.services.carrier.rules(handset)).toEqual([
    { from: "+15550100002", outcome: "failed", errorCode: 30005, times: null },
  ]);
});

test("STOP, START and HELP are answered by Twilio; in between nothing arrives from that number", async () => {
  await says(handset, line, "help");
  await says(handset, line, "start");
  await says(handset, line, "Stop");
  await says(handset, line, "stop");
  expect(await refusalOf(client.messages.create({ from: line, to: handset, body: "ad" }))).toMatchObject({
    code: 21610,
    status: 400,
  });
  await send("from another number", "+15550100002");
  await says(handset, line, "HELP");
  await says(handset, line, "unstop");
  await send("welcome back");
  expect(inbox().map(({ body }) => body.slice(0, 30))).toEqual([
    "Reply STOP to unsubscribe. Msg",
    "You have successfully been uns",
    "from another number",
    "You have successfully been re-",
    "welcome back",
  ]);
});

test("an opted-out participant's receipt says 21610", async () => {
  const { sid } = await client.conversations.v1.conversations.create({});
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.participants.create({
    "messagingBinding.address": handset,
    "messagingBinding.proxyAddress": line,
  });
  await says(handset, line, "STOP");
  const message = await conversation.messages.create({ body: "are you there?" });
  await local.twilio.idle();
  const [receipt] = await conversation.messages(message.sid).deliveryReceipts.list();
  expect(receipt).toMatchObject({ status: "failed", errorCode: 21610 });
});

test("short codes and WhatsApp have no words of Twilio's", async () => {
  await says(handset, "55501", "STOP");
  await says(`whatsapp:${handset}`, `whatsapp:${line}`, "STOP");
  await send("still here", "55501");
  expect(inbox().map(({ body }) => body)).toEqual(["still here"]);
});

test("a number's webhook is called signed, with Twilio's parameters, and its TwiML is done", async () => {
  await smsUrl(`${receiver.url}/sms?tenant=a`);
  receiver.answer = () => ({
    type: "text/xml",
    body: "<Response><Message>Hi</Message><Message to='+15550100202'>Psst</Message></Response>",
  });
  await says(handset, line, "hello");
  expect(receiver.received).toMatchObject([
    {
      method: "POST",
      path: "/sms",
      signed: true,
      parameters: {
        tenant: "a",
        AccountSid: local.accountSid,
        ApiVersion: "2010-04-01",
        From: handset,
        To: line,
        Body: "hello",
        NumMedia: "0",
        NumSegments: "1",
        SmsStatus: "received",
      },
    },
  ]);
  expect(inbox().map(({ body }) => body)).toEqual(["Hi"]);
  const other = local.twilio.services.carrier.handset("+15550100202").inbox;
  expect(other.map(({ from, body }) => [from, body])).toEqual([[line, "Psst"]]);
});

test("GET, plain text, redirects and the fallback URL", async () => {
  await smsUrl(`${receiver.url}/first`, { smsMethod: "GET", smsFallbackUrl: `${receiver.url}/fallback` });
  receiver.answer = ({ path, parameters }) => {
    if (path === "/first" && parameters["Body"] === "broken") return { status: 500 };
    if (path === "/first") {
      return { type: "text/xml", body: "<Response><Redirect>/second</Redirect></Response>" };
    }
    return { type: "text/plain", body: `${path} says ${parameters["Body"]}` };
  };
  await says(handset, line, "hello");
  await says(handset, line, "broken");
  expect(inbox().map(({ body }) => body)).toEqual(["/second says hello", "/fallback says broken"]);
  expect(receiver.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /first",
    "POST /second",
    "GET /first",
    "POST /fallback",
  ]);
  expect(receiver.received.every(({ signed }) => signed)).toBe(true);
  const alerts = await client.monitor.v1.alerts.list();
  expect(alerts.map(({ errorCode }) => errorCode)).toEqual(["11200"]);
});

test("an answer that is no TwiML is an error in the Debugger, and no message", async () => {
  await smsUrl(`${receiver.url}/sms`);
  receiver.answer = () => ({ type: "text/xml", body: "<Message>Hi</Message>" });
  await says(handset, line, "hello");
  expect(inbox()).toEqual([]);
  const [alert] = await client.monitor.v1.alerts.list();
  expect(alert).toMatchObject({ errorCode: "12100", alertText: "the TwiML has no <Response>" });
});

test.each([
  ["15550100201", line, "is not a valid phone number"],
  ["+15550100002", line, "is a number of the account and no handset"],
  [handset, "+15550100999", "is not one of the account's addresses, which are +15550100001"],
  [`whatsapp:${handset}`, line, "are of different channels"],
])("a message from %s to %s is refused", async (from, to, reason) => {
  const said = local.twilio.services.carrier.receive(from, to, "hello");
  await expect(said).rejects.toThrow(reason);
});

test("a number of the account is a handset too: what is sent to it comes in there", async () => {
  await client.messages.create({ from: "+15550100008", to: line, body: "from one of our own" });
  await local.twilio.idle();
  const [received] = await client.messages.list({ to: line, from: "+15550100008" });
  expect(received).toMatchObject({ direction: "inbound", status: "received", body: "from one of our own" });
});

test("deliveries that a stop interrupted are made after the start", async () => {
  await local.control("POST", "lifecycles/message", { mode: "timed", seconds: 3600 });
  const { folder } = local;
  const queued = await send("late");
  await local.close();
  const again = await startForTest({ folder });
  await again.twilio.idle();
  const shown = again.twilio.services.carrier.handset(handset).inbox;
  await again[Symbol.asyncDispose]();
  local = await startForTest();
  expect(shown.map(({ sid, status }) => [sid, status])).toEqual([[queued, "delivered"]]);
});
