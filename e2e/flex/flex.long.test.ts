/** A line with Flex, deployed: agents as Workers, Tasks that end, event callbacks that nobody should believe. */
import type { Twilio } from "twilio";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openControl, type Control } from "@support-line/cli/control";
import { randomNumbers } from "../random.ts";
import { TestStage } from "../stage.ts";
import { endingsStage, line, playEndings } from "./endings.ts";

const customer = "+15550100201";
const texts = {
  toFlex: "Flex it is.",
  noAgent: "Nobody is free; you hear from us.",
  stillWaiting: "They have been asked.",
  conversationClosed: "Goodbye.",
};
let stage: TestStage;
let client: Twilio;
let control: Control;
beforeAll(async () => {
  stage = await TestStage.create();
  client = stage.client;
  control = openControl(stage.twilio.endpoint);
  await stage.configure({ ...endingsStage, wordings: texts });
  await stage.up();
});
afterAll(() => stage[Symbol.asyncDispose]());

const workspaceOf = async () => {
  const [workspace] = await client.taskrouter.v1.workspaces.list({ limit: 1 });
  if (workspace === undefined) throw new Error("the stage has no Workspace");
  return client.taskrouter.v1.workspaces(workspace.sid);
};
const conversationsOf = async () => {
  const [service] = (await client.conversations.v1.services.list()).filter(({ friendlyName }) =>
    friendlyName.startsWith("support-line-"),
  );
  if (service === undefined) throw new Error("the stage has no Conversations Service");
  return client.conversations.v1.services(service.sid).conversations;
};

/** What the customer heard since the last look. */
let heard = 0;
async function hears(): Promise<string[]> {
  const all = (await control.inbox(customer)).map(({ body }) => body);
  const fresh = all.slice(heard);
  heard = all.length;
  return fresh;
}

/** The customer asks, and is at Flex. */
async function handOver() {
  await control.write(customer, line, "support");
  await control.idle();
  const workspace = await workspaceOf();
  const [task] = await workspace.tasks.list({ assignmentStatus: ["pending", "reserved"] });
  if (task === undefined) throw new Error("no Task waits");
  const attributes = JSON.parse(task.attributes) as Record<string, string>;
  const conversations = await conversationsOf();
  const conversation = conversations(attributes["conversationSid"] ?? "");
  return { workspace, task, attributes, conversation };
}

/** Ends whatever is left of a test's Conversations. */
beforeEach(async () => {
  for (const { sid, state } of await (await conversationsOf()).list()) {
    if (state !== "closed") await (await conversationsOf())(sid).update({ state: "closed" });
  }
  const workspace = await workspaceOf();
  for (const { sid } of await workspace.tasks.list()) await workspace.tasks(sid).remove();
  for (const { sid } of await workspace.workers.list()) await workspace.workers(sid).remove();
  await control.idle();
  await hears();
});

test("a preview right after shows no change", async () => {
  expect(await stage.preview()).toEqual([]);
});

describe("an agent", () => {
  async function available(friendlyName: string, attributes: object = {}): Promise<string> {
    const workspace = await workspaceOf();
    const [activity] = await workspace.activities.list({ available: "true", limit: 1 });
    if (activity === undefined) throw new Error("the Workspace has no Activity of people who are there");
    const { sid } = await workspace.workers.create({
      friendlyName,
      activitySid: activity.sid,
      attributes: JSON.stringify({ contact_uri: `client:${friendlyName}`, ...attributes }),
    });
    return sid;
  }

  test("takes the Task, talks, and completes it: the customer is told and the Conversation closed", async () => {
    const worker = await available("ada");
    const { workspace, task, attributes, conversation } = await handOver();
    expect(await hears()).toEqual(["Flex it is."]);
    expect(attributes).toMatchObject({ line: "support", customerAddress: customer, channelType: "sms" });
    const [reservation] = await workspace.tasks(task.sid).reservations.list();
    expect(reservation?.workerSid).toBe(worker);
    await workspace
      .tasks(task.sid)
      .reservations(reservation?.sid ?? "")
      .update({ reservationStatus: "accepted" });
    await control.idle();
    await conversation.messages.create({ author: "ada", body: "How can I help?" });
    await control.idle();
    expect(await hears()).toEqual(["How can I help?"]);
    await workspace.tasks(task.sid).update({ assignmentStatus: "completed", reason: "done" });
    await control.idle();
    expect(await hears()).toEqual(["Goodbye."]);
    expect((await conversation.fetch()).state).toBe("closed");
    await control.write(customer, line, "support");
    await control.idle();
    expect(await hears()).toEqual(["Flex it is."]);
  });
});

