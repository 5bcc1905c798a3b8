/**
 * Many Tasks and Workers at random, by seed: whatever happens to them, nobody has more than they can take, nobody is asked
 * for what is over, nobody waits while somebody is free, each Task ends once, and a restart changes nothing.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import twilio, { type Twilio as Client } from "twilio";
import { afterEach, beforeEach, expect, test } from "vitest";
import { randomNumbers } from "../http/disturbances.ts";
import { clientOf } from "../testing/client.ts";
import { startForTest, type TestTwilio } from "../testing/local.ts";
import { makeWorkspace, type TestWorkspace } from "./testing/workspace.ts";

let folder: string;
let local: TestTwilio;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "local-twilio-"));
  local = await startForTest({ folder });
});
afterEach(async () => {
  await local[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const names = ["ada", "ben"];
const steps = 100;
/** Seconds: how long a Worker is asked, and a Task waits in both of its queues. */
const limits = { reservation: 120, waiting: 1200 };
const ends = ["task.canceled", "task.completed", "task.deleted", "task.system-deleted"];

type Api = TestWorkspace["api"];

/** Everything that matters, as the API shows it. */
async function snapshot(api: Api) {
  const tasks = await api.tasks.list({ pageSize: 200 });
  const workers = await api.workers.list();
  const reservations = (
    await Promise.all(workers.map(({ sid }) => api.workers(sid).reservations.list()))
  ).flat();
  return {
    tasks: tasks.map(({ sid, assignmentStatus, taskQueueSid, dateCreated }) => ({
      sid,
      assignmentStatus,
      taskQueueSid,
      at: dateCreated.getTime(),
    })),
    workers: workers.map(({ sid, available }) => ({ sid, available })),
    reservations: reservations.map(({ taskSid, workerSid, reservationStatus, dateCreated }) => ({
      taskSid,
      workerSid,
      reservationStatus,
      at: dateCreated.getTime(),
    })),
  };
}

function check({ tasks, workers, reservations }: Awaited<ReturnType<typeof snapshot>>): void {
  const open = reservations.filter(({ reservationStatus }) =>
    ["pending", "accepted", "wrapping"].includes(reservationStatus),
  );
  for (const { sid } of workers) {
    expect(open.filter(({ workerSid }) => workerSid === sid).length).toBeLessThanOrEqual(1);
  }
  const statuses = new Map(tasks.map(({ sid, assignmentStatus }) => [sid, assignmentStatus]));
  for (const { taskSid, reservationStatus } of open) {
    const fitting = { pending: ["reserved"], accepted: ["assigned"], wrapping: ["wrapping"] }[
      reservationStatus as "pending" | "accepted" | "wrapping"
    ];
    expect(fitting).toContain(statuses.get(taskSid));
  }
  for (const [sid, status] of statuses) {
    const own = open.filter(({ taskSid }) => taskSid === sid);
    expect(own.length).toBe(["reserved", "assigned", "wrapping"].includes(status) ? 1 : 0);
  }
  // The clock of the API shows whole seconds.
  const since = (at: number): number => (local.twilio.clock.now() - at) / 1000 - 2;
  for (const { reservationStatus, at } of open) {
    if (reservationStatus === "pending") expect(since(at)).toBeLessThan(limits.reservation);
  }
  for (const { assignmentStatus, at } of tasks) {
    if (assignmentStatus === "pending") expect(since(at)).toBeLessThan(limits.waiting);
  }
  const isSomebodyFree = workers.some(
    ({ sid, available }) => available && !open.some(({ workerSid }) => workerSid === sid),
  );
  if (isSomebodyFree) expect([...statuses.values()]).not.toContain("pending");
}

test.each([1, 2, 3])(
  "seed %i",
  async (seed) => {
    const random = randomNumbers(seed);
    const pick = <Item>(items: readonly Item[]): Item | undefined =>
      items[Math.floor(random() * items.length)];
    let client: Client = clientOf(local);
    const workspace = await makeWorkspace(client, {
      workflow: { taskReservationTimeout: 120 },
      targets: (queue) => [{ queue, timeout: 600 }, { timeout: 600 }],
    });
    const again = (): Api => client.taskrouter.v1.workspaces(workspace.sid);
    for (const name of names) await workspace.worker(name);
    const activities = await workspace.api.activities.list();
    const made: string[] = [];

    /** One thing that may happen; what Twilio refuses because of how things stand has not happened. */
    const act: Readonly<Record<string, () => Promise<unknown>>> = {
      create: async () => made.push(await create(again(), workspace.workflowSid, Math.floor(random() * 3))),
      another: async () => made.push(await create(again(), workspace.workflowSid, 0)),
      answer: async () => {
        const [task] = await again().tasks.list({ assignmentStatus: ["reserved"], limit: 1 });
        const reservations = again().tasks(task?.sid ?? "none").reservations;
        const [pending] = await reservations.list({ reservationStatus: "pending" });
        await reservations(pending?.sid ?? "none").update({
          reservationStatus: random() < 0.7 ? "accepted" : "rejected",
        });
      },
      end: async () => {
        const assignmentStatus =
          pick(["canceled", "wrapping", "completed", "completed"] as const) ?? "canceled";
        await again()
          .tasks(pick(made) ?? "none")
          .update({ assignmentStatus, reason: "random" });
      },
      delete: () =>
        again()
          .tasks(pick(made) ?? "none")
          .remove(),
      move: async () => {
        const worker = pick(await again().workers.list());
        // Mostly they come back.
        const there = activities.find(({ available }) => available);
        const activity = random() < 0.7 ? there : pick(activities);
        await again()
          .workers(worker?.sid ?? "none")
          .update({ activitySid: activity?.sid ?? "" });
      },
      pass: () =>
        local.control("POST", "clock/advance", {
          seconds: Math.floor(random() * (random() < 0.2 ? 400 : 40)),
        }),
      restart: async () => {
        const before = await snapshot(again());
        await local[Symbol.asyncDispose]();
        local = await startForTest({ folder });
        client = clientOf(local);
        expect(await snapshot(again())).toEqual(before);
      },
    };
    for (let step = 0; step < steps; step += 1) {
      const what = random() < 0.05 ? "restart" : (pick(Object.keys(act)) ?? "create");
      try {
        await act[what === "restart" && step % 3 > 0 ? "create" : what]?.();
      } catch (error) {
        if (!(error instanceof twilio.RestException)) throw error;
        expect(error.status).toBeLessThan(500);
      }
      check(await snapshot(again()));
    }

    // A day later everything is over, and each Task ended once.
    for (let hour = 0; hour < 27; hour += 1) await local.control("POST", "clock/advance", { seconds: 3600 });
    expect((await snapshot(again())).tasks).toEqual([]);
    const events = await again().events.list({ minutes: 3000, pageSize: 1000 });
    const ended = events.filter(({ eventType }) => ends.includes(eventType));
    for (const sid of made) {
      const own = ended.filter(({ resourceSid }) => resourceSid === sid).map(({ eventType }) => eventType);
      // A Task that is over may still be deleted by somebody within five minutes.
      const first = own.reverse()[0];
      expect(ends).toContain(first);
      expect(own.slice(1)).toEqual(own.length > 1 ? ["task.deleted"] : []);
    }
  },
  60_000,
);

async function create(api: Api, workflowSid: string, priority: number): Promise<string> {
  return (await api.tasks.create({ attributes: "{}", workflowSid, priority })).sid;
}
