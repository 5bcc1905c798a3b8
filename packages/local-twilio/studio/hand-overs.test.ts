import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FlowDefinition, JsonObject, State } from "@support-line/studio";
import { clientOf } from "../testing/client.ts";
import { deploy } from "../testing/deploy.ts";
import { askFor, flowOf, say, widget } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const customer = "+15550100201";
const other = "+15550100202";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

async function says(body: string, from = customer): Promise<void> {
  await local.twilio.services.carrier.receive(from, line, body);
  await local.twilio.idle();
}

const inbox = (address = customer) =>
  local.twilio.services.carrier.handset(address).inbox.map(({ body }) => body);
const eventsOf = (type: string) =>
  local.twilio.events.after(0, 10_000).filter((event) => event.type === type);

const save = (definition: FlowDefinition, status: "published" | "draft" = "published") =>
  client.studio.v2.flows.create({ friendlyName: "test", status, definition });

/** A published Flow as the SMS webhook of the line. */
async function connect(definition: FlowDefinition): Promise<{ sid: string; webhookUrl: string }> {
  const { sid, webhookUrl } = await save(definition);
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: webhookUrl });
  return { sid, webhookUrl };
}

/** An Execution that the REST API starts with the customer. */
async function begin(flowSid: string) {
  const started = await client.studio.v2.flows(flowSid).executions.create({ to: customer, from: line });
  await local.twilio.idle();
  return started;
}

/** A Flow that only the REST API starts. */
function byRequest(...states: State[]): FlowDefinition {
  const trigger = widget("Trigger", "trigger", {}, { incomingRequest: states[0]?.name ?? "" });
  return { initial_state: "Trigger", states: [trigger, ...states] };
}

/** A Flow that another runs. */
function asSubflow(...states: State[]): FlowDefinition {
  const trigger = widget("Trigger", "trigger", {}, { incomingParent: states[0]?.name ?? "" });
  return { initial_state: "Trigger", states: [trigger, ...states] };
}

const runs = (flowSid: string, revision: string, parameters: JsonObject[], next: Record<string, string>) =>
  widget("call", "run-subflow", { flow_sid: flowSid, flow_revision: revision, parameters }, next);

test("a subflow runs in its caller's Execution, and its steps name the step that runs it", async () => {
  const subflow = await save(
    asSubflow(
      askFor("ask", "{{trigger.parent.parameters.greeting}}?", 60, { incomingMessage: "note" }),
      widget(
        "note",
        "set-variables",
        { variables: [{ key: "said", value: "{{widgets.ask.inbound.Body}}" }] },
        { next: "" },
      ),
    ),
  );
  const flow = await connect(
    flowOf(
      runs(subflow.sid, "LatestPublished", [{ key: "greeting", value: "Well" }], { completed: "tell" }),
      say("tell", "You said {{widgets.call.said}}"),
    ),
  );
  await says("hello");
  await says("fine");
  expect(inbox()).toEqual(["Well?", "You said fine"]);
  const [execution] = await client.studio.v2.flows(flow.sid).executions.list();
  const steps = await client.studio.v2
    .flows(flow.sid)
    .executions(execution?.sid ?? "")
    .steps.list();
  const caller = steps.find(({ type }) => type === "run-subflow")?.sid;
  expect(steps.map((step) => [step.type, step.name, step.transitionedTo, step.parentStepSid])).toEqual([
    ["send-message", "completed", "Ended", null],
    ["set-variables", "incomingMessage", "Ended", caller],
    ["send-and-wait-for-reply", "incomingParent", "note", caller],
    ["trigger", "incomingParent", "ask", caller],
    ["run-subflow", "incomingMessage", "tell", null],
    ["trigger", "incomingMessage", "call", null],
  ]);
  const context = steps[2]?.context as { trigger?: { parent?: JsonObject } };
  expect(context.trigger?.parent).toMatchObject({
    step_sid: caller,
    execution_sid: execution?.sid,
    flow_sid: flow.sid,
    trigger_type: "incomingMessage",
  });
});

test.each([
  ["testUsers", ["draft"], ["published"]],
  ["everyone", ["draft"], ["draft"]],
])("where Run Subflow says LatestDraft, %s run it", async (position, tester, anybody) => {
  await local.control("POST", "switches", { draftSubflow: position });
  const subflow = await save(asSubflow(say("say", "published")));
  await client.studio.v2
    .flows(subflow.sid)
    .update({ status: "draft", definition: asSubflow(say("say", "draft")) });
  const flow = await connect(flowOf(runs(subflow.sid, "LatestDraft", [], {})));
  await client.studio.v2
    .flows(flow.sid)
    .testUsers()
    .update({ testUsers: [customer] });
  await says("hello");
  await says("hello", other);
  expect([inbox(), inbox(other)]).toEqual([tester, anybody]);
});

