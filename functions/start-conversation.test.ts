import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  flowSid,
  reattachUrl,
  runFunctions,
  stageVariables,
  type RunningFunctions,
  type TestConversation,
} from "@support-line/conversation-test/functions";

const customer = "+15550100201";
/** PT4H and P1D from so many seconds after noon on, when the Conversation was made or changed. */
const timers = (seconds = 0) => ({
  date_inactive: `2026-01-30T16:00:0${seconds}Z`,
  date_closed: `2026-01-31T12:00:0${seconds}Z`,
});
let functions: RunningFunctions;
beforeAll(async () => {
  functions = await runFunctions(import.meta.dirname);
});
afterAll(() => functions.stop());
beforeEach(async () => {
  await functions.account.reset();
  functions.setVariables(stageVariables);
});

const start = (parameters: Record<string, string>) =>
  functions.call("start-conversation", { line: "support", ...parameters });
const only = async () => {
  const all = await functions.account.conversations();
  expect(all).toHaveLength(1);
  return all[0] as TestConversation;
};
const targets = async (conversation: TestConversation) =>
  (await conversation.webhooks()).map(({ target }) => target);

test("a new Conversation has the customer, timers and both webhooks", async () => {
  const answer = await start({ address: customer });
  const conversation = await only();
  const webhooks = await conversation.webhooks();
  expect(answer.body).toEqual({
    conversationSid: conversation.sid,
    flowWebhookSid: webhooks[0]?.sid,
    reattachWebhookSid: webhooks[1]?.sid,
  });
  expect(await conversation.participants()).toMatchObject([{ address: customer, proxy: "+15550100001" }]);
  expect(await conversation.timers()).toEqual(timers());
  expect(webhooks).toMatchObject([
    { target: "studio", configuration: { flow_sid: flowSid } },
    { target: "webhook", configuration: { url: reattachUrl, method: "post", filters: ["onMessageAdded"] } },
  ]);
});

test("the proxy is the line's first of the customer's channel, or the one that is given", async () => {
  await start({ address: "whatsapp:+15550100201" });
  expect((await (await only()).participants())[0]?.proxy).toBe("whatsapp:+15550100001");
  await functions.account.reset();
  await start({ address: customer, proxy: "+15550100002" });
  expect((await (await only()).participants())[0]?.proxy).toBe("+15550100002");
});

test("a second time for a customer changes nothing, and leaves no empty Conversation", async () => {
  const first = await start({ address: customer });
  expect((await start({ address: customer })).body).toEqual(first.body);
  expect(await targets(await only())).toEqual(["studio", "webhook"]);
});

test("a given Conversation is made whole, and what it has stays", async () => {
  const conversation = await functions.account.openConversation();
  const own = await conversation.attach({ flowSid });
  await conversation.attach({ url: "https://example.com/of-somebody-else" });
  const answer = await start({ conversationSid: conversation.sid });
  expect(answer.body).toMatchObject({ conversationSid: conversation.sid, flowWebhookSid: own });
  expect(await targets(conversation)).toEqual(["studio", "webhook", "webhook"]);
  expect(await conversation.timers()).toEqual(timers(2));
  await start({ conversationSid: conversation.sid });
  expect(await targets(conversation)).toEqual(["studio", "webhook", "webhook"]);
});

test("of two webhooks of the Flow the older stays; another Flow's is left alone", async () => {
  const conversation = await functions.account.openConversation();
  const other = await conversation.attach({ flowSid: `FW${"1".repeat(32)}` });
  const older = await conversation.attach({ flowSid });
  const newer = await conversation.attach({ flowSid });
  await start({ conversationSid: conversation.sid });
  const kept = (await conversation.webhooks()).map(({ sid }) => sid);
  expect(kept).toEqual(expect.arrayContaining([other, older]));
  expect(kept).not.toContain(newer);
});

test("a studio webhook that does not tell its Flow is taken for the line's", async () => {
  const conversation = await functions.account.openConversation();
  await conversation.attach({ flowSid: null });
  await start({ conversationSid: conversation.sid });
  expect(await targets(conversation)).toEqual(["studio", "webhook"]);
});

test("two at once leave one webhook of each kind", async () => {
  const conversation = await functions.account.openConversation();
  const reached = Promise.withResolvers<void>();
  let looking = 0;
  // Both have looked before either attaches.
  functions.account.before = (call) => {
    if (call === "GET Webhooks" && ++looking === 2) reached.resolve();
    return call === "POST Webhooks" ? reached.promise : undefined;
  };
  await Promise.all([
    start({ conversationSid: conversation.sid }),
    start({ conversationSid: conversation.sid }),
  ]);
  expect((await targets(conversation)).sort()).toEqual(["studio", "webhook"]);
});

test.each([
  [{}, "the parameter address is missing; give an address"],
  [{ address: "somebody" }, "the parameter address is not an address"],
  [{ address: customer, line: "sales" }, "the Variable SALES_FLOW_SID is missing; deploy the stack"],
  [{ conversationSid: "CH1" }, "the parameter conversationSid is not the SID of a Conversation"],
])("%o is one clear error, and opens nothing", async (parameters, message) => {
  expect((await start(parameters)).error).toContain(message);
  expect(await functions.account.conversations()).toEqual([]);
});

test("a channel that the line has no proxy of is said", async () => {
  functions.setVariables({ ...stageVariables, SUPPORT_PROXIES: "+15550100001" });
  const { error } = await start({ address: "whatsapp:+15550100201" });
  expect(error).toBe("line support has no proxy of the customer's channel");
});
