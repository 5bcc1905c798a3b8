import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { startReceiver, type Receiver } from "../testing/receiver.ts";
import { sendWithFaults } from "../webhooks/callback-faults.ts";
import { makeWorkspace, type TestWorkspace } from "./testing/workspace.ts";

let local: TestTwilio;
let client: Client;
let receiver: Receiver;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
  receiver = await startReceiver(local.authToken);
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
});

/** Whoever is being told has time to answer first: their time-out runs on the same clock. */
async function pass(seconds: number): Promise<void> {
  await local.twilio.idle();
  await local.control("POST", "clock/advance", { seconds });
}
const heard = () => receiver.received.map(({ parameters }) => parameters["EventType"]);

/** A Workspace whose event callback is the receiver, made before anybody listens. */
async function listening(eventsFilter = ""): Promise<TestWorkspace> {
  const workspace = await makeWorkspace(client, { targets: (queue) => [{ queue, timeout: 60 }] });
  await workspace.api.update({ eventCallbackUrl: `${receiver.url}/events`, eventsFilter });
  return workspace;
}

async function settled(): Promise<void> {
  await local.twilio.idle();
}

test("a Task's Events come in their order, signed, as forms with what the reference lists", async () => {
  const workspace = await listening();
  const sid = await workspace.task({ conversationSid: "CH1" }, { priority: 4, taskChannel: "chat" });
  await pass(60);
  await settled();
  expect(heard()).toEqual([
    "task.created",
    "workflow.entered",
    "workflow.target-matched",
    "task-queue.entered",
    "task-queue.timeout",
    "workflow.timeout",
    "task.canceled",
  ]);
  expect(
    receiver.received.every(({ signed, method, path }) => signed && method === "POST" && path === "/events"),
  ).toBe(true);
  const { parameters } = receiver.received.at(-1) ?? {};
  expect(parameters).toMatchObject({
    AccountSid: local.accountSid,
    WorkspaceSid: workspace.sid,
    WorkspaceName: "Test",
    WorkflowSid: workspace.workflowSid,
    WorkflowName: "Flow of Tasks",
    TaskQueueSid: workspace.queueSid,
    TaskQueueName: "First",
    ResourceType: "task",
    ResourceSid: sid,
    TaskSid: sid,
    TaskAttributes: '{"conversationSid":"CH1"}',
    TaskAge: expect.stringMatching(/^6\d$/) as string,
    TaskPriority: "4",
    TaskAssignmentStatus: "canceled",
    TaskCanceledReason: "Task canceled on Workflow timeout",
    TaskChannelUniqueName: "chat",
  });
  expect(parameters?.["EventDescription"]).toContain(sid);
  expect(Number(parameters?.["TimestampMs"])).toBeCloseTo(local.twilio.clock.now(), -5);
  const kept = await workspace.api.events.list({ taskSid: sid });
  expect(kept.map(({ eventType }) => eventType).reverse()).toEqual(heard());
  expect(kept[0]?.sid).toBe(parameters?.["Sid"]);
});

test("a reservation's Events name the Worker", async () => {
  const workspace = await listening("reservation.created");
  const ada = await workspace.worker("ada", { language: "de" });
  await workspace.task();
  await settled();
  expect(receiver.received.map(({ parameters }) => parameters)).toMatchObject([
    {
      EventType: "reservation.created",
      ResourceType: "reservation",
      WorkerSid: ada,
      WorkerName: "ada",
      WorkerAttributes: '{"language":"de"}',
      WorkerActivityName: "Available",
      TaskAssignmentStatus: "reserved",
      ReservationSid: expect.stringMatching(/^WR/) as string,
    },
  ]);
});

test.each([
  ["task.created,task.canceled", ["task.created", "task.canceled"]],
  // As its own page writes it, and as it was found not to work.
  ["task.created, task.canceled", ["task.created"]],
])("the filter %j lets through %j", async (filter, through) => {
  const workspace = await listening(filter);
  await workspace.task();
  await pass(60);
  await settled();
  expect(heard()).toEqual(through);
});

test.each([
  ["answers with an error", 500, "answered 500"],
  ["never answers", "never", "did not answer within 15000 ms"],
] as const)("a callback that %s is not repeated, and the Debugger says so", async (_, status, problem) => {
  receiver.answer = () => (status === "never" ? "never" : { status });
  const workspace = await listening("task.created");
  const sid = await workspace.task();
  // Their time-out is what ends this, so nothing is waited for before.
  if (status === "never") {
    await expect.poll(heard).toEqual(["task.created"]);
    await local.control("POST", "clock/advance", { seconds: 15 });
  }
  await settled();
  expect(heard()).toEqual(["task.created"]);
  const [alert] = await client.monitor.v1.alerts.list();
  expect(alert).toMatchObject({ errorCode: "11200", resourceSid: sid });
  expect(alert?.alertText).toContain(problem);
});

describe("faults of callbacks", () => {
  const types = "task.created,task.canceled";
  const counts = async () => (await local.control("GET", "callbacks")).body["counts"];

  test("loses callbacks of the kind it is for", async () => {
    const workspace = await listening(types);
    await local.control("POST", "callbacks", { events: "canceled", lost: 1 });
    await workspace.task();
    await pass(60);
    await settled();
    expect(heard()).toEqual(["task.created"]);
    expect(await counts()).toEqual({ sent: 2, lost: 1, twice: 0, late: 0 });
  });

  test("repeats them, word for word", async () => {
    const workspace = await listening(types);
    await local.control("POST", "callbacks", { twice: 1 });
    await workspace.task();
    await settled();
    expect(heard()).toEqual(["task.created", "task.created"]);
    const [one, other] = receiver.received;
    expect(other).toEqual(one);
  });

  test("delays them, so that a later one comes first", async () => {
    const workspace = await listening(types);
    await local.control("POST", "callbacks", { events: "created", late: 1, lateSeconds: 600 });
    await workspace.task();
    await pass(60);
    await settled();
    expect(heard()).toEqual(["task.canceled"]);
    await pass(600);
    await settled();
    expect(heard()).toEqual(["task.canceled", "task.created"]);
  });

  test("is the same for the same seed, and gone when it is taken away", async () => {
    const play = async (seed: number) => {
      await local.control("POST", "callbacks", { lost: 0.5, twice: 0.3, seed });
      const times: number[] = [];
      for (let at = 0; at < 40; at += 1) {
        sendWithFaults(local.twilio, "task.created", () => times.push(at));
      }
      return times;
    };
    const first = await play(7);
    expect(await play(7)).toEqual(first);
    expect(await play(8)).not.toEqual(first);
    expect(await counts()).toMatchObject({ sent: 40 });
    await local.control("DELETE", "callbacks");
    let times = 0;
    sendWithFaults(local.twilio, "task.created", () => (times += 1));
    expect(times).toBe(1);
  });
});