test("a subflow that is not there fails with 81024", async () => {
  await connect(
    flowOf(runs(`FW${"0".repeat(32)}`, "LatestPublished", [], { failed: "sorry" }), say("sorry", "Sorry")),
  );
  await says("hello");
  expect(inbox()).toEqual(["Sorry"]);
  expect(eventsOf("execution.warned").map(({ data }) => data["code"])).toEqual([81024]);
});

const service = async () => (await client.conversations.v1.configuration().fetch()).defaultChatServiceSid;

test("a Flow opens a Conversation: messages go there, and replies in it move the Execution on", async () => {
  const flow = await save(
    byRequest(
      widget(
        "open",
        "start-conversation",
        {
          conversation_service_sid: await service(),
          friendly_name: "about {{contact.channel.address}}",
          participants: [
            {
              type: "sms",
              messaging_binding_address: "{{contact.channel.address}}",
              messaging_binding_proxy_address: line,
            },
          ],
        },
        { created: "ask", failed: "" },
      ),
      askFor("ask", "How are you?", 60, { incomingMessage: "tell" }),
      say("tell", "{{widgets.ask.inbound.Body}} in {{flow.channel.details.friendly_name}}"),
    ),
  );
  const execution = await begin(flow.sid);
  await says("fine");
  expect(inbox()).toEqual(["How are you?", `fine in about ${customer}`]);
  const shown = await client.studio.v2.flows(flow.sid).executions(execution.sid).executionContext().fetch();
  const [conversation] = await client.conversations.v1.conversations.list();
  const [webhook] = await client.conversations.v1.conversations(conversation?.sid ?? "").webhooks.list();
  expect(shown.context).toMatchObject({
    flow: {
      channel: { sid: conversation?.sid, type: "conversation", details: { webhook_sid: webhook?.sid } },
    },
    widgets: { open: { conversation: { participants: [{ messaging_binding: { address: customer } }] } } },
  });
});

test.each([
  [true, "closed"],
  [false, "active"],
])("close_conversation_on_execution_end %s leaves a Conversation %s", async (closes, state) => {
  const { sid } = await client.conversations.v1.conversations.create({ friendlyName: "there" });
  const flow = await save(
    byRequest(
      widget(
        "resume",
        "resume-conversation",
        {
          conversation_service_sid: await service(),
          conversation_sid: sid,
          close_conversation_on_execution_end: closes,
        },
        { resumed: "say" },
      ),
      say("say", "Hello again"),
    ),
  );
  await begin(flow.sid);
  expect((await client.conversations.v1.conversations(sid).fetch()).state).toBe(state);
});

test("a Flow goes on in a Conversation that there is, and fails where there is none", async () => {
  const conversation = await client.conversations.v1.conversations.create({ friendlyName: "there" });
  await client.conversations.v1
    .conversations(conversation.sid)
    .participants.create({ "messagingBinding.address": customer, "messagingBinding.proxyAddress": line });
  const resumes = async (sid: string) =>
    save(
      byRequest(
        widget(
          "resume",
          "resume-conversation",
          { conversation_service_sid: await service(), conversation_sid: sid },
          { resumed: "say", failed: "sorry" },
        ),
        say("say", "Hello again"),
        say("sorry", "No such place"),
      ),
    );
  await begin((await resumes(conversation.sid)).sid);
  await begin((await resumes(`CH${"0".repeat(32)}`)).sid);
  expect(inbox()).toEqual(["Hello again", "No such place"]);
  expect(eventsOf("execution.warned").map(({ data }) => data["code"])).toEqual([50350]);
});

test("without Flex a hand-over fails and says so; with one it gets what the widget says and what Studio adds", async () => {
  const flow = byRequest(
    widget(
      "flex",
      "send-to-flex",
      { workflow: "WW1", channel: "TC1", attributes: '{"topic":"bills","name":"Ann"}', priority: "3" },
      { callComplete: "done", failedToEnqueue: "sorry", callFailure: "" },
    ),
    say("done", "{{widgets.flex.sid}}"),
    say("sorry", "Nobody is there"),
  );
  const { sid } = await save(flow);
  const asked: unknown[] = [];
  Object.defineProperty(local.twilio.services, "flex", { value: null, configurable: true });
  await begin(sid);
  expect(inbox()).toEqual(["Nobody is there"]);
  const [warned] = eventsOf("execution.warned");
  expect(warned?.data).toMatchObject({ code: 81015, message: expect.stringContaining("no Flex") as string });

  const handOver = (request: unknown) => {
    asked.push(request);
    return Promise.resolve({ succeeded: true, variables: { sid: "WT1" } });
  };
  Object.defineProperty(local.twilio.services, "flex", { value: { handOver } });
  await begin(sid);
  expect(inbox()).toEqual(["Nobody is there", "WT1"]);
  expect(asked).toMatchObject([
    {
      flowSid: sid,
      workflowSid: "WW1",
      taskChannelSid: "TC1",
      priority: 3,
      timeoutSeconds: 3600,
      conversationSid: null,
      attributes: { topic: "bills", name: "Ann", channelType: "sms", customerAddress: customer },
    },
  ]);
});