describe("an event callback", () => {
  const send = async (parameters: Record<string, string>) => {
    const { eventCallbackUrl } = await (await workspaceOf()).fetch();
    return (await stage.control("functions/invoke", {
      url: eventCallbackUrl,
      parameters,
      method: "POST",
    })) as { status: number; body: string };
  };
  const of = (sid: string, attributes: unknown, event = "task.canceled") => ({
    EventType: event,
    TaskSid: sid,
    TaskAttributes: typeof attributes === "string" ? attributes : JSON.stringify(attributes),
  });
  const unknownTask = `WT${"f".repeat(32)}`;

  test("that is unsigned is refused, and nothing happens", async () => {
    const { task, attributes, conversation } = await handOver();
    const { eventCallbackUrl } = await (await workspaceOf()).fetch();
    const response = await fetch(`${stage.twilio.endpoint}/${eventCallbackUrl.replace(/^https:\/\//, "")}`, {
      method: "POST",
      body: new URLSearchParams(of(task.sid, attributes)),
    });
    expect(response.status).toBe(403);
    expect((await conversation.fetch()).state).toBe("active");
  });

  test.each([
    ["without its event", { TaskSid: unknownTask, TaskAttributes: "{}" }],
    ["without a Task", { EventType: "task.canceled", TaskAttributes: "{}" }],
    ["with a Task's SID that is none", of("WT1", {})],
    ["with attributes that are no JSON", of(unknownTask, "conversationSid=CH1")],
    ["with attributes that are no object", of(unknownTask, "[]")],
  ])("%s fails with one line in the log", async (_, parameters) => {
    const { status, body } = await send(parameters);
    expect({ status, body }).toEqual({
      status: 500,
      body: expect.stringMatching(/the parameter \w+ is/) as string,
    });
  });

  test.each([
    ["an event that is no end", of(unknownTask, {}, "reservation.created"), "no end of a Task"],
    ["a Task of another team", of(unknownTask, { name: "call" }), "a Task without a Conversation"],
    [
      "a Conversation that is not one of the stage's",
      of(unknownTask, { conversationSid: `CH${"e".repeat(32)}` }),
      "a Conversation of another Service",
    ],
  ])("of %s is answered and left alone", async (_, parameters, ignored) => {
    const { status, body } = await send(parameters);
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({ status: 200, body: { ignored } });
  });

  test("of an older Task closes nothing while another one waits", async () => {
    const { attributes, conversation } = await handOver();
    const { body } = await send(of(unknownTask, attributes, "workflow.timeout"));
    expect(JSON.parse(body)).toEqual({ ignored: "another Task is there" });
    expect((await conversation.fetch()).state).toBe("active");
  });

  test("that comes many times at once puts the customer into the queue once", async () => {
    const { workspace, task, attributes } = await handOver();
    await hears();
    const { url } = await workspace.fetch();
    expect(url).toContain("/v1/Workspaces/");
    await workspace.update({ eventCallbackUrl: "" });
    await workspace.tasks(task.sid).update({ assignmentStatus: "canceled", reason: "supervisor" });
    const events = ["workflow.timeout", "task.canceled", "task.canceled", "task.deleted"];
    const callback = await functionsUrl();
    await Promise.all(
      events.map((event) =>
        stage.control("functions/invoke", {
          url: callback,
          parameters: of(task.sid, attributes, event),
          method: "POST",
        }),
      ),
    );
    await control.idle();
    expect(await workspace.tasks.list({ assignmentStatus: ["pending"] })).toHaveLength(1);
    expect(await hears()).toEqual(["They have been asked."]);
    await workspace.update({ eventCallbackUrl: callback });
  });

  async function functionsUrl(): Promise<string> {
    const [service] = await client.serverless.v1.services.list({ limit: 1 });
    const [environment] = await client.serverless.v1.services(service?.sid ?? "").environments.list();
    return `https://${environment?.domainName ?? ""}/task-ended`;
  }
});

