import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { makeWorkspace, type TestWorkspace } from "./testing/workspace.ts";

let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  local = await startForTest();
  client = clientOf(local);
});
afterEach(() => local[Symbol.asyncDispose]());

const pass = (seconds: number) => local.control("POST", "clock/advance", { seconds });

/** Names of who was asked for a Task with what became of it, oldest first. */
async function asked({ api }: TestWorkspace, taskSid: string): Promise<string[]> {
  const reservations = await api.tasks(taskSid).reservations.list();
  return reservations
    .map(({ workerName, reservationStatus }) => `${workerName} ${reservationStatus}`)
    .reverse();
}

/** Answers the reservation that waits at a Task. */
async function answer({ api }: TestWorkspace, taskSid: string, options: object): Promise<void> {
  const [pending] = await api.tasks(taskSid).reservations.list({ reservationStatus: "pending" });
  await api
    .tasks(taskSid)
    .reservations(pending?.sid ?? "none")
    .update(options);
}

const accepted = { reservationStatus: "accepted" };
const rejected = { reservationStatus: "rejected" };
const statusOf = async ({ api }: TestWorkspace, sid: string) =>
  (await api.tasks(sid).fetch()).assignmentStatus;

describe("a Worker", () => {
  test("accepts, wraps up and completes a Task; the Task is told of with its reason", async () => {
    const workspace = await makeWorkspace(client);
    const ada = await workspace.worker("ada");
    const sid = await workspace.task();
    expect(await statusOf(workspace, sid)).toBe("reserved");
    await answer(workspace, sid, accepted);
    expect(await statusOf(workspace, sid)).toBe("assigned");
    await workspace.api.tasks(sid).update({ assignmentStatus: "wrapping", reason: "hung up" });
    expect(await asked(workspace, sid)).toEqual(["ada wrapping"]);
    await workspace.api.tasks(sid).update({ assignmentStatus: "completed", reason: "solved" });
    expect(await workspace.api.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "completed",
      reason: "solved",
    });
    const events = (await workspace.api.events.list({ taskSid: sid })).reverse();
    expect(events.map(({ eventType }) => eventType).slice(4)).toEqual([
      "reservation.created",
      "reservation.accepted",
      "reservation.wrapup",
      "task.wrapup",
      "reservation.completed",
      "task.completed",
    ]);
    const mine = await workspace.api.workers(ada).reservations.list();
    expect(mine.map(({ taskSid, reservationStatus }) => [taskSid, reservationStatus])).toEqual([
      [sid, "completed"],
    ]);
  });

  test("is asked when they come, when they are free again, and the most urgent Task first", async () => {
    const workspace = await makeWorkspace(client);
    const [usual, urgent] = [await workspace.task(), await workspace.task({}, { priority: 5 })];
    expect(await statusOf(workspace, usual)).toBe("pending");
    await workspace.worker("ada");
    expect(await asked(workspace, urgent)).toEqual(["ada pending"]);
    expect(await statusOf(workspace, usual)).toBe("pending");
    await answer(workspace, urgent, accepted);
    expect(await statusOf(workspace, usual)).toBe("pending");
    await workspace.api.tasks(urgent).update({ assignmentStatus: "completed", reason: "done" });
    expect(await asked(workspace, usual)).toEqual(["ada pending"]);
  });

  test("who does not answer in time goes into the time-out Activity, and the next one is asked", async () => {
    const workspace = await makeWorkspace(client, { workflow: { taskReservationTimeout: 30 } });
    const ada = await workspace.worker("ada");
    await workspace.worker("ben");
    const sid = await workspace.task();
    await pass(30);
    expect(await asked(workspace, sid)).toEqual(["ada timeout", "ben pending"]);
    expect(await workspace.api.workers(ada).fetch()).toMatchObject({
      activityName: "Offline",
      available: false,
    });
    const [moved] = await workspace.api.events.list({ eventType: "worker.activity.update", workerSid: ada });
    expect(moved?.eventData).toMatchObject({
      worker_activity_name: "Offline",
      worker_time_in_previous_activity: expect.stringMatching(/^3\d$/) as string,
    });
  });

  test("who rejects is asked again only after everybody else", async () => {
    const workspace = await makeWorkspace(client);
    await workspace.worker("ada");
    await workspace.worker("ben");
    const sid = await workspace.task();
    await answer(workspace, sid, rejected);
    await answer(workspace, sid, rejected);
    expect(await asked(workspace, sid)).toEqual(["ada rejected", "ben rejected", "ada pending"]);
    const [break_] = await workspace.api.activities.list({ friendlyName: "Unavailable" });
    await answer(workspace, sid, { ...rejected, workerActivitySid: break_?.sid });
    expect((await asked(workspace, sid)).at(-1)).toBe("ben pending");
  });

  test("has as many Tasks of a channel as their capacity says", async () => {
    const workspace = await makeWorkspace(client);
    const ada = await workspace.worker("ada");
    const texts = [
      await workspace.task({}, { taskChannel: "sms" }),
      await workspace.task({}, { taskChannel: "sms" }),
    ];
    const call = await workspace.task({}, { taskChannel: "voice" });
    const statuses = () => Promise.all([...texts, call].map((sid) => statusOf(workspace, sid)));
    expect(await statuses()).toEqual(["reserved", "pending", "reserved"]);
    const channels = await workspace.api.workers(ada).workerChannels.list();
    const sms = channels.find(({ taskChannelUniqueName }) => taskChannelUniqueName === "sms");
    expect(sms).toMatchObject({ configuredCapacity: 1, assignedTasks: 1, availableCapacityPercentage: 0 });
    const channel = workspace.api.workers(ada).workerChannels(sms?.taskChannelSid ?? "");
    expect(await channel.update({ capacity: 4 })).toMatchObject({ configuredCapacity: 4, assignedTasks: 2 });
    expect(await statuses()).toEqual(["reserved", "reserved", "reserved"]);
    await channel.update({ available: false });
    const third = await workspace.task({}, { taskChannel: "sms" });
    expect(await statusOf(workspace, third)).toBe("pending");
    await workspace.api.workers(ada).workerChannels("sms").update({ available: true });
    expect(await statusOf(workspace, third)).toBe("reserved");
  });

  test("has one Task at a time in a Workspace without multitasking", async () => {
    const workspace = await makeWorkspace(client, { workspace: { multiTaskEnabled: false } });
    await workspace.worker("ada");
    await workspace.task({}, { taskChannel: "sms" });
    const call = await workspace.task({}, { taskChannel: "voice" });
    expect(await statusOf(workspace, call)).toBe("pending");
  });

  test("has a Task for a day, and then it is deleted", async () => {
    const workspace = await makeWorkspace(client);
    await workspace.worker("ada");
    const sid = await workspace.task();
    await answer(workspace, sid, accepted);
    await pass(24 * 3600 - 600);
    expect(await statusOf(workspace, sid)).toBe("assigned");
    const waiting = await workspace.task({}, { timeout: 7200 });
    await pass(600);
    expect((await refusalOf(workspace.api.tasks(sid).fetch())).code).toBe(20404);
    expect(await workspace.api.events.list({ eventType: "task.system-deleted" })).toHaveLength(1);
    expect(await statusOf(workspace, waiting)).toBe("reserved");
  });
});

