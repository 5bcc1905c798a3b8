/** Who is asked: a Worker of the Task's queue who is available and has nothing else to do gets a reservation. */
import { number, text } from "../fields.ts";
import type { Body, StoredObject, Twilio } from "../product.ts";
import { attributesOf } from "./attributes.ts";
import { tell } from "./events.ts";
import { holds } from "./expression.ts";
import { change, progressOf, statusOf, taskNow, workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

/** https://www.twilio.com/docs/taskrouter/api/workflow#taskreservationtimeout */
const usualReservationSeconds = 120;
const openStatuses = ["pending", "accepted", "wrapping"];

/** Offers a waiting Task to the Worker who has been free for the longest time, if there is one. */
export function offer(twilio: Twilio, sid: string): void {
  const task = taskNow(twilio, sid);
  if (task === undefined || statusOf(task) !== "pending") return;
  const [worker] = workersFor(twilio, task);
  if (worker === undefined) return;
  const workspaceSid = workspaceOf(task);
  const now = twilio.clock.iso();
  const reservationSid = twilio.sid("WR");
  const reservation = twilio.store.insert({
    token: tokens.reservation,
    sid: reservationSid,
    parents: { WorkspaceSid: workspaceSid, TaskSid: sid, WorkerSid: worker.sid },
    body: {
      sid: reservationSid,
      account_sid: twilio.settings.accountSid,
      workspace_sid: workspaceSid,
      task_sid: sid,
      worker_sid: worker.sid,
      worker_name: text(worker.body, "friendly_name"),
      reservation_status: "pending",
      date_created: now,
      date_updated: now,
    },
    hidden: {},
  });
  const reserved = change(twilio, task, { assignment_status: "reserved" });
  tell(twilio, workspaceSid, {
    type: "reservation.created",
    description: `Worker ${text(worker.body, "friendly_name")} reserved for Task ${sid}`,
    resource: { type: "reservation", sid: reservationSid },
    task: reserved,
    worker,
    reservation,
  });
  armReservation(twilio, reservation);
}

/** Offers every waiting Task of a Workspace, the most urgent and then the oldest first. */
export function offerAll(twilio: Twilio, workspaceSid: string): void {
  const waiting = twilio.store
    .list(tokens.task, { WorkspaceSid: workspaceSid }, { assignment_status: "pending" })
    .sort(
      (one, other) =>
        number(other.body, "priority") - number(one.body, "priority") || one.sequence - other.sequence,
    );
  for (const { sid } of waiting) offer(twilio, sid);
}

/** Workers who may have a Task now, whoever has been free for the longest time first. */
function workersFor(twilio: Twilio, task: StoredObject): StoredObject[] {
  const { store } = twilio;
  const workspaceSid = workspaceOf(task);
  const queue = store.find(tokens.taskQueue, text(task.body, "task_queue_sid"));
  if (queue === undefined) return [];
  const { route, at, refusedBy } = progressOf(task);
  const asked = text(queue.body, "target_workers") || "1==1";
  const narrowed = route?.targets[at]?.expression;
  const about = attributesOf(task.body);
  return store
    .list(tokens.worker, { WorkspaceSid: workspaceSid }, { available: true })
    .filter((worker) => {
      const own = attributesOf(worker.body);
      const both: Body = { ...own, worker: own, task: about };
      return (
        !refusedBy.includes(worker.sid) &&
        holds(asked, both) &&
        (narrowed === undefined || holds(narrowed, both)) &&
        isFree(twilio, worker)
      );
    })
    .sort((one, other) => freeSince(one) - freeSince(other) || one.sequence - other.sequence);
}

const freeSince = ({ body }: StoredObject): number => Date.parse(text(body, "date_status_changed")) || 0;

/** A Worker has one Task at a time: the capacity that every channel has until somebody changes it. */
function isFree(twilio: Twilio, worker: StoredObject): boolean {
  return !twilio.store
    .list(tokens.reservation, { WorkerSid: worker.sid })
    .some(({ body }) => openStatuses.includes(text(body, "reservation_status")));
}

/** Has the clock come back to a reservation that nobody answers. */
export function armReservation(twilio: Twilio, reservation: StoredObject): void {
  const task = taskNow(twilio, text(reservation.body, "task_sid"));
  const workflow = twilio.store.find(
    tokens.workflow,
    task === undefined ? "" : text(task.body, "workflow_sid"),
  );
  const seconds =
    (workflow === undefined ? 0 : number(workflow.body, "task_reservation_timeout")) ||
    usualReservationSeconds;
  const at = Date.parse(text(reservation.body, "date_created")) + seconds * 1000;
  twilio.clock.at(at, () => {
    const current = twilio.store.find(tokens.reservation, reservation.sid);
    if (current !== undefined && current.body["reservation_status"] === "pending") {
      settle(twilio, current, "timeout");
    }
  });
}

/** What a reservation that came to nothing is called, and what its Event is. */
type Unsettled = "timeout" | "rejected" | "canceled";

/** Ends a reservation without the Task; whoever let it time out is no longer available. */
export function settle(twilio: Twilio, reservation: StoredObject, how: Unsettled): void {
  const settled = setStatus(twilio, reservation, how);
  const task = taskNow(twilio, text(reservation.body, "task_sid"));
  const worker = twilio.store.find(tokens.worker, text(reservation.body, "worker_sid"));
  const workspaceSid = workspaceOf(reservation);
  tell(twilio, workspaceSid, {
    type: `reservation.${how}`,
    description: `Reservation ${reservation.sid}: ${how}`,
    resource: { type: "reservation", sid: reservation.sid },
    ...(task === undefined ? {} : { task }),
    ...(worker === undefined ? {} : { worker }),
    reservation: settled,
  });
  if (how === "timeout" && worker !== undefined) {
    const workspace = twilio.store.find(tokens.workspace, workspaceSid);
    moveWorker(twilio, worker, workspace === undefined ? "" : text(workspace.body, "timeout_activity_sid"));
  }
  if (task === undefined || statusOf(task) !== "reserved" || how === "canceled") return;
  const { refusedBy } = progressOf(task);
  const workerSid = text(reservation.body, "worker_sid");
  change(twilio, task, { assignment_status: "pending" }, { refusedBy: [...refusedBy, workerSid] });
  offer(twilio, task.sid);
}

/** Takes a Task back from whom it was offered to; answers it as it is now. */
export function withdraw(twilio: Twilio, task: StoredObject): StoredObject {
  for (const reservation of twilio.store.list(tokens.reservation, { TaskSid: task.sid })) {
    if (reservation.body["reservation_status"] === "pending") settle(twilio, reservation, "canceled");
  }
  const current = taskNow(twilio, task.sid) ?? task;
  return statusOf(current) === "reserved"
    ? change(twilio, current, { assignment_status: "pending" })
    : current;
}

/** Stores a reservation's status. */
export function setStatus(twilio: Twilio, reservation: StoredObject, status: string): StoredObject {
  return twilio.store.replace(tokens.reservation, reservation.sid, {
    ...reservation.body,
    reservation_status: status,
    date_updated: twilio.clock.iso(),
  });
}

/** Puts a Worker into another Activity and tells of it; answers the Worker as it is now. */
export function moveWorker(twilio: Twilio, worker: StoredObject, activitySid: string): StoredObject {
  const activity = twilio.store.find(tokens.activity, activitySid);
  if (activity === undefined || worker.body["activity_sid"] === activitySid) return worker;
  const moved = twilio.store.replace(tokens.worker, worker.sid, {
    ...worker.body,
    ...activityFields(activity),
    date_status_changed: twilio.clock.iso(),
    date_updated: twilio.clock.iso(),
  });
  tell(twilio, workspaceOf(worker), {
    type: "worker.activity.update",
    description: `Worker ${text(worker.body, "friendly_name")} is ${text(activity.body, "friendly_name")}`,
    resource: { type: "worker", sid: worker.sid },
    worker: moved,
    parameters: { WorkerPreviousActivitySid: text(worker.body, "activity_sid") },
  });
  return moved;
}

/** What a Worker shows of its Activity. */
export function activityFields(activity: StoredObject): Body {
  return {
    activity_sid: activity.sid,
    activity_name: text(activity.body, "friendly_name"),
    available: activity.body["available"] === true,
  };
}
