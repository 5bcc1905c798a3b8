/** Content templates: what is refused at once, and what WhatsApp does not take. */
import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const customer = "whatsapp:+15550100201";
const line = "whatsapp:+15550100001";

let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

/** A template with a variable in its body and one in the URL of its button; the second has a value of its own. */
async function template(body = "Your order {{1}}", url = "https://example.com/{{2}}"): Promise<string> {
  const made = await client.content.v1.contents.create({
    friendlyName: "order",
    language: "en",
    variables: { "2": "orders" },
    types: {
      twilioCallToAction: { body, actions: [{ type: "URL", title: "Look", url }] },
    },
  });
  return made.sid;
}

const sendTo = (to: string, from: string, contentSid: string, contentVariables?: string) =>
  client.messages.create({
    to,
    from,
    contentSid,
    ...(contentVariables === undefined ? {} : { contentVariables }),
  });

test.each(["{", "[]", '{"1": null}', '{"1": ""}', '{"1": ["x"]}', '{"1": {"a": 1}}', "null"])(
  "I5: ContentVariables=%s is refused: 21656, and in a Conversation 50527",
  async (contentVariables) => {
    const contentSid = await template();
    expect(await refusalOf(sendTo(customer, line, contentSid, contentVariables))).toMatchObject({
      code: 21656,
      status: 400,
    });
    const { sid } = await client.conversations.v1.conversations.create({});
    const said = client.conversations.v1.conversations(sid).messages.create({ contentSid, contentVariables });
    expect(await refusalOf(said)).toMatchObject({ code: 50527 });
  },
);

test.each(["Your order {{}}", "Your order {{1}"])(
  "a placeholder written %s is refused: 21656",
  async (body) => {
    const contentSid = await template(body);
    expect(await refusalOf(sendTo(customer, line, contentSid, '{"1": "5"}'))).toMatchObject({ code: 21656 });
  },
);

test("variables without a template: 21654, and in a Conversation 50528; one that is not there: 21655, 50526", async () => {
  const nobody = `HX${"0".repeat(32)}`;
  const variables = '{"1": "5"}';
  const plain = client.messages.create({ to: customer, from: line, body: "x", contentVariables: variables });
  expect(await refusalOf(plain)).toMatchObject({ code: 21654 });
  expect(await refusalOf(sendTo(customer, line, nobody))).toMatchObject({ code: 21655 });
  const { sid } = await client.conversations.v1.conversations.create({});
  const { messages } = client.conversations.v1.conversations(sid);
  expect(await refusalOf(messages.create({ contentVariables: variables }))).toMatchObject({ code: 50528 });
  expect(await refusalOf(messages.create({ contentSid: nobody }))).toMatchObject({ code: 50526 });
  expect(await refusalOf(messages.create({ contentSid: "HX1" }))).toMatchObject({ code: 50526 });
});

test.each<readonly [string, string | undefined, string, number | null]>([
  ["all of them", '{"1": "5", "2": "me"}', "delivered", null],
  ["those without a value of their own", '{"1": "5"}', "delivered", null],
  ["one that is missing", undefined, "failed", 63028],
  ["one that the template does not have", '{"1": "5", "3": "x"}', "failed", 63028],
])("WhatsApp is sent %s", async (_, variables, status, errorCode) => {
  const contentSid = await template();
  const { sid } = await sendTo(customer, line, contentSid, variables);
  await local.twilio.idle();
  expect(await client.messages(sid).fetch()).toMatchObject({ status, errorCode });
});

test("SMS takes what WhatsApp does not: what is missing stays as it is written", async () => {
  const contentSid = await template();
  await sendTo("+15550100201", "+15550100001", contentSid, '{"3": "x"}');
  await local.twilio.idle();
  expect(local.phones.inbox("+15550100201").map(({ body }) => body)).toEqual(["Your order {{1}}"]);
});

test("in a Conversation the WhatsApp participant's receipt says 63028", async () => {
  const contentSid = await template();
  const { sid } = await client.conversations.v1.conversations.create({});
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.participants.create({
    "messagingBinding.address": customer,
    "messagingBinding.proxyAddress": line,
  });
  const said = await conversation.messages.create({ contentSid });
  await local.twilio.idle();
  expect(await conversation.messages(said.sid).deliveryReceipts.list()).toMatchObject([
    { status: "failed", errorCode: 63028 },
  ]);
});
