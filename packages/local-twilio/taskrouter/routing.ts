/**
 * A Task's way: its Workflow's filter, the queues of that filter one after the other, the end when nobody took it.
 * https://www.twilio.com/docs/taskrouter/lifecycle-task-state
 */
import { text } from "../fields.ts";
import type { StoredObject, Twilio } from "../product.ts";
import { attributesOf } from "./attributes.ts";
import { offer, withdraw } from "./assignment.ts";
import { routeOf } from "./configuration.ts";
import { tell } from "./events.ts";
import { change, progressOf, statusOf, taskNow, workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

/** Starts a Task on its way. */
export function begin(twilio: Twilio, task: StoredObject): void {
  const workspaceSid = workspaceOf(task);
  tell(twilio, workspaceSid, { type: "task.created", description: `Task ${task.sid} created`, task });
  const workflow = twilio.store.find(tokens.workflow, text(task.body, "workflow_sid"));
  if (workflow === undefined) {
    offer(twilio, task.sid);
    return arm(twilio, task.sid);
  }
  tell(twilio, workspaceSid, {
    type: "workflow.entered",
    description: `Task ${task.sid} entered Workflow ${text(workflow.body, "friendly_name")}`,
    task,
  });
  const route = routeOf(workflow, attributesOf(task.body));
  if (route === null) {
    tell(twilio, workspaceSid, {
      type: "workflow.skipped",
      description: `Task ${task.sid} matches no filter of the Workflow`,
      task,
    });
    return cancel(twilio, task, "No filter of the Workflow matches the Task");
  }
  enter(twilio, change(twilio, task, {}, { route }), 0);
}

/** The Task comes into a queue of its way. */
function enter(twilio: Twilio, task: StoredObject, at: number): void {
  const { route } = progressOf(task);
  const target = route?.targets[at];
  if (route === null || target === undefined) return;
  const queue = twilio.store.find(tokens.taskQueue, target.queue);
  const now = twilio.clock.now();
  const entered = change(
    twilio,
    task,
    {
      task_queue_sid: target.queue,
      task_queue_friendly_name: queue === undefined ? null : text(queue.body, "friendly_name"),
      task_queue_entered_date: twilio.clock.iso(),
      ...(target.priority === undefined ? {} : { priority: target.priority }),
    },
    { at, leavesAt: target.timeout === undefined ? 0 : now + target.timeout * 1000 },
  );
  const parameters = { WorkflowFilterName: route.filterName, WorkflowFilterTargetName: target.queue };
  const what = at === 0 ? "workflow.target-matched" : "task-queue.moved";
  for (const type of [what, "task-queue.entered"]) {
    tell(twilio, workspaceOf(task), {
      type,
      description: `Task ${task.sid}: ${type}`,
      task: entered,
      parameters,
    });
  }
  offer(twilio, task.sid);
  arm(twilio, task.sid);
}

/** Has the clock come back to a Task when it leaves its queue or is given up. */
export function arm(twilio: Twilio, sid: string): void {
  const task = taskNow(twilio, sid);
  if (task === undefined || !isWaiting(task)) return;
  const { leavesAt, expiresAt } = progressOf(task);
  const dates = [leavesAt, expiresAt].filter((date) => date > 0);
  if (dates.length === 0) return;
  twilio.clock.at(Math.min(...dates), () => due(twilio, sid));
}

const isWaiting = (task: StoredObject): boolean => ["pending", "reserved"].includes(statusOf(task));

function due(twilio: Twilio, sid: string): void {
  const task = taskNow(twilio, sid);
  if (task === undefined || !isWaiting(task)) return;
  const now = twilio.clock.now();
  const { route, at, leavesAt, expiresAt } = progressOf(task);
  if (leavesAt > 0 && leavesAt <= now) {
    const workspaceSid = workspaceOf(task);
    tell(twilio, workspaceSid, {
      type: "task-queue.timeout",
      description: `Task ${sid} timed out of its queue`,
      task,
    });
    const free = withdraw(twilio, task);
    if (at + 1 < (route?.targets.length ?? 0)) return enter(twilio, free, at + 1);
    tell(twilio, workspaceSid, {
      type: "workflow.timeout",
      description: `Task ${sid} timed out of its Workflow`,
      task: free,
    });
    return cancel(twilio, free, "Task canceled on Workflow timeout");
  }
  if (expiresAt > 0 && expiresAt <= now) return cancel(twilio, withdraw(twilio, task), "Task TTL Exceeded");
  arm(twilio, sid);
}

/** Gives a Task up. */
export function cancel(twilio: Twilio, task: StoredObject, reason: string): void {
  const free = withdraw(twilio, task);
  const canceled = change(twilio, free, { assignment_status: "canceled", reason });
  tell(twilio, workspaceOf(task), {
    type: "task.canceled",
    description: `Task ${task.sid} canceled: ${reason}`,
    task: canceled,
  });
}
