import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { FlowDefinition } from "@support-line/studio";
import { makeWorkspace, type TestWorkspace } from "../taskrouter/testing/workspace.ts";
import { clientOf, refusalOf } from "../testing/client.ts";
import { say, widget } from "../testing/flows.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";

const customer = "+15550100201";
const line = "+15550100001";

let local: TestTwilio;
let client: Client;
let workspace: TestWorkspace;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
  workspace = await makeWorkspace(client);
});
afterEach(() => local[Symbol.asyncDispose]());

const inbox = () => local.twilio.services.carrier.handset(customer).inbox.map(({ body }) => body);
const stateOf = async (sid: string) => (await client.conversations.v1.conversations(sid).fetch()).state;
const identities = async (sid: string) =>
  (await client.conversations.v1.conversations(sid).participants.list())
    .flatMap(({ identity }) => identity || [])
    .sort();

async function writes(body: string): Promise<void> {
  await local.twilio.services.carrier.receive(customer, line, body);
  await local.twilio.idle();
}

/** A Conversation with the customer. */
async function conversationOf(): Promise<string> {
  const { sid } = await client.conversations.v1.conversations.create({});
  await client.conversations.v1.conversations(sid).participants.create({
    "messagingBinding.address": customer,
    "messagingBinding.proxyAddress": line,
  });
  return sid;
}

const routing = (properties: object = {}) => ({
  properties: {
    workspace_sid: workspace.sid,
    workflow_sid: workspace.workflowSid,
    task_channel_unique_name: "chat",
    attributes: { topic: "parcel", customerName: "Cy", customerAddress: customer },
    ...properties,
  },
});

/** Hands a Conversation over, and answers what there is afterwards. */
async function handOver(conversationSid: string, properties: object = {}) {
  const interaction = await client.flexApi.v1.interaction.create({
    channel: {
      type: "sms",
      initiated_by: "customer",
      properties: { media_channel_sid: conversationSid },
    },
    routing: routing(properties),
  });
  const api = client.flexApi.v1.interaction(interaction.sid);
  const [channel] = await api.channels.list();
  const shown = interaction.routing as { properties: { sid: string; attributes: string } };
  return {
    interaction,
    channel: api.channels(channel?.sid ?? ""),
    taskSid: shown.properties.sid,
    attributes: JSON.parse(shown.properties.attributes) as Record<string, unknown>,
  };
}

async function accept(taskSid: string): Promise<void> {
  const [reservation] = await workspace.api
    .tasks(taskSid)
    .reservations.list({ reservationStatus: "pending" });
  await workspace.api
    .tasks(taskSid)
    .reservations(reservation?.sid ?? "none")
    .update({ reservationStatus: "accepted" });
  await local.twilio.idle();
}

const statusOf = async (taskSid: string) => (await workspace.api.tasks(taskSid).fetch()).assignmentStatus;

