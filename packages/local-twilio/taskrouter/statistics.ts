/**
 * Statistics of a Workspace, a Task queue, a Workflow, and of Workers: how things stand, and what happened lately.
 * https://www.twilio.com/docs/taskrouter/api/workspace-statistics
 */
import { isoSecondsOf } from "../calendar.ts";
import { inner, number, text } from "../fields.ts";
import { textOf } from "../json.ts";
import type { Behaviour, Body, Call, Json, StoredObject, Twilio } from "../product.ts";
import { workersOf } from "./assignment.ts";
import { period } from "./event-list.ts";
import { tokens } from "./tokens.ts";

const statuses = ["pending", "reserved", "assigned", "wrapping", "completed", "canceled"] as const;

/** What statistics are about: the Tasks that count, the Events that count, and the Workers. */
interface Scope {
  readonly about: Body;
  readonly tasks: readonly StoredObject[];
  readonly events: readonly StoredObject[];
  readonly workers: readonly StoredObject[];
}

function scopeOf({ twilio, path, query, accountSid }: Call): Scope {
  const { store, clock } = twilio;
  const WorkspaceSid = path["WorkspaceSid"] ?? "";
  const named = [
    ["task_queue_sid", path["TaskQueueSid"]],
    ["workflow_sid", path["WorkflowSid"]],
    ["worker_sid", path["WorkerSid"]],
  ] as const;
  const asked = named.flatMap(([property, sid]) => (sid === undefined ? [] : [[property, sid] as const]));
  const channel = textOf(query["TaskChannel"]);
  const counts = (body: Body): boolean =>
    asked.every(([property, sid]) => body[property] === sid) &&
    (channel === "" || [body["task_channel_sid"], body["task_channel_unique_name"]].includes(channel));
  const { from, to } = period(query, clock.now());
  const queue = store.find(tokens.taskQueue, path["TaskQueueSid"] ?? "");
  return {
    about: { account_sid: accountSid, workspace_sid: WorkspaceSid, ...Object.fromEntries(asked) },
    tasks: store.list(tokens.task, { WorkspaceSid }).filter(({ body }) => counts(body)),
    events: store.list(tokens.event, { WorkspaceSid }).filter(({ body }) => {
      const at = Date.parse(text(body, "event_date"));
      return at >= from && at <= to && counts(inner(body, "event_data"));
    }),
    workers: queue === undefined ? store.list(tokens.worker, { WorkspaceSid }) : workersOf(twilio, queue),
  };
}

/** How things stand now. */
function realTime(twilio: Twilio, { about, tasks, workers }: Scope): Body {
  const waiting = tasks.filter(({ body }) =>
    ["pending", "reserved"].includes(text(body, "assignment_status")),
  );
  const [longest] = [...waiting].sort((one, other) => createdAt(one) - createdAt(other));
  const age = longest === undefined ? 0 : Math.floor((twilio.clock.now() - createdAt(longest)) / 1000);
  return {
    ...about,
    activity_statistics: activities(twilio, textOf(about["workspace_sid"]), workers),
    longest_task_waiting_age: age,
    longest_task_waiting_sid: longest?.sid ?? null,
    longest_relative_task_age_in_queue: age,
    longest_relative_task_sid_in_queue: longest?.sid ?? null,
    tasks_by_priority: counted(tasks.map(({ body }) => String(number(body, "priority")))),
    tasks_by_status: {
      ...Object.fromEntries(statuses.map((status) => [status, 0])),
      ...counted(tasks.map(({ body }) => text(body, "assignment_status"))),
    },
    total_tasks: tasks.length,
    total_workers: workers.length,
    total_available_workers: workers.filter(({ body }) => body["available"] === true).length,
    total_eligible_workers: workers.length,
  };
}

function activities({ store }: Twilio, WorkspaceSid: string, workers: readonly StoredObject[]): Json {
  return store.list(tokens.activity, { WorkspaceSid }).map(({ sid, body }) => ({
    sid,
    friendly_name: body["friendly_name"] ?? null,
    workers: workers.filter((worker) => worker.body["activity_sid"] === sid).length,
  }));
}

