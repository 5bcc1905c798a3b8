import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FlowDefinition } from "@support-line/studio";
import { clientOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { askFor, flowOf, run, say, split, widget } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const customer = "+15550100201";
const agent = "+15550100301";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

async function says(from: string, to: string, body: string): Promise<void> {
  await local.twilio.services.carrier.receive(from, to, body);
  await local.twilio.idle();
}

const inboxOf = (address: string) =>
  local.twilio.services.carrier.handset(address).inbox.map(({ body }) => body);

/** A published Flow at the line: messages there open Conversations that are connected to it. */
async function connect(definition: FlowDefinition): Promise<string> {
  const flow = await client.studio.v2.flows.create({ friendlyName: "test", status: "published", definition });
  await client.conversations.v1.addressConfigurations.create({
    type: "sms",
    address: line,
    "autoCreation.enabled": true,
    "autoCreation.type": "studio",
    "autoCreation.studioFlowSid": flow.sid,
  });
  return flow.sid;
}

async function conversationSid(): Promise<string> {
  const [first] = await client.conversations.v1.conversations.list();
  return first?.sid ?? "";
}

const executionsOf = (flow: string) => client.studio.v2.flows(flow).executions.list();
const eventsOf = (type: string) =>
  local.twilio.events.after(0, 10_000).filter((event) => event.type === type);

test("the support turn: a Function adds the agent, and everybody reads the confirmation", async () => {
  const { domain } = await deploy(local, "agents", [
    {
      path: "/add-agent",
      visibility: "protected",
      source: `exports.handler = (context, event, callback) => {
        context.getTwilioClient().conversations.v1.conversations(event.conversationID).participants
          .create({ "messagingBinding.address": "${agent}", "messagingBinding.proxyAddress": "+15550100002" })
          .then(() => callback(null, "Success"), callback);
      };`,
    },
  ]);
  const flow = await connect(
    flowOf(
      split("check", "{{trigger.conversation.Body}}", { support: "add" }),
      run(
        "add",
        `https://${domain}/add-agent`,
        { conversationID: "{{trigger.conversation.ConversationSid}}" },
        {
          success: "confirm",
          fail: "sorry",
        },
      ),
      say("confirm", "Added support agent"),
      say("sorry", "Nobody is free"),
    ),
  );

  await says(customer, line, "hello");
  expect([inboxOf(customer), inboxOf(agent)]).toEqual([[], []]);
  await says(customer, line, "Support ");
  expect([inboxOf(customer), inboxOf(agent)]).toEqual([["Added support agent"], ["Added support agent"]]);
  await says(agent, "+15550100002", "How can I help?");
  expect(inboxOf(customer)).toEqual(["Added support agent", "How can I help?"]);

  const executions = await executionsOf(flow);
  expect(executions.map(({ status }) => status)).toEqual(["ended", "ended", "ended"]);
  const support = executions[1]?.sid ?? "";
  const steps = await client.studio.v2.flows(flow).executions(support).steps.list();
  expect(steps.map((step) => [step.name, step.transitionedFrom, step.transitionedTo])).toEqual([
    ["success", "add", "Ended"],
    ["match", "check", "confirm"],
    ["incomingConversationMessage", "Trigger", "add"],
    ["incomingConversationMessage", "Trigger", "check"],
  ]);
  const shown = await client.studio.v2.flows(flow).executions(support).executionContext().fetch();
  expect(shown.context).toMatchObject({
    flow: { sid: support, flow_sid: flow, channel: { address: await conversationSid() } },
    contact: { channel: { address: customer } },
    trigger: {
      conversation: {
        Body: "Support ",
        Author: customer,
        EventType: "onMessageAdded",
        ChannelAttributes: {},
      },
    },
    widgets: {
      add: { status_code: 200, body: "Success" },
      confirm: { outbound: { Body: "Added support agent" } },
    },
  });
  const trace = local.twilio.services.studio.steps(support);
  expect(trace?.map((step) => step["state"])).toEqual(["Trigger", "check", "add", "confirm"]);
  expect(trace?.[1]?.["conditions"]).toEqual([
    { name: "support", type: "equal_to", argument: "Support ", value: "support", held: true },
  ]);
});

test("a Function that fails leads to the failure transition", async () => {
  const { domain } = await deploy(local, "broken", [
    {
      path: "/add-agent",
      source: "exports.handler = (context, event, callback) => callback(new Error('no'));",
    },
  ]);
  await connect(
    flowOf(run("add", `https://${domain}/add-agent`, {}, { fail: "sorry" }), say("sorry", "Nobody is free")),
  );
  await says(customer, line, "support");
  expect(inboxOf(customer)).toEqual(["Nobody is free"]);
});

test("two people move one Execution forward", async () => {
  const flow = await connect(
    flowOf(
      askFor("first", "One?", 60, { incomingMessage: "second" }),
      askFor("second", "Two, {{widgets.first.inbound.Author}} said {{widgets.first.inbound.Body}}?", 60, {
        incomingMessage: "done",
      }),
      say("done", "Last: {{trigger.conversation.Body}}"),
    ),
  );
  await says(customer, line, "hello");
  await client.conversations.v1.conversations(await conversationSid()).participants.create({
    "messagingBinding.address": agent,
    "messagingBinding.proxyAddress": "+15550100002",
  });
  await says(agent, "+15550100002", "a");
  await says(customer, line, "b");
  expect(inboxOf(customer)).toEqual(["One?", "a", `Two, ${agent} said a?`, "Last: b"]);
  expect(await executionsOf(flow)).toHaveLength(1);
});

test("a wait ends when the clock says so, and a reply that came first wins", async () => {
  const flow = await connect(
    flowOf(
      askFor("ask", "Still there?", 60, { timeout: "bye", incomingMessage: "again" }),
      askFor("again", "And now?", 60, { timeout: "bye" }),
      say("bye", "Goodbye"),
    ),
  );
  await says(customer, line, "hello");
  await local.control("POST", "clock/advance", { seconds: 59 });
  await says(customer, line, "yes");
  await local.control("POST", "clock/advance", { seconds: 59 });
  expect(inboxOf(customer)).toEqual(["Still there?", "And now?"]);
  await local.control("POST", "clock/advance", { seconds: 1 });
  expect(inboxOf(customer)).toEqual(["Still there?", "And now?", "Goodbye"]);
  expect((await executionsOf(flow))[0]?.status).toBe("ended");
});

test("what the current widget does not take is ignored with 81002", async () => {
  const { domain } = await deploy(local, "slow", [
    {
      path: "/slow",
      source: `exports.handler = (context, event, callback) =>
        context.getTwilioClient().conversations.v1.conversations(event.sid).messages
          .create({ body: "while it runs" }, { xTwilioWebhookEnabled: "true" })
          .then(() => callback(null, "ok"), callback);`,
    },
  ]);
  const flow = await connect(
    flowOf(
      run(
        "slow",
        `https://${domain}/slow`,
        { sid: "{{trigger.conversation.ConversationSid}}" },
        { success: "done" },
      ),
      say("done", "done"),
    ),
  );
  // Two messages reach the Flow before its Function has answered.
  await Promise.all([says(customer, line, "one"), says(customer, line, "two")]);
  expect(eventsOf("execution.warned").map(({ data }) => [data["code"], data["state"]])).toEqual([
    [81002, "slow"],
  ]);
  const alerts = await client.monitor.v1.alerts.list({ logLevel: "warning" });
  expect(alerts.map(({ errorCode, serviceSid }) => [errorCode, serviceSid])).toEqual([["81002", flow]]);
  expect(await executionsOf(flow)).toHaveLength(1);
  expect(inboxOf(customer)).toContain("done");
});

test("an Execution ends on its own revision, the next message runs the new one", async () => {
  const flow = await connect(
    flowOf(askFor("ask", "Old?", 600, { incomingMessage: "end" }), say("end", "Old end")),
  );
  await says(customer, line, "hello");
  await client.studio.v2.flows(flow).update({
    status: "published",
    definition: flowOf(say("new", "New")),
    commitMessage: "new wording",
  });
  await says(customer, line, "reply");
  await says(customer, line, "hello again");
  expect(inboxOf(customer)).toEqual(["Old?", "Old end", "New"]);
});

test("test users run the draft, everybody else what is published", async () => {
  const flow = await connect(flowOf(say("published", "published")));
  await client.studio.v2.flows(flow).update({ status: "draft", definition: flowOf(say("draft", "draft")) });
  await client.studio.v2
    .flows(flow)
    .testUsers()
    .update({ testUsers: [customer] });
  await says(customer, line, "hello");
  await says("+15550100202", line, "hello");
  expect([inboxOf(customer), inboxOf("+15550100202")]).toEqual([["draft"], ["published"]]);
});

test.each([
  [true, 2],
  [false, 1],
])("the studio webhook outlives its Execution: %s", async (position, executions) => {
  await local.control("POST", "switches", { studioWebhookOutlivesExecution: position });
  const flow = await connect(flowOf(say("hi", "hi")));
  await says(customer, line, "one");
  await says(customer, line, "two");
  expect(await executionsOf(flow)).toHaveLength(executions);
});

test.each([
  ["conversation", /^CH[0-9a-f]{32}$/],
  ["proxy", /^\+15550100001$/],
])("flow.channel.address is the %s's", async (position, address) => {
  await local.control("POST", "switches", { channelAddress: position });
  await connect(flowOf(say("hi", "{{flow.channel.address}}")));
  await says(customer, line, "hello");
  expect(inboxOf(customer)[0]).toMatch(address);
});

test.each([
  ["both", "[b][b]"],
  ["inbound", "[b][a]"],
  ["trigger", "[][b]"],
])("a reply lands in %s", async (position, text) => {
  await local.control("POST", "switches", { replyLocation: position });
  await connect(
    flowOf(
      askFor("ask", "?", 60, { incomingMessage: "tell" }),
      say("tell", "[{{widgets.ask.inbound.Body}}][{{trigger.conversation.Body}}]"),
    ),
  );
  await says(customer, line, "a");
  await says(customer, line, "b");
  expect(inboxOf(customer)).toEqual(["?", text]);
});

test("a widget that the engine cannot run ends the Execution and is named", async () => {
  const flow = await connect(flowOf(widget("call", "read-minds", {}, { success: "" })));
  await says(customer, line, "hello");
  expect((await executionsOf(flow)).map(({ status }) => status)).toEqual(["ended"]);
  const [failed] = eventsOf("execution.failed");
  expect(failed?.data["message"]).toContain('widget call has type "read-minds"');
});

test("a Conversation that stands already is connected by a webhook of its own, and earlier messages can be replayed", async () => {
  const flow = await client.studio.v2.flows.create({
    friendlyName: "standing",
    status: "published",
    definition: flowOf(
      askFor("ask", "Heard {{trigger.conversation.Body}}", 60, { incomingMessage: "tell" }),
      say("tell", "Then {{widgets.ask.inbound.Body}}"),
    ),
  });
  const { sid } = await client.conversations.v1.conversations.create({ uniqueName: "standing" });
  const conversation = client.conversations.v1.conversations(sid);
  await conversation.participants.create({
    "messagingBinding.address": customer,
    "messagingBinding.proxyAddress": line,
  });
  for (const body of ["zero", "one", "two"]) await conversation.messages.create({ body });
  const webhook = await conversation.webhooks.create({
    target: "studio",
    "configuration.flowSid": flow.sid,
    "configuration.replayAfter": 0,
  });
  await local.twilio.idle();
  expect(webhook.configuration).toEqual({ flow_sid: flow.sid });
  const heard = inboxOf(customer).filter((body) => /^(?:Heard|Then)/.test(body));
  expect(heard).toEqual(["Heard one", "Then two"]);
});