/** A Function that answers with TwiML; `back` in it stands for the Flow's webhook. */
async function twiml(document: string): Promise<string> {
  const { domain } = await deploy(local, "twiml", [
    {
      path: "/twiml",
      source: `exports.handler = (context, event, callback) => {
        const response = new Twilio.Response();
        response.appendHeader("content-type", "text/xml");
        response.setBody(${JSON.stringify(document)}.replace("back", () => event.back.replace("&", "&amp;")));
        callback(null, response);
      };`,
    },
  ]);
  return `https://${domain}/twiml`;
}

const webhookOf = (flowSid: string) =>
  `https://webhooks.twilio.com/v1/Accounts/${local.twilio.settings.accountSid}/Flows/${flowSid}`;
const redirects = (url: string, timeout: string, late = "late") =>
  widget(
    "away",
    "add-twiml-redirect",
    {
      url: `${url}?back={{flow.flow_sid | prepend: "${webhookOf("")}" | append: "?FlowEvent=return%26mood=good" }}`,
      timeout,
    },
    { return: "back", timeout: late, fail: "" },
  );

test("TwiML goes on with a message and gives it back, with what it found out", async () => {
  const url = await twiml("<Response><Message>One moment</Message><Redirect>back</Redirect></Response>");
  await connect(
    flowOf(redirects(url, "60"), say("back", "You are {{widgets.away.mood}}"), say("late", "late")),
  );
  await says("hello");
  expect(inbox()).toEqual(["One moment", "You are good"]);
});

test("TwiML that does not give back is waited for so long, also when nobody waits at all", async () => {
  const url = await twiml("<Response><Message>One moment</Message></Response>");
  await connect(flowOf(redirects(url, "60"), say("back", "back"), say("late", "late")));
  await says("hello");
  await says("is anybody there?");
  expect(inbox()).toEqual(["One moment"]);
  expect(eventsOf("execution.warned").map(({ data }) => data["code"])).toEqual([81002]);
  await local.control("POST", "clock/advance", { seconds: 60 });
  expect(inbox()).toEqual(["One moment", "late"]);
  await connect(flowOf(redirects(url, "0"), say("back", "back"), say("late", "gone on")));
  await says("hello");
  expect(inbox()).toEqual(["One moment", "late", "One moment", "gone on"]);
});

test("a return that nothing waits for is ignored with 81002", async () => {
  const { sid } = await connect(flowOf(askFor("ask", "?", 60)));
  await says("hello");
  const url = new URL(`${webhookOf(sid)}?FlowEvent=return`);
  const back = await fetch(`${local.twilio.endpoint}/${url.hostname}${url.pathname}${url.search}`, {
    method: "POST",
    body: new URLSearchParams({ From: customer }),
  });
  expect([back.status, await back.text()]).toEqual([200, expect.stringContaining("<Response/>")]);
  expect(eventsOf("execution.warned").map(({ data }) => data["code"])).toEqual([81002]);
});

test.each([
  ["<Response><Say>One moment</Say><Redirect>back</Redirect></Response>", ["One moment", "You are good"]],
  ["<Response><Say>Goodbye</Say></Response>", ["Goodbye"]],
])("a call goes on by TwiML: %s", async (document, heard) => {
  const url = await twiml(document);
  const flow = await save({
    initial_state: "Trigger",
    states: [
      widget("Trigger", "trigger", {}, { incomingCall: "away" }),
      redirects(url, "60", ""),
      widget("back", "say-play", { say: "You are {{widgets.away.mood}}" }, { audioComplete: "" }),
    ],
  });
  const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
  await client.incomingPhoneNumbers(number?.sid ?? "").update({ voiceUrl: flow.webhookUrl });
  await local.control("POST", `handsets/${customer}/calls`, { to: line });
  await local.twilio.idle();
  expect(eventsOf("call.says").map(({ data }) => data["text"])).toEqual(heard);
  const [execution] = await client.studio.v2.flows(flow.sid).executions.list();
  expect(execution?.status).toBe("ended");
});