/** What happened in the period that was asked for. */
function cumulative({ twilio, query }: Call, { about, events }: Scope): Body {
  const { from, to } = period(query, twilio.clock.now());
  const types = counted(events.map(({ body }) => text(body, "event_type")));
  const of = (type: string): number => types[type] ?? 0;
  const waited = (type: string): Body => spread(events.flatMap((event) => waitUntil(event, type)));
  const accepted = waited("reservation.accepted");
  return {
    ...about,
    start_time: isoSecondsOf(from),
    end_time: isoSecondsOf(to),
    avg_task_acceptance_time: accepted["avg"] ?? 0,
    reservations_created: of("reservation.created"),
    reservations_accepted: of("reservation.accepted"),
    reservations_rejected: of("reservation.rejected"),
    reservations_timed_out: of("reservation.timeout"),
    reservations_canceled: of("reservation.canceled"),
    reservations_rescinded: of("reservation.rescinded"),
    tasks_created: of("task.created"),
    tasks_entered: of("task-queue.entered"),
    tasks_moved: of("task-queue.moved"),
    tasks_canceled: of("task.canceled"),
    tasks_completed: of("task.completed"),
    tasks_deleted: of("task.deleted"),
    tasks_timed_out_in_workflow: of("workflow.timeout"),
    wait_duration_until_accepted: accepted,
    wait_duration_in_queue_until_accepted: accepted,
    wait_duration_until_canceled: waited("task.canceled"),
    split_by_wait_time: null,
    activity_durations: [],
  };
}

/** How long a Task had waited when something happened to it, in seconds. */
function waitUntil({ body }: StoredObject, type: string): number[] {
  if (body["event_type"] !== type) return [];
  const age = textOf(inner(body, "event_data")["task_age"]);
  return age === "" ? [] : [Number(age)];
}

function spread(values: readonly number[]): Body {
  const total = values.reduce((sum, value) => sum + value, 0);
  const isEmpty = values.length === 0;
  return {
    avg: isEmpty ? 0 : Math.round(total / values.length),
    min: isEmpty ? 0 : Math.min(...values),
    max: isEmpty ? 0 : Math.max(...values),
    total,
  };
}

function counted(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

const createdAt = ({ body }: StoredObject): number => Date.parse(text(body, "date_created"));

/** Each of them shows what its row has. */
function shown({ resource, path }: Call, body: Body): Body {
  const place = (resource.instancePath ?? "").replace(/\{(\w+)\}/g, (_, name: string) => path[name] ?? "");
  const all: Body = { ...body, url: `https://${resource.host}${place}` };
  return Object.fromEntries(resource.properties.map(({ name }) => [name, all[name] ?? null]));
}

const fetching = (answer: (call: Call, scope: Scope) => Body): Behaviour => ({
  instead: { fetch: (call) => ({ body: shown(call, answer(call, scopeOf(call))) }) },
});
const live = fetching(({ twilio }, scope) => realTime(twilio, scope));
const lately = fetching(cumulative);
const both = fetching((call, scope) => ({
  ...scope.about,
  realtime: realTime(call.twilio, scope),
  cumulative: cumulative(call, scope),
}));

const of = (name: string) => `twilio:taskrouter:${name}`;

export const statistics: Readonly<Record<string, Behaviour>> = {
  [of("WorkspaceRealTimeStatistics")]: live,
  [of("WorkspaceCumulativeStatistics")]: lately,
  [of("WorkspaceStatistics")]: both,
  [of("TaskQueueRealTimeStatistics")]: live,
  [of("TaskQueueCumulativeStatistics")]: lately,
  [of("TaskQueueStatistics")]: both,
  [of("WorkflowRealTimeStatistics")]: live,
  [of("WorkflowCumulativeStatistics")]: lately,
  [of("WorkflowStatistics")]: both,
  [of("WorkersRealTimeStatistics")]: live,
  [of("WorkersCumulativeStatistics")]: lately,
  [of("WorkerStatistics")]: both,
  [of("WorkerInstanceStatistics")]: both,
};
