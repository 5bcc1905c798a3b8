import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Twilio as Client } from "twilio";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientOf, refusalOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { makeWorkspace, type TestWorkspace } from "./testing/workspace.ts";

let folder: string;
let local: TestTwilio;
let client: Client;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "local-twilio-"));
  local = await startForTest({ folder });
  client = clientOf(local);
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const pass = (seconds: number) => local.control("POST", "clock/advance", { seconds });
const statusOf = async ({ api }: TestWorkspace, sid: string) => {
  const { assignmentStatus, reason } = await api.tasks(sid).fetch();
  return [assignmentStatus, reason];
};
/** Types of a Task's Events, oldest first. */
const eventsOf = async ({ api }: TestWorkspace, taskSid: string) =>
  (await api.events.list({ taskSid, minutes: 10_000 })).map(({ eventType }) => eventType).reverse();

describe("a new Workspace", () => {
  test("has Activities and Task channels, and new Workers are offline", async () => {
    const workspace = await client.taskrouter.v1.workspaces.create({ friendlyName: "New" });
    const api = client.taskrouter.v1.workspaces(workspace.sid);
    const activities = await api.activities.list();
    expect(activities.map(({ friendlyName, available }) => [friendlyName, available]).sort()).toEqual([
      ["Available", true],
      ["Offline", false],
      ["Unavailable", false],
    ]);
    const channels = await api.taskChannels.list();
    expect(channels.map(({ uniqueName }) => uniqueName).sort()).toEqual([
      "chat",
      "default",
      "email",
      "sms",
      "video",
      "voice",
    ]);
    expect(workspace).toMatchObject({
      defaultActivityName: "Offline",
      timeoutActivityName: "Offline",
      multiTaskEnabled: true,
    });
    expect(await api.workers.create({ friendlyName: "ada" })).toMatchObject({
      activityName: "Offline",
      available: false,
    });
    expect(await api.taskQueues.list()).toEqual([]);
  });

  test("made by the template FIFO has a queue for everybody and a Workflow to it", async () => {
    const { sid } = await client.taskrouter.v1.workspaces.create({ friendlyName: "New", template: "FIFO" });
    const api = client.taskrouter.v1.workspaces(sid);
    const [queue] = await api.taskQueues.list();
    expect(queue).toMatchObject({
      friendlyName: "Sample Queue",
      targetWorkers: "1==1",
      maxReservedWorkers: 1,
    });
    const task = await api.tasks.create({ attributes: "{}" });
    expect(task.taskQueueSid).toBe(queue?.sid);
  });
});

