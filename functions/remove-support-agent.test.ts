import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  runFunctions,
  type RunningFunctions,
  type FakeConversation,
} from "@support-line/conversation-test/functions";

const customer = "+15550100201";
const agent = "+15550100101";
const role = '{"role":"agent"}';
let functions: RunningFunctions;
let conversation: FakeConversation;
beforeAll(async () => {
  functions = await runFunctions(import.meta.dirname);
});
afterAll(() => functions.stop());
beforeEach(() => {
  functions.fake.reset();
  conversation = functions.fake.open();
  functions.fake.join(conversation, customer, "+15550100001");
});

const remove = (parameters: Record<string, string>) =>
  functions.call("remove-support-agent", {
    conversationID: conversation.sid,
    line: "support",
    ...parameters,
  });
const present = () => conversation.participants.map(({ address }) => address);

test("the agent who wrote is removed, and nobody else", async () => {
  functions.fake.join(conversation, agent, "+15550100002", role);
  functions.fake.join(conversation, "+15550100103", "+15550100002", role);
  expect(await remove({ author: agent })).toMatchObject({
    status: 200,
    body: { removed: true },
    complaints: [],
  });
  expect(present()).toEqual([customer, "+15550100103"]);
});

test("a customer's word is an ordinary message", async () => {
  functions.fake.join(conversation, agent, "+15550100002", role);
  expect((await remove({ author: customer })).body).toEqual({ removed: false });
  expect(present()).toEqual([customer, agent]);
});

test("an agent of the line whom somebody added by hand counts, when the line is told", async () => {
  functions.fake.join(conversation, agent, "+15550100002");
  expect((await remove({ author: agent, line: "" })).body).toEqual({ removed: false });
  expect((await remove({ author: agent })).body).toEqual({ removed: true });
});

test("attributes that are no JSON are nobody's mark", async () => {
  functions.fake.join(conversation, "+15550100199", "+15550100002", "agent");
  expect((await remove({ author: "+15550100199" })).body).toEqual({ removed: false });
});

test("gone already is success", async () => {
  functions.fake.join(conversation, agent, "+15550100002", role);
  functions.fake.before = (call) => {
    if (call.startsWith("DELETE")) conversation.participants.length = 1;
  };
  expect((await remove({ author: agent })).body).toEqual({ removed: true });
});

test("whose word it was has to be told", async () => {
  expect((await remove({ author: "" })).error).toBe("the parameter author is missing; give one text");
});
