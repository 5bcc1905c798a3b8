/** A Flow sends content templates as a client over the REST API does. */
import type { JsonObject } from "@support-line/studio";
import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { flowOf, say, widget } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const customer = "+15550100201";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
let contentSid: string;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
  ({ sid: contentSid } = await client.content.v1.contents.create({
    friendlyName: "welcome",
    language: "en",
    variables: { "1": "somebody" },
    types: { twilioText: { body: "Welcome, {{1}}, to {{place}}" } },
  }));
});
afterEach(() => local[Symbol.asyncDispose]());

const heard = () => local.twilio.services.carrier.handset(customer).inbox.map(({ body }) => body);

const welcoming = (properties: JsonObject) =>
  flowOf(
    widget("welcome", "send-message", properties, { sent: "ok", failed: "no" }),
    say("ok", "{{widgets.welcome.outbound.Body}}"),
    say("no", "{{widgets.welcome.outbound.ErrorCode}}"),
  );

/** Runs a Flow over the REST API; answers what the customer hears. */
async function runs(properties: JsonObject): Promise<string[]> {
  const flow = { friendlyName: "test", status: "published", definition: welcoming(properties) } as const;
  const { sid } = await client.studio.v2.flows.create(flow);
  await client.studio.v2.flows(sid).executions.create({ to: customer, from: line });
  await local.twilio.idle();
  return heard();
}

const variables = [
  { key: "{{1}}", value: "{{contact.channel.address | slice: -4, 4}}" },
  { key: "place", value: "us" },
];

test.each([
  ["content_sid", { message_type: "content_template" }],
  ["content_template_sid", { message_type: "content_template" }],
  ["content_sid", {}],
])("to a number, from %s with %j", async (property, kind) => {
  const texts = await runs({ ...kind, [property]: contentSid, content_variables: variables });
  expect(texts).toEqual(["Welcome, 0201, to us", "Welcome, 0201, to us"]);
});

test("without variables the template's own stand in it", async () => {
  const [first] = await runs({ message_type: "content_template", content_sid: contentSid });
  expect(first).toBe("Welcome, somebody, to {{place}}");
});

test("one that is not there is refused as over the REST API", async () => {
  const content_sid = `HX${"1".repeat(32)}`;
  expect(await runs({ message_type: "content_template", content_sid })).toEqual(["21655"]);
  const create = client.messages.create({ to: customer, from: line, contentSid: content_sid });
  await expect(create).rejects.toMatchObject({ code: 21655 });
});

test("a message that is meant to be custom is the text, whatever template is named beside it", async () => {
  const texts = await runs({ message_type: "custom", content_sid: contentSid, body: "hello" });
  expect(texts).toEqual(["hello", "hello"]);
});

test("in a Conversation everybody hears it, and the message names the template", async () => {
  const definition = welcoming({
    message_type: "content_template",
    content_sid: contentSid,
    content_variables: variables,
  });
  const { sid } = await client.studio.v2.flows.create({
    friendlyName: "test",
    status: "published",
    definition,
  });
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": sid,
  });
  await local.twilio.services.carrier.receive(customer, line, "hello");
  await local.twilio.idle();
  const [conversation] = await client.conversations.v1.conversations.list();
  const messages = await client.conversations.v1.conversations(conversation?.sid ?? "").messages.list();
  const [welcome] = heard();
  expect(welcome).toMatch(/^Welcome, .*, to us$/);
  expect(messages.find(({ body }) => body === welcome)).toMatchObject({ contentSid });
});
