import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  runFunctions,
  stageVariables,
  type RunningFunctions,
  type TestConversation,
} from "@support-line/conversation-test/functions";

const customer = "+15550100201";
let functions: RunningFunctions;
let conversation: TestConversation;
beforeAll(async () => {
  functions = await runFunctions(import.meta.dirname);
});
afterAll(() => functions.stop());
beforeEach(async () => {
  await functions.account.reset();
  functions.setVariables(stageVariables);
  conversation = await functions.account.openConversation();
  await conversation.join(customer, "+15550100001");
});

const add = (parameters: Record<string, string> = {}) =>
  functions.call("add-support-agent", { conversationID: conversation.sid, line: "support", ...parameters });
const agents = async () =>
  (await conversation.participants())
    .filter(({ attributes }) => attributes === '{"role":"agent"}')
    .map(({ address, proxy }) => `${address} ${proxy}`);
/** Another customer's Conversation that holds pairs. */
const hold = async (...pairs: (readonly [string, string])[]) => {
  const other = await functions.account.openConversation();
  for (const [address, proxy] of pairs) await other.join(address, proxy);
};

test("the first agent joins by the first proxy, marked as an agent, in two calls", async () => {
  expect(await add()).toEqual({ status: 200, body: "Success", error: undefined, complaints: [] });
  expect(await agents()).toEqual(["+15550100101 +15550100001"]);
  expect(functions.account.calls.map(({ name }) => name)).toEqual(["GET Participants", "POST Participants"]);
});

test("pairs are tried in order: the agent's next proxy of that channel, then the next agent", async () => {
  await hold(["+15550100101", "+15550100001"]);
  await add();
  expect(await agents()).toEqual(["+15550100101 +15550100002"]);
  await conversation.keep(1);
  await hold(["+15550100101", "+15550100002"]);
  await add();
  expect(await agents()).toEqual(["whatsapp:+15550100102 whatsapp:+15550100001"]);
});

test("an agent who is in already is success, and nobody is added", async () => {
  await add();
  expect((await add()).body).toBe("Success");
  expect(await agents()).toHaveLength(1);
});

test("a pair that this very Conversation holds is success: the agent came in meanwhile", async () => {
  functions.account.before = async (call) => {
    if (call !== "POST Participants") return;
    functions.account.before = () => undefined;
    await conversation.join("+15550100101", "+15550100001", '{"role":"agent"}');
  };
  expect((await add()).body).toBe("Success");
  expect(await agents()).toHaveLength(1);
});

test("the customer's own number is never the agent", async () => {
  functions.setVariables({ ...stageVariables, SUPPORT_AGENTS: `${customer},+15550100103` });
  await add();
  expect(await agents()).toEqual(["+15550100103 +15550100001"]);
});

test("with no free pair it fails, and says why with SIDs and names alone", async () => {
  functions.setVariables({ ...stageVariables, SUPPORT_AGENTS: "+15550100101" });
  await hold(["+15550100101", "+15550100001"], ["+15550100101", "+15550100002"]);
  const message = "no free pair of agent and proxy on line support";
  expect(await add()).toMatchObject({
    status: 500,
    error: message,
    complaints: [
      {
        function: "add-support-agent",
        conversation: conversation.sid,
        line: "support",
        error: "RequestError",
        message,
      },
    ],
  });
});

test("another refusal of Twilio is passed on, and logged by its code", async () => {
  const answer = await add({ conversationID: `CH${"f".repeat(32)}` });
  expect(answer.status).toBe(500);
  expect(answer.error).toMatch(/was not found$/);
  expect(answer.complaints).toEqual([
    {
      function: "add-support-agent",
      conversation: `CH${"f".repeat(32)}`,
      line: "support",
      error: "Error",
      code: 20404,
      status: 404,
    },
  ]);
});

test("the Conversation is reached through the Service that the message names", async () => {
  expect((await add({ ChatServiceSid: `IS${"1".repeat(32)}` })).error).toMatch(
    /Services\/IS1+\/.* was not found$/,
  );
});

test.each([
  [{ conversationID: "" }, "the parameter conversationID is missing; give the SID of a Conversation"],
  [{ conversationID: "I need help" }, "the parameter conversationID is not the SID of a Conversation"],
  [{ line: "" }, "the parameter line is missing; give the name of a line"],
  [{ line: "+15550100201" }, "the parameter line is not the name of a line"],
  [{ line: "sales" }, "the Variable SALES_AGENTS is missing; deploy the stack"],
  [{ ChatServiceSid: "IS1" }, "the parameter ChatServiceSid is not the SID of a Conversations Service"],
])(
  "%o is one clear error before anything is asked, and what it holds is not logged",
  async (parameters, message) => {
    const answer = await add(parameters);
    expect(answer.error).toContain(message);
    expect(functions.account.calls.map(({ name }) => name)).toEqual([]);
    expect(JSON.stringify(answer.complaints)).not.toMatch(/I need help|\+1555/);
  },
);