describe("a queue", () => {
  test("asks only Workers that it is for, and a target only those that it names", async () => {
    const workspace = await makeWorkspace(client, {
      queue: { targetWorkers: 'skills HAS "parcels"' },
      targets: (queue) => [
        { queue, timeout: 60, expression: "worker.level >= task.level", order_by: "worker.level DESC" },
        { timeout: 60 },
      ],
    });
    await workspace.worker("ada", { skills: ["bills"], level: 9 });
    await workspace.worker("ben", { skills: ["parcels"], level: 1 });
    await workspace.worker("cy", { skills: ["parcels"], level: 3 });
    await workspace.worker("di", { skills: ["parcels"], level: 2 });
    const [easy, hard] = [await workspace.task({ level: 2 }), await workspace.task({ level: 5 })];
    expect(await asked(workspace, easy)).toEqual(["cy pending"]);
    expect(await asked(workspace, hard)).toEqual([]);
    await pass(60);
    expect(await asked(workspace, hard)).toEqual(["ben pending"]);
    expect((await workspace.api.tasks(hard).fetch()).taskQueueSid).toBe(workspace.queueSid);
  });

  test("asks the Worker that a Task knows", async () => {
    const workspace = await makeWorkspace(client, {
      targets: (queue) => [{ queue, known_worker_friendly_name: "task.agent", timeout: 60 }, { timeout: 60 }],
    });
    await workspace.worker("ada");
    await workspace.worker("ben");
    expect(await asked(workspace, await workspace.task({ agent: "ben" }))).toEqual(["ben pending"]);
  });

  test("that reserves several at once gives the Task to the first, and takes the others back", async () => {
    const workspace = await makeWorkspace(client, { queue: { maxReservedWorkers: 3 } });
    for (const name of ["ada", "ben", "cy", "di"]) await workspace.worker(name);
    const sid = await workspace.task();
    expect(await asked(workspace, sid)).toEqual(["ada pending", "ben pending", "cy pending"]);
    const [first] = await workspace.api.tasks(sid).reservations.list({ reservationStatus: "pending" });
    await workspace.api
      .tasks(sid)
      .reservations(first?.sid ?? "")
      .update({ reservationStatus: "rejected" });
    expect(await statusOf(workspace, sid)).toBe("reserved");
    await answer(workspace, sid, accepted);
    expect(await asked(workspace, sid)).toEqual(["ada rescinded", "ben accepted", "cy rejected"]);
  });

  test("nobody is there in is skipped when its target says so", async () => {
    const workspace = await makeWorkspace(client, {
      targets: async (queue, api) => [
        { queue, timeout: 60, skip_if: "workers.available == 0" },
        { queue: (await api.taskQueues.create({ friendlyName: "Second" })).sid, timeout: 60 },
      ],
    });
    const queueOf = async (sid: string) => (await workspace.api.tasks(sid).fetch()).taskQueueFriendlyName;
    expect(await queueOf(await workspace.task())).toBe("Second");
    const ada = await workspace.worker("ada");
    for (const { sid } of await workspace.api.tasks.list()) await workspace.api.tasks(sid).remove();
    await workspace.task();
    expect(await workspace.api.workers(ada).reservations.list()).toHaveLength(1);
    expect(await queueOf(await workspace.task())).toBe("First");
  });
});

