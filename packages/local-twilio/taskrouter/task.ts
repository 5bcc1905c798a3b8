/** Tasks, https://www.twilio.com/docs/taskrouter/api/task */
import { limits } from "../limits.ts";
import { TwilioError } from "../errors.ts";
import { number, text } from "../fields.ts";
import type { Behaviour, Body, StoredObject, Twilio } from "../product.ts";
import { attributesOf, readAttributes } from "./attributes.ts";
import { setStatus } from "./assignment.ts";
import { afterItsEnd } from "./deletion.ts";
import { tell } from "./events.ts";
import { holds } from "./expression.ts";
import { armEnd, begin, cancel, offerAll, withdraw } from "./routing.ts";
import { change, progressOf, statusOf, workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

/** Seconds that a Task lives without being taken: a day. */
const usualTimeout = 86_400;

/** What a new Task is made of. */
export interface NewTask {
  readonly workspaceSid: string;
  readonly workflowSid: string;
  /** TC…, or a unique name. */
  readonly taskChannel: string;
  readonly attributes: string;
  readonly priority: number;
  readonly timeoutSeconds: number | null;
  /** The queue and the one Worker that it is for, past its Workflow; empty: whomever the Workflow finds. */
  readonly queueSid?: string;
  readonly routingTarget?: string;
  readonly ignoreCapacity?: boolean;
}

/** The parts of a Task's body that its Workflow and channel decide. */
function placed(twilio: Twilio, workspaceSid: string, workflowSid: string, taskChannel: string): Body {
  const parents = { WorkspaceSid: workspaceSid };
  const known = twilio.store.list(tokens.workflow, parents);
  if (workflowSid === "" && known.length !== 1) {
    throw new TwilioError(20001, { reason: "WorkflowSid field is required" });
  }
  const workflow = workflowSid === "" ? known[0] : known.find(({ sid }) => sid === workflowSid);
  if (workflow === undefined) {
    throw new TwilioError(20001, { reason: `Workspace ${workspaceSid} has no Workflow ${workflowSid}` });
  }
  const channel = twilio.store.find(tokens.taskChannel, taskChannel || "default", parents);
  if (channel === undefined) {
    throw new TwilioError(20001, { reason: `Workspace ${workspaceSid} has no TaskChannel ${taskChannel}` });
  }
  return {
    workflow_sid: workflow.sid,
    workflow_friendly_name: text(workflow.body, "friendly_name"),
    task_channel_sid: channel.sid,
    task_channel_unique_name: text(channel.body, "unique_name"),
  };
}

/** Body and hidden values of a new Task. */
function newTask(twilio: Twilio, sid: string, task: NewTask): { body: Body; hidden: Body } {
  const now = twilio.clock.iso();
  const seconds = task.timeoutSeconds ?? usualTimeout;
  if (seconds < 1 || seconds > limits.task.timeout) {
    throw new TwilioError(20001, { reason: `Timeout must be between 1 and ${limits.task.timeout}` });
  }
  const queue = twilio.store.find(tokens.taskQueue, task.queueSid ?? "");
  return {
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      workspace_sid: task.workspaceSid,
      attributes: task.attributes,
      addons: "{}",
      age: 0,
      assignment_status: "pending",
      priority: task.priority,
      reason: null,
      timeout: seconds,
      task_queue_sid: queue?.sid ?? null,
      task_queue_friendly_name: queue === undefined ? null : text(queue.body, "friendly_name"),
      task_queue_entered_date: null,
      virtual_start_time: now,
      ignore_capacity: task.ignoreCapacity ?? false,
      routing_target: task.routingTarget || null,
      date_created: now,
      date_updated: now,
      ...placed(twilio, task.workspaceSid, task.workflowSid, task.taskChannel),
    },
    hidden: { expiresAt: twilio.clock.now() + seconds * 1000 },
  };
}

/**
 * Makes a Task and starts it on its way.
 *
 * @throws TwilioError 20001 when its Workspace has no such Workflow or channel
 */
export function makeTask(twilio: Twilio, task: NewTask): StoredObject {
  const sid = twilio.sid("WT");
  const made = twilio.store.insert({
    token: tokens.task,
    sid,
    parents: { WorkspaceSid: task.workspaceSid },
    ...newTask(twilio, sid, task),
  });
  begin(twilio, made);
  return twilio.store.find(tokens.task, sid) ?? made;
}

/** From which statuses a Task may come into another by a request. */
const from: Readonly<Record<string, readonly string[]>> = {
  canceled: ["pending", "reserved"],
  wrapping: ["assigned"],
  completed: ["assigned", "wrapping"],
};