describe("an Interaction", () => {
  test("on a Conversation makes a Task that says where it comes from", async () => {
    const conversationSid = await conversationOf();
    const { interaction, channel, taskSid, attributes } = await handOver(conversationSid, { priority: 3 });
    const { sid: channelSid } = await channel.fetch();
    const [invite] = await channel.invites.list();
    expect(attributes).toEqual({
      topic: "parcel",
      customerName: "Cy",
      customerAddress: customer,
      customers: { name: "Cy", phone: customer, email: null },
      channelType: "sms",
      direction: "inbound",
      initiatedBy: "customer",
      taskCreateSource: "interaction",
      conversationSid,
      conversations: {
        conversation_id: interaction.sid,
        initiated_by: "customer",
        communication_channel: "sms",
        media: [{ type: "ChatTranscript", sid: conversationSid }],
      },
      flexInteractionSid: interaction.sid,
      flexInteractionChannelSid: channelSid,
      flexChannelInviteSid: invite?.sid,
    });
    expect(interaction).toMatchObject({
      sid: expect.stringMatching(/^KD/) as string,
      url: `https://flex-api.twilio.com/v1/Interactions/${interaction.sid}`,
      channel: { type: "sms", sid: channelSid },
      routing: { properties: { workflow_name: "Flow of Tasks", queue_name: "First", priority: 3 } },
    });
    const task = await workspace.api.tasks(taskSid).fetch();
    expect(task).toMatchObject({ taskChannelUniqueName: "chat", priority: 3, assignmentStatus: "pending" });
    expect(JSON.parse(task.attributes)).toEqual(attributes);
    const people = await channel.participants.list();
    expect(people.map(({ type }) => type)).toEqual(["customer"]);
  });

  test("lets the agent who accepts into the Conversation, and takes them out when they park", async () => {
    const conversationSid = await conversationOf();
    await workspace.worker("ada.l", { contact_uri: "client:ada" });
    const { channel, taskSid, attributes } = await handOver(conversationSid);
    expect(await identities(conversationSid)).toEqual([]);
    await accept(taskSid);
    expect(await identities(conversationSid)).toEqual(["ada"]);
    const messages = client.conversations.v1.conversations(conversationSid).messages;
    await messages.create({ author: "ada", body: "How can I help?" });
    await local.twilio.idle();
    expect(inbox()).toEqual(["How can I help?"]);

    const agent = (await channel.participants.list()).find(({ type }) => type === "agent");
    await channel.participants(agent?.sid ?? "").update({ status: "closed" });
    expect(await statusOf(taskSid)).toBe("completed");
    expect(await identities(conversationSid)).toEqual([]);
    expect(await stateOf(conversationSid)).toBe("active");
    expect((await channel.fetch()).status).toBe("active");

    const comings = local.twilio.events
      .after(0, 10_000)
      .filter(({ type, data }) => type.startsWith("conversation.participant") && data["identity"] === "ada");
    expect(comings.map(({ type, sid }) => [type, sid])).toEqual([
      ["conversation.participantAdded", conversationSid],
      ["conversation.participantRemoved", conversationSid],
    ]);

    const again = await channel.invites.create({ routing: routing({ attributes: { topic: "again" } }) });
    expect(again.url).toContain(`/Invites/${again.sid}`);
    const { properties } = again.routing as { properties: { sid: string; attributes: string } };
    const anew = JSON.parse(properties.attributes) as Record<string, unknown>;
    expect(anew).toMatchObject({
      topic: "again",
      conversationSid,
      flexInteractionSid: attributes["flexInteractionSid"],
    });
    // What the first Task said is not carried over.
    expect(anew).not.toHaveProperty("customerName");
    await accept(properties.sid);
    expect(await identities(conversationSid)).toEqual(["ada"]);
  });

  test("lets an agent who is still there take the next Task, and park that", async () => {
    const conversationSid = await conversationOf();
    await workspace.worker("ada");
    const { channel, taskSid } = await handOver(conversationSid);
    await accept(taskSid);
    await workspace.api.tasks(taskSid).update({ assignmentStatus: "completed", reason: "done" });
    const again = await channel.invites.create({ routing: routing() });
    const { properties } = again.routing as { properties: { sid: string } };
    await accept(properties.sid);
    expect(await identities(conversationSid)).toEqual(["ada"]);
    const agents = (await channel.participants.list()).filter(({ type }) => type === "agent");
    const tasks = agents.map(({ routingProperties }) => (routingProperties as { task_sid: string }).task_sid);
    expect(tasks.sort()).toEqual([taskSid, properties.sid].sort());
    const last = agents.find(
      ({ routingProperties }) => (routingProperties as { task_sid: string }).task_sid === properties.sid,
    );
    await channel.participants(last?.sid ?? "").update({ status: "wrapup" });
    expect(await statusOf(properties.sid)).toBe("wrapping");
  });

  test.each([
    ["wraps up what an agent has", undefined, "wrapping"],
    ["completes it when it is asked to", { status: "closed" }, "completed"],
  ] as const)("that is closed closes its Conversation and %s", async (_, how, status) => {
    const conversationSid = await conversationOf();
    await workspace.worker("ada");
    const { channel, taskSid } = await handOver(conversationSid);
    await accept(taskSid);
    await channel.update({ status: "closed", ...(how === undefined ? {} : { routing: how }) });
    expect(await stateOf(conversationSid)).toBe("closed");
    expect(await statusOf(taskSid)).toBe(status);
    expect(await refusalOf(channel.update({ status: "closed" }))).toMatchObject({ code: 45376 });
    expect(await refusalOf(channel.invites.create({ routing: routing() }))).toMatchObject({ code: 45376 });
  });

  test("that is closed while somebody waits gives their Task up", async () => {
    const { channel, taskSid } = await handOver(await conversationOf());
    await channel.update({ status: "closed" });
    expect(await statusOf(taskSid)).toBe("canceled");
  });

  test("whose Task is canceled stays open: nobody but who listens closes the Conversation", async () => {
    const conversationSid = await conversationOf();
    const { channel, taskSid } = await handOver(conversationSid);
    await local.control("POST", "clock/advance", { seconds: 600 });
    expect(await workspace.api.tasks(taskSid).fetch()).toMatchObject({
      assignmentStatus: "canceled",
      reason: "Task canceled on Workflow timeout",
    });
    expect(await stateOf(conversationSid)).toBe("active");
    expect((await channel.fetch()).status).toBe("active");
  });

  test("asks the agent that it names alone, and is over when they do not want it", async () => {
    const [ada] = [await workspace.worker("ada"), await workspace.worker("ben")];
    const conversationSid = await conversationOf();
    const { taskSid } = await handOver(conversationSid, { worker_sid: ada, queue_sid: workspace.queueSid });
    const reservations = workspace.api.tasks(taskSid).reservations;
    const [reservation] = await reservations.list();
    expect(reservation?.workerName).toBe("ada");
    await reservations(reservation?.sid ?? "").update({ reservationStatus: "rejected" });
    expect(await statusOf(taskSid)).toBe("canceled");
    expect(await reservations.list()).toHaveLength(1);
    expect(await stateOf(conversationSid)).toBe("active");
  });

  test("that an agent begins brings a Conversation with the customer", async () => {
    const ada = await workspace.worker("ada");
    const interaction = await client.flexApi.v1.interaction.create({
      channel: {
        type: "sms",
        initiated_by: "agent",
        participants: [{ address: customer, proxy_address: line }],
      },
      routing: routing({ worker_sid: ada }),
    });
    const { properties } = interaction.routing as { properties: { sid: string; attributes: string } };
    const attributes = JSON.parse(properties.attributes) as { conversationSid: string; direction: string };
    expect(attributes.direction).toBe("outbound");
    await accept(properties.sid);
    expect(await identities(attributes.conversationSid)).toEqual(["ada"]);
    await client.conversations.v1
      .conversations(attributes.conversationSid)
      .messages.create({ author: "ada", body: "Your parcel is here." });
    await local.twilio.idle();
    expect(inbox()).toEqual(["Your parcel is here."]);
  });

  test("is refused on a Conversation that has one, is closed, or is not there, and leaves nothing behind", async () => {
    const conversationSid = await conversationOf();
    const first = await handOver(conversationSid);
    expect(await refusalOf(handOver(conversationSid))).toMatchObject({ code: 45353 });
    await first.channel.update({ status: "closed" });
    expect(await refusalOf(handOver(conversationSid))).toMatchObject({ code: 45354 });
    expect(await refusalOf(handOver(`CH${"0".repeat(32)}`))).toMatchObject({ code: 20404 });
    const other = await conversationOf();
    const refusal = await refusalOf(handOver(other, { task_channel_unique_name: "fax" }));
    expect(refusal.message).toContain("fax");
    expect((await handOver(other)).taskSid).toMatch(/^WT/);
  });
});

