import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  runFunctions,
  type RunningFunctions,
  type TestConversation,
} from "@support-line/conversation-test/functions";

const customer = "+15550100201";
const agent = "+15550100101";
const role = '{"role":"agent"}';
let functions: RunningFunctions;
let conversation: TestConversation;
beforeAll(async () => {
  functions = await runFunctions(import.meta.dirname);
});
afterAll(() => functions.stop());
beforeEach(async () => {
  await functions.account.reset();
  conversation = await functions.account.openConversation();
  await conversation.join(customer, "+15550100001");
});

const remove = (parameters: Record<string, string>) =>
  functions.call("remove-support-agent", {
    conversationID: conversation.sid,
    line: "support",
    ...parameters,
  });
const present = async () => (await conversation.participants()).map(({ address }) => address);

test("the agent who wrote is removed, and nobody else", async () => {
  await conversation.join(agent, "+15550100002", role);
  await conversation.join("+15550100103", "+15550100002", role);
  expect(await remove({ author: agent })).toMatchObject({
    status: 200,
    body: { removed: true },
    complaints: [],
  });
  expect(await present()).toEqual([customer, "+15550100103"]);
});

test("a customer's word is an ordinary message", async () => {
  await conversation.join(agent, "+15550100002", role);
  expect((await remove({ author: customer })).body).toEqual({ removed: false });
  expect(await present()).toEqual([customer, agent]);
});

test("an agent of the line whom somebody added by hand counts, when the line is told", async () => {
  await conversation.join(agent, "+15550100002");
  expect((await remove({ author: agent, line: "" })).body).toEqual({ removed: false });
  expect((await remove({ author: agent })).body).toEqual({ removed: true });
});

test("gone already is success", async () => {
  await conversation.join(agent, "+15550100002", role);
  functions.account.before = async (call) => {
    if (call.startsWith("DELETE")) await conversation.keep(1);
  };
  expect((await remove({ author: agent })).body).toEqual({ removed: true });
});

test("whose word it was has to be told", async () => {
  expect((await remove({ author: "" })).error).toBe("the parameter author is missing; give one text");
});
