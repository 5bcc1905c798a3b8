import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  flowSid,
  reattachUrl,
  runFunctions,
  stageVariables,
  type RunningFunctions,
  type FakeConversation,
} from "@support-line/conversation-test/functions";

const customer = "+15550100201";
const timers = { "Timers.Inactive": "PT4H", "Timers.Closed": "P1D" };
let functions: RunningFunctions;
beforeAll(async () => {
  functions = await runFunctions(import.meta.dirname);
});
afterAll(() => functions.stop());
beforeEach(() => {
  functions.fake.reset();
  functions.setVariables(stageVariables);
});

const start = (parameters: Record<string, string>) =>
  functions.call("start-conversation", { line: "support", ...parameters });
const only = () => {
  const all = [...functions.fake.conversations.values()];
  expect(all).toHaveLength(1);
  return all[0] as FakeConversation;
};
const targets = ({ webhooks }: FakeConversation) => webhooks.map(({ target }) => target);

test("a new Conversation has the customer, timers and both webhooks", async () => {
  const answer = await start({ address: customer });
  const { sid, participants, webhooks, timers: set } = only();
  expect(answer.body).toEqual({
    conversationSid: sid,
    flowWebhookSid: webhooks[0]?.sid,
    reattachWebhookSid: webhooks[1]?.sid,
  });
  expect(participants).toMatchObject([{ address: customer, proxy: "+15550100001" }]);
  expect(set).toEqual(timers);
  expect(webhooks).toMatchObject([
    { target: "studio", configuration: { flow_sid: flowSid }, replayAfter: null },
    { target: "webhook", configuration: { url: reattachUrl, method: "post", filters: ["onMessageAdded"] } },
  ]);
});

test("the proxy is the line's first of the customer's channel, or the one that is given", async () => {
  await start({ address: "whatsapp:+15550100201" });
  expect(only().participants[0]?.proxy).toBe("whatsapp:+15550100001");
  functions.fake.reset();
  await start({ address: customer, proxy: "+15550100002" });
  expect(only().participants[0]?.proxy).toBe("+15550100002");
});

test("a second time for a customer changes nothing, and leaves no empty Conversation", async () => {
  const first = await start({ address: customer });
  expect((await start({ address: customer })).body).toEqual(first.body);
  expect(targets(only())).toEqual(["studio", "webhook"]);
});

test("a given Conversation is made whole, and what it has stays", async () => {
  const conversation = functions.fake.open();
  const own = functions.fake.attach(conversation, "studio", { flow_sid: flowSid });
  functions.fake.attach(conversation, "webhook", { url: "https://example.com/of-somebody-else" });
  const answer = await start({ conversationSid: conversation.sid });
  expect(answer.body).toMatchObject({ conversationSid: conversation.sid, flowWebhookSid: own.sid });
  expect(targets(conversation)).toEqual(["studio", "webhook", "webhook"]);
  expect(conversation.timers).toEqual(timers);
  await start({ conversationSid: conversation.sid });
  expect(targets(conversation)).toEqual(["studio", "webhook", "webhook"]);
});

test("of two webhooks of the Flow the older stays; another Flow's is left alone", async () => {
  const conversation = functions.fake.open();
  const other = functions.fake.attach(conversation, "studio", { flow_sid: `FW${"1".repeat(32)}` });
  const [older, newer] = [0, 1].map(() =>
    functions.fake.attach(conversation, "studio", { flow_sid: flowSid }),
  );
  await start({ conversationSid: conversation.sid });
  const kept = conversation.webhooks.map(({ sid }) => sid);
  expect(kept).toEqual(expect.arrayContaining([other.sid, older?.sid]));
  expect(kept).not.toContain(newer?.sid);
});

test("a studio webhook that does not tell its Flow is taken for the line's", async () => {
  const conversation = functions.fake.open();
  functions.fake.attach(conversation, "studio", {});
  await start({ conversationSid: conversation.sid });
  expect(targets(conversation)).toEqual(["studio", "webhook"]);
});

test("two at once leave one webhook of each kind", async () => {
  const conversation = functions.fake.open();
  const reached = Promise.withResolvers<void>();
  let looking = 0;
  // Both have looked before either attaches.
  functions.fake.before = (call) => {
    if (call === "GET Webhooks" && ++looking === 2) reached.resolve();
    return call === "POST Webhooks" ? reached.promise : undefined;
  };
  await Promise.all([
    start({ conversationSid: conversation.sid }),
    start({ conversationSid: conversation.sid }),
  ]);
  expect(targets(conversation).sort()).toEqual(["studio", "webhook"]);
});

test.each([
  [{}, "the parameter address is missing; give an address"],
  [{ address: "somebody" }, "the parameter address is not an address"],
  [{ address: customer, line: "sales" }, "the Variable SALES_FLOW_SID is missing; deploy the stack"],
  [{ conversationSid: "CH1" }, "the parameter conversationSid is not the SID of a Conversation"],
])("%o is one clear error, and opens nothing", async (parameters, message) => {
  expect((await start(parameters)).error).toContain(message);
  expect(functions.fake.conversations.size).toBe(0);
});

test("a channel that the line has no proxy of is said", async () => {
  functions.setVariables({ ...stageVariables, SUPPORT_PROXIES: "+15550100001" });
  const { error } = await start({ address: "whatsapp:+15550100201" });
  expect(error).toBe("line support has no proxy of the customer's channel");
});