/** Ends or wraps a Task that somebody works on, its reservations with it. */
export function finish(
  twilio: Twilio,
  task: StoredObject,
  to: "wrapping" | "completed",
  reason: string,
): void {
  const workspaceSid = workspaceOf(task);
  for (const reservation of twilio.store.list(tokens.reservation, { TaskSid: task.sid })) {
    if (!["accepted", "wrapping"].includes(text(reservation.body, "reservation_status"))) continue;
    const settled = setStatus(twilio, reservation, to);
    tell(twilio, workspaceSid, {
      type: to === "completed" ? "reservation.completed" : "reservation.wrapup",
      description: `Reservation ${reservation.sid}: ${to}`,
      resource: { type: "reservation", sid: reservation.sid },
      task,
      reservation: settled,
    });
  }
  const finished = change(
    twilio,
    task,
    { assignment_status: to, reason: reason || null },
    to === "completed" ? { deletedAt: afterItsEnd(twilio) } : {},
  );
  armEnd(twilio, finished);
  tell(twilio, workspaceSid, {
    type: to === "completed" ? "task.completed" : "task.wrapup",
    description: `Task ${task.sid}: ${to}`,
    task: finished,
  });
  if (to === "completed") offerAll(twilio, workspaceSid);
}

export const task: Behaviour = {
  create({ twilio, path, input }, { sid }) {
    return newTask(twilio, sid, {
      workspaceSid: path["WorkspaceSid"] ?? "",
      workflowSid: text(input, "WorkflowSid"),
      taskChannel: text(input, "TaskChannel"),
      attributes: readAttributes(input["Attributes"]),
      priority: number(input, "Priority"),
      timeoutSeconds: input["Timeout"] === undefined ? null : number(input, "Timeout"),
      queueSid: text(input, "TaskQueueSid"),
      routingTarget: text(input, "RoutingTarget"),
      ignoreCapacity: input["IgnoreCapacity"] === true || input["IgnoreCapacity"] === "true",
    });
  },
  created: ({ twilio }, made) => begin(twilio, made),
  update({ input }, current, draft) {
    const status = statusOf(current);
    const to = text(input, "AssignmentStatus");
    if ((to in from || to !== status) && to !== "" && !from[to]?.includes(status)) {
      throw new TwilioError(20001, {
        reason: `Cannot make task ${current.sid} in workspace ${workspaceOf(current)} ${to} because it is ${status}`,
      });
    }
    const attributes =
      input["Attributes"] === undefined ? {} : { attributes: readAttributes(input["Attributes"]) };
    // The status changes with all that follows from it, once the rest is stored.
    return {
      body: { ...draft, ...attributes, assignment_status: status },
      hidden: { ...current.hidden, version: progressOf(current).version + 1 },
    };
  },
  updated({ twilio, input }, before, after) {
    const to = text(input, "AssignmentStatus") || statusOf(before);
    const reason = text(input, "Reason");
    if (to === statusOf(before)) {
      tell(twilio, workspaceOf(after), {
        type: "task.updated",
        description: `Task ${after.sid} updated`,
        task: after,
      });
    } else if (to === "canceled") cancel(twilio, after, reason);
    else if (to === "wrapping" || to === "completed") finish(twilio, after, to, reason);
  },
  delete({ twilio }, current) {
    withdraw(twilio, current);
  },
  deleted({ twilio }, gone) {
    tell(twilio, workspaceOf(gone), {
      type: "task.deleted",
      description: `Task ${gone.sid} deleted`,
      task: gone,
    });
    offerAll(twilio, workspaceOf(gone));
  },
  show: (twilio, { body }) => ({
    ...body,
    age: Math.max(0, Math.floor((twilio.clock.now() - Date.parse(text(body, "date_created"))) / 1000)),
  }),
  list({ query }, objects) {
    const statuses = query["AssignmentStatus"];
    const wanted = Array.isArray(statuses)
      ? statuses
      : typeof statuses === "string"
        ? statuses.split(",")
        : null;
    const expression = text(query, "EvaluateTaskAttributes");
    return objects
      .filter(
        ({ body }) =>
          (wanted === null || wanted.includes(text(body, "assignment_status"))) &&
          (expression === "" || holds(expression, attributesOf(body))) &&
          isAsked(query, body, "WorkflowSid", "workflow_sid") &&
          isAsked(query, body, "TaskQueueSid", "task_queue_sid") &&
          isAsked(query, body, "WorkflowName", "workflow_friendly_name") &&
          isAsked(query, body, "TaskQueueName", "task_queue_friendly_name"),
      )
      .sort((one, other) => one.sequence - other.sequence);
  },
};

function isAsked(query: Body, body: Body, name: string, property: string): boolean {
  return text(query, name) === "" || query[name] === body[property];
}
