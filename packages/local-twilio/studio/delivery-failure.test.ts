/** Messages of a Flow that do not arrive: in a Conversation, where several may have been meant. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { textOf } from "../json.ts";
import { askFor, flowOf, say } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const [customer, agent, line] = ["+15550100201", "+15550100301", "+15550100001"];
const conversations = "conversations.twilio.com/v1";

let local: TestTwilio;
beforeEach(async () => {
  local = await startForTest();
  const definition = flowOf(
    askFor("ask", "Which order?", 3600, {
      incomingMessage: "thanks",
      timeout: "thanks",
      deliveryFailure: "lost",
    }),
    say("thanks", "Thank you"),
    say("lost", "It did not arrive"),
  );
  const { body } = await local.call("POST", "studio.twilio.com/v2/Flows", {
    FriendlyName: "test",
    Status: "published",
    Definition: JSON.stringify(definition),
  });
  await local.call("POST", `${conversations}/Configuration/Addresses`, {
    Type: "sms",
    Address: line,
    "AutoCreation.Enabled": "true",
    "AutoCreation.Type": "studio",
    "AutoCreation.StudioFlowSid": textOf(body["sid"]),
  });
});
afterEach(() => local[Symbol.asyncDispose]());

const says = async (body: string): Promise<void> => {
  await local.twilio.services.carrier.receive(customer, line, body);
  await local.twilio.idle();
};
const heard = (address = customer) =>
  local.twilio.services.carrier
    .handset(address)
    .inbox.filter(({ status }) => status === "delivered")
    .map(({ body }) => body);
const lose = (address: string) =>
  local.control("POST", `handsets/${encodeURIComponent(address)}/rules`, {
    rules: [{ outcome: "undelivered", times: 1 }],
  });

test.each([
  ["nobodyReached", ["It did not arrive"]],
  ["never", []],
])("a question that reaches nobody, with deliveryFailureInConversation %s", async (position, answers) => {
  await local.control("POST", "switches", { deliveryFailureInConversation: position });
  await lose(customer);
  await says("hello");
  expect(heard()).toEqual(answers);
});

test("a question that reaches one of two is no failure", async () => {
  await says("hello");
  const { body } = await local.call("GET", `${conversations}/Conversations`);
  const [{ sid = "" } = {}] = body["conversations"] as { sid: string }[];
  await local.call("POST", `${conversations}/Conversations/${sid}/Participants`, {
    "MessagingBinding.Address": agent,
    "MessagingBinding.ProxyAddress": "+15550100002",
  });
  await says("4711");
  await lose(customer);
  await says("hello again");
  expect(heard()).toEqual(["Which order?", "Thank you"]);
  expect(heard(agent)).toEqual(["4711", "Thank you", "hello again", "Which order?"]);
});

test("the next message of a Flow is refused, or lost, when a test asks for it", async () => {
  await local.control("POST", "flow-messages/next", { outcome: "refused" });
  await says("hello");
  expect(heard()).toEqual(["It did not arrive"]);
  await local.control("POST", "flow-messages/next", { outcome: "undelivered", errorCode: 30005 });
  await says("hello");
  expect(heard()).toEqual(["It did not arrive", "It did not arrive"]);
  const failed = local.twilio.events.after(0, 1000).filter(({ type }) => type === "message.undelivered");
  expect(failed.map(({ data }) => data["errorCode"])).toEqual([30005]);
});
