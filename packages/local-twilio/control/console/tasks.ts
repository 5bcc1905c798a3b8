/** What TaskRouter has: queues with what waits in them, Tasks with their reservations, Workers with what they have. */
import { number, text, textOrNull } from "../../fields.ts";
import type { StoredObject, Twilio } from "../../product.ts";
import { attributesOf } from "../../taskrouter/attributes.ts";
import { tokens } from "../../taskrouter/tokens.ts";

/** Most Tasks of a Workspace that are told, the newest. */
const most = 500;

/** Every Workspace with what is in it. */
export function tasksNow(twilio: Twilio): object[] {
  const { store } = twilio;
  return store.list(tokens.workspace).map(({ sid, body }) => {
    const below = { WorkspaceSid: sid };
    const workers = store.list(tokens.worker, below);
    const names = new Map(workers.map((worker) => [worker.sid, text(worker.body, "friendly_name")]));
    const tasks = store.list(tokens.task, below);
    const reservations = store.list(tokens.reservation, below);
    return {
      sid,
      name: text(body, "friendly_name"),
      queues: store.list(tokens.taskQueue, below).map((queue) => ({
        sid: queue.sid,
        name: text(queue.body, "friendly_name"),
        workers: text(queue.body, "target_workers"),
        waiting: tasks.filter(
          (task) =>
            text(task.body, "task_queue_sid") === queue.sid &&
            ["pending", "reserved"].includes(text(task.body, "assignment_status")),
        ).length,
      })),
      workers: workers.map((worker) => ({
        sid: worker.sid,
        name: text(worker.body, "friendly_name"),
        activity: text(worker.body, "activity_name"),
        isAvailable: worker.body["available"] === true,
        since: textOrNull(worker.body, "date_status_changed") ?? text(worker.body, "date_updated"),
        tasks: reservations.filter(
          (each) =>
            text(each.body, "worker_sid") === worker.sid &&
            ["pending", "accepted", "wrapping"].includes(text(each.body, "reservation_status")),
        ).length,
      })),
      tasks: tasks
        .slice(-most)
        .reverse()
        .map((task) => taskOf(task, reservations, names)),
    };
  });
}

function taskOf(
  { sid, body }: StoredObject,
  reservations: readonly StoredObject[],
  names: ReadonlyMap<string, string>,
): object {
  const attributes = attributesOf(body);
  return {
    sid,
    status: text(body, "assignment_status"),
    queue: text(body, "task_queue_friendly_name"),
    workflow: text(body, "workflow_friendly_name"),
    channel: text(body, "task_channel_unique_name"),
    priority: number(body, "priority"),
    reason: textOrNull(body, "reason"),
    at: text(body, "date_created"),
    customer: textOrNull(attributes, "customerAddress") ?? textOrNull(attributes, "from"),
    conversationSid: textOrNull(attributes, "conversationSid"),
    reservations: reservations
      .filter((each) => text(each.body, "task_sid") === sid)
      .map((each) => ({
        sid: each.sid,
        status: text(each.body, "reservation_status"),
        worker: names.get(text(each.body, "worker_sid")) ?? text(each.body, "worker_name"),
        at: text(each.body, "date_created"),
      })),
  };
}
