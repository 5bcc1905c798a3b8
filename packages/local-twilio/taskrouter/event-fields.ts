/** What TaskRouter's event callbacks carry, https://www.twilio.com/docs/taskrouter/api/event/reference */
import { number, text, textOrNull } from "../fields.ts";
import type { StoredObject } from "../product.ts";
import { documented, recorded, type Field, type Fields } from "../webhooks/fields.ts";
import { progressOf } from "./state.ts";

interface Event {
  readonly sid: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly accountSid: string;
  readonly workspace: StoredObject;
  readonly type: string;
  readonly description: string;
  readonly about: { readonly type: string; readonly sid: string };
}

/** Every event's. */
export const eventFields: Fields<Event> = {
  EventType: recorded(({ type }) => type),
  EventDescription: recorded(({ description }) => description),
  Sid: recorded(({ sid }) => sid),
  AccountSid: recorded(({ accountSid }) => accountSid),
  WorkspaceSid: recorded(({ workspace }) => workspace.sid),
  WorkspaceName: recorded(({ workspace }) => text(workspace.body, "friendly_name")),
  ResourceType: recorded(({ about }) => about.type),
  ResourceSid: recorded(({ about }) => about.sid),
  Timestamp: recorded(({ at }) => String(Math.floor(at / 1000))),
  TimestampMs: recorded(({ at }) => String(at)),
  // An account has one unit of its own, whose SID ends as the account's does.
  OperatingUnitSid: recorded(({ accountSid }) => `OU${accountSid.slice(2)}`),
};

interface OfTask {
  readonly task: StoredObject;
  /** The queue that it is in. */
  readonly queue: StoredObject | undefined;
  readonly at: number;
}

const of =
  (name: string): Field<OfTask>["value"] =>
  ({ task }) =>
    textOrNull(task.body, name);
const seconds = (date: string): string => String(Math.floor(Date.parse(date) / 1000));
/** The reason of a Task that ended so. */
const reasonIf =
  (...statuses: readonly string[]): Field<OfTask>["value"] =>
  ({ task: { body } }) =>
    statuses.includes(text(body, "assignment_status")) ? text(body, "reason") || null : null;

/** What an event about a Task says of it. */
export const taskFields: Fields<OfTask> = {
  TaskSid: recorded(({ task }) => task.sid),
  TaskAge: recorded(({ task, at }) =>
    String(Math.floor((at - Date.parse(text(task.body, "date_created"))) / 1000)),
  ),
  TaskAttributes: recorded(of("attributes")),
  TaskPriority: recorded(({ task }) => String(number(task.body, "priority"))),
  TaskAssignmentStatus: recorded(of("assignment_status")),
  TaskDateCreated: recorded(({ task }) => seconds(text(task.body, "date_created"))),
  TaskVersion: recorded(({ task }) => String(progressOf(task).version)),
  TaskChannelSid: recorded(of("task_channel_sid")),
  TaskChannelUniqueName: recorded(of("task_channel_unique_name")),
  TaskQueueSid: recorded(of("task_queue_sid")),
  TaskQueueName: recorded(of("task_queue_friendly_name")),
  TaskQueueEnteredDate: recorded(({ task: { body } }) => {
    const entered = textOrNull(body, "task_queue_entered_date");
    return entered === null ? null : seconds(entered);
  }),
  TaskQueueTargetExpression: recorded(({ queue }) =>
    queue === undefined ? null : textOrNull(queue.body, "target_workers"),
  ),
  WorkflowSid: recorded(of("workflow_sid")),
  WorkflowName: recorded(of("workflow_friendly_name")),
  TaskCanceledReason: documented(reasonIf("canceled")),
  TaskCompletedReason: documented(reasonIf("completed")),
  Reason: documented(reasonIf("canceled", "completed")),
};

const ofWorker =
  (name: string): Field<StoredObject>["value"] =>
  ({ body }) =>
    textOrNull(body, name);

/** What an event about a Worker says of them. */
export const workerFields: Fields<StoredObject> = {
  WorkerSid: documented(({ sid }) => sid),
  WorkerName: documented(ofWorker("friendly_name")),
  WorkerAttributes: documented(ofWorker("attributes")),
  WorkerActivitySid: documented(ofWorker("activity_sid")),
  WorkerActivityName: documented(ofWorker("activity_name")),
};
