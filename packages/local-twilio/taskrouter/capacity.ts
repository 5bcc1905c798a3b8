/**
 * How many Tasks of a channel a Worker takes at once: one of each until somebody says otherwise, in a Workspace without
 * multitasking one of all. https://www.twilio.com/docs/taskrouter/multitasking
 */
import { number, text } from "../fields.ts";
import type { StoredObject, Twilio } from "../product.ts";
import { workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

const openStatuses = ["pending", "accepted", "wrapping"];

/** A Worker's part in a Task channel, by the SID of either or the unique name of the channel. */
export function workerChannelOf(twilio: Twilio, workerSid: string, name: string): StoredObject | undefined {
  return twilio.store
    .list(tokens.workerChannel, { WorkerSid: workerSid })
    .find(
      ({ sid, body }) =>
        sid === name || body["task_channel_sid"] === name || body["task_channel_unique_name"] === name,
    );
}

/** Tasks that a Worker has, or is asked to take: all of them, or those of one channel. */
export function tasksAt(twilio: Twilio, workerSid: string, taskChannelSid?: string): number {
  return twilio.store
    .list(tokens.reservation, { WorkerSid: workerSid })
    .filter(({ body }) => openStatuses.includes(text(body, "reservation_status")))
    .filter(({ body }) => {
      if (taskChannelSid === undefined) return true;
      const task = twilio.store.find(tokens.task, text(body, "task_sid"));
      return task?.body["task_channel_sid"] === taskChannelSid;
    }).length;
}

/** Whether a Worker can take one more Task of this Task's channel. */
export function hasCapacity(twilio: Twilio, worker: StoredObject, task: StoredObject): boolean {
  const workspace = twilio.store.find(tokens.workspace, workspaceOf(worker));
  if (workspace?.body["multi_task_enabled"] !== true) return tasksAt(twilio, worker.sid) === 0;
  const taskChannelSid = text(task.body, "task_channel_sid");
  const channel = workerChannelOf(twilio, worker.sid, taskChannelSid);
  if (channel?.body["available"] === false) return false;
  const capacity = channel === undefined ? 1 : number(channel.body, "configured_capacity");
  return tasksAt(twilio, worker.sid, taskChannelSid) < capacity;
}
