/** Who is asked: Workers of the Task's queue who are available and have capacity get reservations. */
import { number, text } from "../fields.ts";
import type { Body, StoredObject, Twilio } from "../product.ts";
import { attributesOf } from "./attributes.ts";
import { hasCapacity } from "./capacity.ts";
import { tell } from "./events.ts";
import { holds, orderOf, valueOf } from "./expression.ts";
import { change, knownWorkerOf, progressOf, statusOf, targetOf, workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

/** What an expression of a Workflow's target knows: https://www.twilio.com/docs/taskrouter/expression-syntax */
function factsOf(task: StoredObject, worker: StoredObject): Body {
  const own = {
    ...attributesOf(worker.body),
    sid: worker.sid,
    name: text(worker.body, "friendly_name"),
    activity_name: text(worker.body, "activity_name"),
  };
  return { ...own, worker: own, task: attributesOf(task.body) };
}

/** The Workers of a queue, whatever they are doing. */
export function workersOf(twilio: Twilio, queue: StoredObject): StoredObject[] {
  const asked = text(queue.body, "target_workers") || "1==1";
  return twilio.store.list(tokens.worker, { WorkspaceSid: workspaceOf(queue) }).filter((worker) =>
    holds(asked, {
      ...attributesOf(worker.body),
      sid: worker.sid,
      name: text(worker.body, "friendly_name"),
    }),
  );
}

/**
 * Workers who may have a Task now. One after the other: whoever was asked longest ago comes first, unless the target
 * has an order of its own.
 */
function workersFor(twilio: Twilio, task: StoredObject): StoredObject[] {
  const queue = twilio.store.find(tokens.taskQueue, text(task.body, "task_queue_sid"));
  const chosen = knownWorkerOf(task);
  const candidates =
    chosen !== null
      ? [twilio.store.find(tokens.worker, chosen) ?? []].flat()
      : queue === undefined
        ? []
        : workersOf(twilio, queue);
  const target = targetOf(task);
  const known = {
    sid: valueOf(target?.known_worker_sid, { task: attributesOf(task.body) }),
    friendly_name: valueOf(target?.known_worker_friendly_name, { task: attributesOf(task.body) }),
  };
  const order = orderOf(target?.order_by);
  return candidates
    .filter(
      (worker) =>
        worker.body["available"] === true &&
        (known.sid === undefined || known.sid === worker.sid) &&
        (known.friendly_name === undefined || known.friendly_name === worker.body["friendly_name"]) &&
        (target?.expression === undefined || holds(target.expression, factsOf(task, worker))) &&
        (task.body["ignore_capacity"] === true || hasCapacity(twilio, worker, task)),
    )
    .map((worker) => ({ worker, facts: factsOf(task, worker), asked: lastAsked(twilio, worker) }))
    .sort(
      (one, other) =>
        order(one.facts, other.facts) ||
        one.asked - other.asked ||
        one.worker.sequence - other.worker.sequence,
    )
    .map(({ worker }) => worker);
}

function lastAsked(twilio: Twilio, worker: StoredObject): number {
  return twilio.store.list(tokens.reservation, { WorkerSid: worker.sid }).at(-1)?.sequence ?? 0;
}

/** Reserves Workers for a Task that waits, as many at once as its queue says; answers their reservations. */
export function reserve(twilio: Twilio, task: StoredObject): StoredObject[] {
  if (statusOf(task) !== "pending") return [];
  const queue = twilio.store.find(tokens.taskQueue, text(task.body, "task_queue_sid"));
  const most = Math.max(1, queue === undefined ? 1 : number(queue.body, "max_reserved_workers"));
  const workers = workersFor(twilio, task).slice(0, most);
  if (workers.length === 0) return [];
  const { asked } = progressOf(task);
  const reserved = change(twilio, task, { assignment_status: "reserved" }, { asked: asked + 1 });
  return workers.map((worker) => reservationOf(twilio, reserved, worker));
}

function reservationOf(twilio: Twilio, task: StoredObject, worker: StoredObject): StoredObject {
  const workspaceSid = workspaceOf(task);
  const now = twilio.clock.iso();
  const sid = twilio.sid("WR");
  const reservation = twilio.store.insert({
    token: tokens.reservation,
    sid,
    parents: { WorkspaceSid: workspaceSid, TaskSid: task.sid, WorkerSid: worker.sid },
    body: {
      sid,
      account_sid: twilio.settings.accountSid,
      workspace_sid: workspaceSid,
      task_sid: task.sid,
      worker_sid: worker.sid,
      worker_name: text(worker.body, "friendly_name"),
      reservation_status: "pending",
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
  tell(twilio, workspaceSid, {
    type: "reservation.created",
    description: `Worker ${text(worker.body, "friendly_name")} reserved for Task ${task.sid}`,
    resource: { type: "reservation", sid },
    task,
    worker,
    reservation,
  });
  return reservation;
}

/** Stores a reservation's status. */
export function setStatus(twilio: Twilio, reservation: StoredObject, status: string): StoredObject {
  return twilio.store.replace(tokens.reservation, reservation.sid, {
    ...reservation.body,
    reservation_status: status,
    date_updated: twilio.clock.iso(),
  });
}