describe("a Conversation that is closed otherwise", () => {
  const close = async () => {
    const conversationSid = await conversationOf();
    await workspace.worker("ada");
    const made = await handOver(conversationSid);
    await accept(made.taskSid);
    await client.conversations.v1.conversations(conversationSid).update({ state: "closed" });
    await local.twilio.idle();
    return made;
  };

  test("ends its Interaction", async () => {
    const { channel, taskSid } = await close();
    expect((await channel.fetch()).status).toBe("closed");
    expect(await statusOf(taskSid)).toBe("wrapping");
  });

  test("leaves it in the other position", async () => {
    await local.control("POST", "switches", { closedConversationEndsInteraction: false });
    const { channel, taskSid } = await close();
    expect((await channel.fetch()).status).toBe("active");
    expect(await statusOf(taskSid)).toBe("assigned");
  });
});

describe("Send to Flex", () => {
  const next = { callComplete: "done", failedToEnqueue: "nobody", callFailure: "gone" };
  /** Hands over, and says what became of it. */
  const flowTo = (workflowSid: string, channelSid: string): FlowDefinition => ({
    initial_state: "Trigger",
    states: [
      widget("Trigger", "trigger", {}, { incomingConversationMessage: "flex", incomingMessage: "flex" }),
      widget(
        "flex",
        "send-to-flex",
        {
          workflow: workflowSid,
          channel: channelSid,
          attributes: '{"topic": "parcel"}',
          priority: "4",
          timeout: "300",
        },
        next,
      ),
      say("done", "done {{widgets.flex.sid | slice: 0, 2}}"),
      say("nobody", "nobody"),
      say("gone", "gone"),
    ],
  });
  const flow = async (workflowSid = workspace.workflowSid) => {
    const channels = await workspace.api.taskChannels.list();
    const chat = channels.find(({ uniqueName }) => uniqueName === "chat");
    const definition = flowTo(workflowSid, chat?.sid ?? "");
    return client.studio.v2.flows.create({ friendlyName: "F", status: "published", definition });
  };

  test("in a Conversation makes an Interaction, and the Flow goes on once it is there", async () => {
    const { sid } = await flow();
    await client.conversations.v1.addressConfigurations.create({
      type: "sms",
      address: line,
      "autoCreation.enabled": true,
      "autoCreation.type": "studio",
      "autoCreation.studioFlowSid": sid,
    });
    await writes("good morning");
    expect(inbox()).toEqual(["done KD"]);
    const [task] = await workspace.api.tasks.list();
    const [conversation] = await client.conversations.v1.conversations.list();
    expect(task).toMatchObject({ priority: 4, timeout: 300, taskChannelUniqueName: "chat" });
    expect(JSON.parse(task?.attributes ?? "")).toMatchObject({
      topic: "parcel",
      channelType: "sms",
      customerAddress: customer,
      conversationSid: conversation?.sid,
      taskCreateSource: "interaction",
    });
  });

  test("at a number makes a Task alone", async () => {
    const { webhookUrl } = await flow();
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
    await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: webhookUrl });
    await writes("good morning");
    expect(inbox()).toEqual(["done WT"]);
    const [task] = await workspace.api.tasks.list();
    expect(JSON.parse(task?.attributes ?? "")).not.toHaveProperty("flexInteractionSid");
  });

  test("to a Workflow that is not there fails, and the Flow goes on", async () => {
    const { webhookUrl } = await flow(`WW${"0".repeat(32)}`);
    const [number] = await client.incomingPhoneNumbers.list({ phoneNumber: line });
    await client.incomingPhoneNumbers(number?.sid ?? "").update({ smsUrl: webhookUrl });
    await writes("good morning");
    expect(inbox()).toEqual(["nobody"]);
    expect(await workspace.api.tasks.list()).toEqual([]);
  });
});