describe("a queue's time that is over while somebody is asked", () => {
  const play = async () => {
    const workspace = await makeWorkspace(client, {
      targets: (queue) => [{ queue, timeout: 600 }],
      workflow: { taskReservationTimeout: 1000 },
    });
    await workspace.worker("ada");
    const sid = await workspace.task();
    await pass(800);
    return { workspace, sid };
  };

  test("lets them still accept", async () => {
    const { workspace, sid } = await play();
    expect(await statusOf(workspace, sid)).toBe("reserved");
    await answer(workspace, sid, accepted);
    expect(await statusOf(workspace, sid)).toBe("assigned");
  });

  test("ends the Task once they have not", async () => {
    const { workspace, sid } = await play();
    await pass(200);
    expect(await workspace.api.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "canceled",
      reason: "Task canceled on Workflow timeout",
    });
  });

  test("takes the Task back at once in the other position", async () => {
    await local.control("POST", "switches", { queueTimeoutWhileReserved: "atOnce" });
    const { workspace, sid } = await play();
    expect(await statusOf(workspace, sid)).toBe("canceled");
    expect(await asked(workspace, sid)).toEqual(["ada canceled"]);
  });
});

test.each([
  ["accepted twice", accepted, accepted],
  ["rejected after it was accepted", accepted, rejected],
  ["completed before it was accepted", null, { reservationStatus: "completed" }],
])("a reservation cannot be %s", async (_, first, then) => {
  const workspace = await makeWorkspace(client);
  await workspace.worker("ada");
  const sid = await workspace.task();
  const [reservation] = await workspace.api.tasks(sid).reservations.list();
  const context = workspace.api.tasks(sid).reservations(reservation?.sid ?? "");
  if (first !== null) await context.update({ reservationStatus: "accepted" });
  const options = { reservationStatus: then.reservationStatus as "completed" };
  expect(await refusalOf(context.update(options))).toMatchObject({ code: 20001 });
});

test("a Workflow that is changed moves the Tasks that wait when it is asked to", async () => {
  const workspace = await makeWorkspace(client);
  const sid = await workspace.task();
  const second = await workspace.api.taskQueues.create({ friendlyName: "Second" });
  const configuration = JSON.stringify({ task_routing: { default_filter: { queue: second.sid } } });
  const workflow = workspace.api.workflows(workspace.workflowSid);
  await workflow.update({ configuration });
  expect((await workspace.api.tasks(sid).fetch()).taskQueueFriendlyName).toBe("First");
  await workflow.update({ configuration, reEvaluateTasks: "true" });
  expect((await workspace.api.tasks(sid).fetch()).taskQueueFriendlyName).toBe("Second");
});