describe("a Task", () => {
  test("shows its Workflow, queue and channel, and can be found by what it says", async () => {
    const workspace = await makeWorkspace(client);
    const sid = await workspace.task({ topic: "parcel" }, { taskChannel: "sms", priority: 3 });
    await workspace.task({ topic: "bill" });
    expect(await workspace.api.tasks(sid).fetch()).toMatchObject({
      assignmentStatus: "pending",
      taskQueueSid: workspace.queueSid,
      taskQueueFriendlyName: "First",
      workflowFriendlyName: "Flow of Tasks",
      taskChannelUniqueName: "sms",
      priority: 3,
      timeout: 86_400,
    });
    const found = await workspace.api.tasks.list({ evaluateTaskAttributes: 'topic == "parcel"' });
    expect(found.map((task) => task.sid)).toEqual([sid]);
    expect(found[0]?.url).toContain(`/Tasks/${sid}`);
    await pass(90);
    expect((await workspace.api.tasks(sid).fetch()).age).toBeGreaterThanOrEqual(90);
  });

  test("goes by the first filter that fits, by the default filter otherwise, and is given up without either", async () => {
    const { api } = await makeWorkspace(client);
    const [parcels, others] = [
      await api.taskQueues.create({ friendlyName: "Parcels" }),
      await api.taskQueues.create({ friendlyName: "Others" }),
    ];
    const filters = [
      { expression: 'topic == "parcel"', targets: [{ queue: parcels.sid, priority: 7 }] },
      { expression: "topic != null", targets: [{ queue: others.sid }] },
    ];
    const flowTo = async (configuration: object) => {
      const { sid } = await api.workflows.create({
        friendlyName: "W",
        configuration: JSON.stringify({ task_routing: configuration }),
      });
      return (attributes: object) =>
        api.tasks.create({ workflowSid: sid, attributes: JSON.stringify(attributes) });
    };
    const make = await flowTo({ filters, default_filter: { queue: parcels.sid } });
    expect(await make({ topic: "parcel" })).toMatchObject({ taskQueueFriendlyName: "Parcels", priority: 7 });
    expect(await make({ topic: "bill" })).toMatchObject({ taskQueueFriendlyName: "Others", priority: 0 });
    expect(await make({})).toMatchObject({ taskQueueFriendlyName: "Parcels", assignmentStatus: "pending" });
    const without = await flowTo({ filters });
    expect((await without({})).assignmentStatus).toBe("canceled");
  });

  test("moves on when its time in a queue is over, and is canceled after the last one", async () => {
    const workspace = await makeWorkspace(client, {
      targets: async (queue, api) => [
        { queue, timeout: 600 },
        { queue: (await api.taskQueues.create({ friendlyName: "Second" })).sid, timeout: 300, priority: 9 },
      ],
    });
    const sid = await workspace.task();
    await pass(500);
    expect((await workspace.api.tasks(sid).fetch()).taskQueueFriendlyName).toBe("First");
    await pass(100);
    expect(await workspace.api.tasks(sid).fetch()).toMatchObject({
      taskQueueFriendlyName: "Second",
      priority: 9,
    });
    await pass(200);
    expect(await statusOf(workspace, sid)).toEqual(["pending", null]);
    await pass(100);
    expect(await statusOf(workspace, sid)).toEqual(["canceled", "Task canceled on Workflow timeout"]);
    expect(await eventsOf(workspace, sid)).toEqual([
      "task.created",
      "workflow.entered",
      "workflow.target-matched",
      "task-queue.entered",
      "task-queue.timeout",
      "task-queue.moved",
      "workflow.target-matched",
      "task-queue.entered",
      "task-queue.timeout",
      "workflow.timeout",
      "task.canceled",
    ]);
  });

  test("lives no longer than it was given, wherever it is", async () => {
    const workspace = await makeWorkspace(client);
    const sid = await workspace.task({}, { timeout: 120 });
    await pass(120);
    expect(await statusOf(workspace, sid)).toEqual(["canceled", "Task TTL Exceeded"]);
    expect(await eventsOf(workspace, sid)).not.toContain("workflow.timeout");
    const refusal = await refusalOf(workspace.task({}, { timeout: 1_209_601 }));
    expect(refusal).toMatchObject({ code: 20001, message: expect.stringContaining("Timeout") as string });
  });

  test("goes on with its times after a restart", async () => {
    const workspace = await makeWorkspace(client, { targets: (queue) => [{ queue, timeout: 1000 }] });
    const sid = await workspace.task();
    await pass(400);
    await local[Symbol.asyncDispose]();
    local = await startForTest({ folder });
    const api = clientOf(local).taskrouter.v1.workspaces(workspace.sid);
    await pass(500);
    expect((await api.tasks(sid).fetch()).assignmentStatus).toBe("pending");
    await pass(100);
    expect((await api.tasks(sid).fetch()).assignmentStatus).toBe("canceled");
    await local[Symbol.asyncDispose]();
    local = await startForTest({ folder });
    await pass(300);
    const gone = clientOf(local).taskrouter.v1.workspaces(workspace.sid).tasks(sid).fetch();
    expect((await refusalOf(gone)).code).toBe(20404);
  });

  test("is deleted five minutes after its end, and nobody is told", async () => {
    const workspace = await makeWorkspace(client);
    const sid = await workspace.task();
    await workspace.api.tasks(sid).update({ assignmentStatus: "canceled", reason: "not needed" });
    await pass(200);
    expect(await statusOf(workspace, sid)).toEqual(["canceled", "not needed"]);
    await pass(100);
    expect((await refusalOf(workspace.api.tasks(sid).fetch())).code).toBe(20404);
    expect((await eventsOf(workspace, sid)).at(-1)).toBe("task.canceled");
  });

  test.each([
    ["completed", "pending"],
    ["wrapping", "pending"],
    ["canceled", "canceled"],
    ["completed", "canceled"],
  ] as const)("cannot become %s while it is %s", async (assignmentStatus, status) => {
    const workspace = await makeWorkspace(client);
    const sid = await workspace.task();
    if (status === "canceled") await workspace.api.tasks(sid).update({ assignmentStatus: "canceled" });
    const refusal = await refusalOf(workspace.api.tasks(sid).update({ assignmentStatus, reason: "r" }));
    expect(refusal).toMatchObject({
      code: 20001,
      message: expect.stringContaining(`is ${status}`) as string,
    });
  });

  test("that is deleted says so, and not that it was canceled", async () => {
    const workspace = await makeWorkspace(client);
    await workspace.worker("ada");
    const sid = await workspace.task();
    expect(await workspace.api.tasks(sid).remove()).toBe(true);
    const events = await eventsOf(workspace, sid);
    expect(events.slice(-2)).toEqual(["reservation.canceled", "task.deleted"]);
    expect(events).not.toContain("task.canceled");
  });
});

describe("what cannot be is refused", () => {
  const of = (workspace: TestWorkspace, input: object) =>
    refusalOf(workspace.api.tasks.create({ workflowSid: workspace.workflowSid, ...input }));

  test("of a Task", async () => {
    const workspace = await makeWorkspace(client);
    expect((await of(workspace, { attributes: "[1]" })).message).toContain("JSON object");
    expect((await of(workspace, { attributes: JSON.stringify({ a: "x".repeat(4100) }) })).message).toContain(
      "4096",
    );
    expect((await of(workspace, { taskChannel: "fax" })).message).toContain("fax");
    expect((await of(workspace, { workflowSid: `WW${"0".repeat(32)}` })).message).toContain("WW000");
    await workspace.api.workflows.create({
      friendlyName: "Another",
      configuration: JSON.stringify({ task_routing: { default_filter: { queue: workspace.queueSid } } }),
    });
    const refusal = await refusalOf(workspace.api.tasks.create({ attributes: "{}" }));
    expect(refusal.message).toContain("WorkflowSid field is required");
  });

  test("of a Workflow, a queue and a Worker", async () => {
    const workspace = await makeWorkspace(client);
    const { api } = workspace;
    const workflow = (configuration: string) =>
      refusalOf(api.workflows.create({ friendlyName: "W", configuration }));
    expect((await workflow("{")).code).toBe(20001);
    expect((await workflow("{}")).message).toContain("task_routing");
    const filters = [{ expression: "topic ==", targets: [{ queue: "WQ1" }] }];
    expect((await workflow(JSON.stringify({ task_routing: { filters } }))).message).toContain("'topic =='");
    const queue = api.taskQueues.create({ friendlyName: "Q", targetWorkers: "skill-level > 3" });
    expect((await refusalOf(queue)).message).toContain("skill-level");
    await workspace.worker("Alice");
    expect(await refusalOf(workspace.worker("alice"))).toMatchObject({ code: 20001 });
    const nowhere = api.workers.create({ friendlyName: "bob", activitySid: `WA${"0".repeat(32)}` });
    expect((await refusalOf(nowhere)).message).toContain("no Activity");
  });
});