describe("no Conversation stays open and none is closed while somebody waits, however Tasks end", () => {
  const usual = { closedConversationEndsInteraction: true, queueTimeoutWhileReserved: "afterReservation" };
  const others = { closedConversationEndsInteraction: false, queueTimeoutWhileReserved: "atOnce" };
  afterEach(() => stage.control("switches", usual));

  test.each([usual, others])("%j", async (switches) => {
    await stage.control("switches", switches);
    const seed = 20261123;
    const { endpoint } = stage.twilio;
    const result = await playEndings({ client, endpoint }, 30, randomNumbers(seed));
    expect(result).toMatchObject({ closedWhileWaiting: 0, leftOpen: 0 });
    expect(result.conversations).toBeGreaterThanOrEqual(30);
    expect(result.callbacks.lost).toBeGreaterThan(0);
    expect(result.callbacks.twice).toBeGreaterThan(0);
    expect(Object.keys(result.endings)).toEqual(
      expect.arrayContaining(["accepted", "canceled", "closed", "completed", "deleted"]),
    );
  });
});

/** A deployment each, so they come last. */
describe("a changed key", () => {
  test("workers: another expression is one write, and only those are asked", async () => {
    await stage.configure({
      ...endingsStage,
      wordings: texts,
      flex: { ...endingsStage.flex, workers: 'skills HAS "parcels"', afterCompletion: "keep" },
    });
    const steps = await stage.preview();
    expect(steps.map(({ op, urn }) => `${op} ${urn.replace(/^.*::/, "")}`).sort()).toEqual([
      "update flex",
      "update flex-FLEX_AFTER_COMPLETION",
    ]);
    await stage.up();
    const workspace = await workspaceOf();
    const [activity] = await workspace.activities.list({ available: "true", limit: 1 });
    const worker = (friendlyName: string, attributes: object) =>
      workspace.workers.create({
        friendlyName,
        activitySid: activity?.sid ?? "",
        attributes: JSON.stringify(attributes),
      });
    await worker("ada", {});
    const ben = await worker("ben", { skills: ["parcels"] });
    const { task, conversation } = await handOver();
    await hears();
    const reservations = await workspace.tasks(task.sid).reservations.list();
    expect(reservations.map(({ workerSid }) => workerSid)).toEqual([ben.sid]);

    // Kept: the agent parks it, and the timers end it.
    await workspace
      .tasks(task.sid)
      .reservations(reservations[0]?.sid ?? "")
      .update({ reservationStatus: "accepted" });
    await workspace.tasks(task.sid).update({ assignmentStatus: "completed", reason: "parked" });
    await control.idle();
    expect(await hears()).toEqual([]);
    expect((await conversation.fetch()).state).toBe("active");
    await control.pass(24 * 3600);
    expect((await conversation.fetch()).state).toBe("closed");
  });

  test("conversationsServiceSid: Conversations are opened in Flex's own Service", async () => {
    const { sid } = await client.conversations.v1.services.create({ friendlyName: "Flex Chat Service" });
    await stage.configure({
      ...endingsStage,
      wordings: texts,
      flex: { ...endingsStage.flex, conversationsServiceSid: sid },
    });
    await stage.up();
    await control.write(customer, line, "support");
    await control.idle();
    expect(await client.conversations.v1.services(sid).conversations.list()).toHaveLength(1);
  });
});
