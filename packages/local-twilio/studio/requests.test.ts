import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FlowDefinition } from "@support-line/studio";
import { clientOf } from "../testing/client.ts";
import { askFor, flowOf, say, widget } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { startReceiver, type Receiver } from "../testing/receiver.ts";

const handset = "+15550100201";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
let receiver: Receiver;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
  receiver = await startReceiver(local.authToken);
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

async function runs(definition: FlowDefinition): Promise<string[]> {
  const { sid } = await client.studio.v2.flows.create({
    friendlyName: "test",
    status: "published",
    definition,
  });
  await client.studio.v2.flows(sid).executions.create({ to: handset, from: line });
  await local.twilio.idle();
  return local.twilio.services.carrier.handset(handset).inbox.map(({ body }) => body);
}

const request = (properties: object, body: string) =>
  flowOf(
    widget("ask", "make-http-request", { method: "GET", ...properties }, { success: "ok", failed: "no" }),
    say("ok", body),
    say("no", "failed with {{widgets.ask.status_code}}"),
  );

test("a request to this machine is made, and its JSON is parsed", async () => {
  receiver.answer = () => ({ type: "application/json", body: '{"name":"Ada"}' });
  const texts = await runs(
    request(
      { url: `${receiver.url}/who`, method: "POST", content_type: "application/json", body: '{"id":1}' },
      "{{widgets.ask.parsed.name}} {{widgets.ask.status_code}}",
    ),
  );
  expect(texts).toEqual(["Ada 200"]);
});

test("an answer of 4xx fails with its status; another machine is never asked", async () => {
  receiver.answer = () => ({ status: 404 });
  expect(await runs(request({ url: `${receiver.url}/nobody` }, "found"))).toEqual(["failed with 404"]);
  const texts = await runs(request({ url: "https://example.com/" }, "found"));
  expect(texts).toEqual(["failed with 404", "failed with "]);
  const [failed] = local.twilio.events
    .after(0, 1000)
    .filter(({ type }) => type === "execution.requestFailed");
  expect(failed?.data["reason"]).toContain("example.com is another machine");
});

test("the account's credentials go to Twilio's API, as served here, and nowhere else", async () => {
  const url = `https://api.twilio.com/2010-04-01/Accounts/${local.accountSid}.json`;
  const own = await runs(request({ url, add_twilio_auth: true }, "{{widgets.ask.parsed.friendly_name}}"));
  expect(own).toEqual(["Local Twilio"]);
  const other = await runs(request({ url: receiver.url, add_twilio_auth: true }, "asked"));
  expect(other.at(-1)).toBe("failed with ");
  expect(receiver.received).toEqual([]);
});

test("TwiML may hand a message on to a Flow", async () => {
  const { webhookUrl } = await client.studio.v2.flows.create({
    friendlyName: "handed on",
    status: "published",
    definition: flowOf(
      askFor("ask", "You wrote {{trigger.message.Body}}?", 60, { incomingMessage: "end" }),
      say("end", "You did."),
    ),
  });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: receiver.url });
  receiver.answer = () => ({
    type: "text/xml",
    body: `<Response><Redirect>${webhookUrl}</Redirect></Response>`,
  });
  for (const body of ["hello", "yes"]) {
    await local.twilio.services.carrier.receive(handset, line, body);
    await local.twilio.idle();
  }
  const { inbox } = local.twilio.services.carrier.handset(handset);
  expect(inbox.map(({ body }) => body)).toEqual(["You wrote hello?", "You did."]);
});

test.each([
  ["and", "no"],
  ["or", "yes"],
])("several conditions of one transition are joined by %s", async (position, text) => {
  await local.control("POST", "switches", { conditionsJoin: position });
  const condition = (value: string) => ({
    friendly_name: value,
    arguments: ["{{contact.channel.address}}"],
    type: "contains",
    value,
  });
  const split = {
    name: "split",
    type: "split-based-on",
    properties: { input: "{{contact.channel.address}}" },
    transitions: [
      { event: "noMatch", next: "no" },
      { event: "match", next: "yes", conditions: [condition("201"), condition("999")] },
    ],
  };
  expect(await runs(flowOf(split, say("yes", "yes"), say("no", "no")))).toEqual([text]);
});

test("a Function without a URL, or at one that is none, fails, and the events say why", async () => {
  for (const url of ["", "no address"]) {
    const definition = flowOf(
      widget("ask", "run-function", { url }, { success: "ok", fail: "no" }),
      say("ok", "answered"),
      say("no", "nobody was asked"),
    );
    expect((await runs(definition)).at(-1)).toBe("nobody was asked");
  }
  const reasons = local.twilio.events
    .after(0, 1000)
    .filter(({ type }) => type === "execution.requestFailed")
    .map(({ data }) => (data as { reason?: string }).reason);
  expect(reasons).toEqual(["'' is not a URL", "'no address' is not a URL"]);
});
