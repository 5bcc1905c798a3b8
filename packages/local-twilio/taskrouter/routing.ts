/**
 * A Task's way: its Workflow's filter, the queues of that filter one after the other, the end when nobody took it.
 * https://www.twilio.com/docs/taskrouter/lifecycle-task-workflows-and-assignment
 */
import { number, text } from "../fields.ts";
import type { StoredObject, Twilio } from "../product.ts";
import type { State } from "../state.ts";
import { moveWorker } from "./activity.ts";
import { attributesOf } from "./attributes.ts";
import { reserve, setStatus, workersOf } from "./assignment.ts";
import { routesOf, type Route } from "./configuration.ts";
import { afterItsEnd, armDeletion } from "./deletion.ts";
import { tell } from "./events.ts";
import { holds } from "./expression.ts";
import { change, knownWorkerOf, progressOf, statusOf, targetOf, taskNow, workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

/** https://www.twilio.com/docs/taskrouter/api/workflow#taskreservationtimeout */
const usualReservationSeconds = 120;
/** How often a Task is offered before it is given up: https://www.twilio.com/docs/taskrouter/limits#other-limits */
const mostOffers = 1000;

/** Starts a Task on its way. */
export function begin(twilio: Twilio, task: StoredObject): void {
  tell(twilio, workspaceOf(task), { type: "task.created", description: `Task ${task.sid} created`, task });
  if (knownWorkerOf(task) !== null) {
    offer(twilio, task.sid);
    return arm(twilio, task.sid);
  }
  tell(twilio, workspaceOf(task), {
    type: "workflow.entered",
    description: `Task ${task.sid} entered Workflow ${text(task.body, "workflow_friendly_name")}`,
    task,
  });
  evaluate(twilio, task);
}

/** Finds a Task's way through its Workflow; again when the Workflow has changed. */
export function evaluate(twilio: Twilio, task: StoredObject): void {
  const workflow = twilio.store.find(tokens.workflow, text(task.body, "workflow_sid"));
  follow(twilio, task, workflow === undefined ? [] : routesOf(workflow, attributesOf(task.body)));
}

/** The Task takes the first of these ways. */
function follow(twilio: Twilio, task: StoredObject, [first, ...otherwise]: readonly Route[]): void {
  if (first === undefined) {
    tell(twilio, workspaceOf(task), {
      type: "workflow.skipped",
      description: `Task ${task.sid} left its Workflow: no filter takes it`,
      task,
    });
    return cancel(twilio, task, "No filter of the Workflow takes the Task");
  }
  const enteredAt = twilio.clock.now();
  enter(twilio, change(twilio, task, {}, { route: first, otherwise, enteredAt }), 0);
}

/** The Task comes into a queue of its way. */
function enter(twilio: Twilio, task: StoredObject, at: number): void {
  const { route, enteredAt } = progressOf(task);
  const target = route?.targets[at];
  if (route === null || target === undefined) return;
  const queue = twilio.store.find(tokens.taskQueue, target.queue);
  // A target's time-out is counted from the beginning: https://www.twilio.com/docs/taskrouter/task-evaluation
  const seconds = route.targets.slice(0, at + 1).reduce((sum, { timeout = 0 }) => sum + timeout, 0);
  const entered = change(
    twilio,
    task,
    {
      task_queue_sid: target.queue,
      task_queue_friendly_name: queue === undefined ? null : text(queue.body, "friendly_name"),
      task_queue_entered_date: twilio.clock.iso(),
      ...(target.priority === undefined ? {} : { priority: target.priority }),
    },
    { at, leavesAt: target.timeout === undefined ? 0 : enteredAt + seconds * 1000 },
  );
  const parameters = { WorkflowFilterName: route.filterName, WorkflowFilterTargetName: target.queue };
  const say = (type: string, about: StoredObject) =>
    tell(twilio, workspaceOf(task), {
      type,
      description: `Task ${task.sid}: ${type}`,
      task: about,
      parameters,
    });
  if (at > 0) say("task-queue.moved", task);
  say("workflow.target-matched", entered);
  say("task-queue.entered", entered);
  offer(twilio, task.sid);
  const now = taskNow(twilio, task.sid);
  if (now !== undefined && queue !== undefined && isSkipped(twilio, now, queue)) return skip(twilio, now);
  arm(twilio, task.sid);
}

/** A target that nobody can be asked in at once may be skipped: https://www.twilio.com/docs/taskrouter/worker-presence */
function isSkipped(twilio: Twilio, task: StoredObject, queue: StoredObject): boolean {
  const condition = targetOf(task)?.skip_if;
  if (condition === undefined || statusOf(task) !== "pending") return false;
  const counts: Record<string, number> = { available: 0, unavailable: 0 };
  for (const { sid } of twilio.store.list(tokens.activity, { WorkspaceSid: workspaceOf(task) })) {
    counts[sid] = 0;
  }
  for (const { body } of workersOf(twilio, queue)) {
    for (const name of [
      body["available"] === true ? "available" : "unavailable",
      text(body, "activity_sid"),
    ]) {
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return holds(condition, { workers: counts, task: attributesOf(task.body) });
}

/** On to the next target; after the last one the filter counts as one that does not match. */
function skip(twilio: Twilio, task: StoredObject): void {
  const { route, at, otherwise } = progressOf(task);
  if (at + 1 < (route?.targets.length ?? 0)) enter(twilio, task, at + 1);
  else follow(twilio, task, otherwise);
}

/** When the clock comes back to each Task, so that it does once however often it is asked to. */
const armedTimers: State<Map<string, number>> = { ofStore: true, open: () => new Map() };

/** Has the clock come back to a Task when it leaves its queue or is given up. */
export function arm(twilio: Twilio, sid: string): void {
  const task = taskNow(twilio, sid);
  if (task === undefined || !isWaiting(task)) return;
  const { leavesAt, expiresAt } = progressOf(task);
  const dates = [mayLeave(twilio, task) ? leavesAt : 0, expiresAt].filter((date) => date > 0);
  const at = Math.min(...dates);
  const armed = twilio.state(armedTimers);
  if (dates.length === 0 || (armed.get(sid) ?? Infinity) <= at) return;
  armed.set(sid, at);
  twilio.clock.at(at, () => {
    if (armed.get(sid) === at) armed.delete(sid);
    due(twilio, sid);
  });
}

const isWaiting = (task: StoredObject): boolean => ["pending", "reserved"].includes(statusOf(task));

/** Whether a Task's queue may time out now: not while somebody is asked, who may still accept. */
const mayLeave = (twilio: Twilio, task: StoredObject): boolean =>
  statusOf(task) === "pending" || twilio.settings.switches.queueTimeoutWhileReserved === "atOnce";

function due(twilio: Twilio, sid: string): void {
  const task = taskNow(twilio, sid);
  if (task === undefined || !isWaiting(task)) return;
  const now = twilio.clock.now();
  const { leavesAt, expiresAt } = progressOf(task);
  const isOver = expiresAt > 0 && expiresAt <= now;
  const isLeaving = leavesAt > 0 && leavesAt <= now && mayLeave(twilio, task);
  if (isLeaving && !(isOver && expiresAt < leavesAt)) return leave(twilio, withdraw(twilio, task));
  if (isOver) return cancel(twilio, task, "Task TTL Exceeded");
  arm(twilio, sid);
}

/** The Task has waited in its queue for long enough. */
function leave(twilio: Twilio, task: StoredObject): void {
  const { route, at } = progressOf(task);
  const say = (type: string) =>
    tell(twilio, workspaceOf(task), { type, description: `Task ${task.sid}: ${type}`, task });
  say("task-queue.timeout");
  if (at + 1 < (route?.targets.length ?? 0)) return enter(twilio, task, at + 1);
  say("workflow.timeout");
  cancel(twilio, task, "Task canceled on Workflow timeout");
}

/** Gives a Task up. */
export function cancel(twilio: Twilio, task: StoredObject, reason: string): void {
  const free = withdraw(twilio, task);
  const canceled = change(
    twilio,
    free,
    { assignment_status: "canceled", reason },
    { deletedAt: afterItsEnd(twilio) },
  );
  tell(twilio, workspaceOf(task), {
    type: "task.canceled",
    description: `Task ${task.sid} canceled: ${reason}`,
    task: canceled,
  });
  armEnd(twilio, canceled);
  offerAll(twilio, workspaceOf(task));
}

/** Has the clock come back to a Task that is over or somebody has, when TaskRouter deletes it. */
export function armEnd(twilio: Twilio, task: StoredObject): void {
  armDeletion(twilio, task, () => offerAll(twilio, workspaceOf(task)));
}

/** Offers a waiting Task to those who can take it, if there is anybody. */
export function offer(twilio: Twilio, sid: string): void {
  const task = taskNow(twilio, sid);
  if (task === undefined) return;
  for (const reservation of reserve(twilio, task)) armReservation(twilio, reservation);
}

/** Offers every waiting Task of a Workspace, the most urgent and then the oldest first (or newest, in a LIFO queue). */
export function offerAll(twilio: Twilio, workspaceSid: string): void {
  const { store } = twilio;
  if (store.list(tokens.worker, { WorkspaceSid: workspaceSid }, { available: true }).length === 0) return;
  const place = ({ body, sequence }: StoredObject): number => {
    const queue = store.find(tokens.taskQueue, text(body, "task_queue_sid"));
    return queue?.body["task_order"] === "LIFO" ? -sequence : sequence;
  };
  const waiting = store
    .list(tokens.task, { WorkspaceSid: workspaceSid }, { assignment_status: "pending" })
    .map((task) => ({ sid: task.sid, priority: number(task.body, "priority"), place: place(task) }))
    .sort((one, other) => other.priority - one.priority || one.place - other.place);
  for (const { sid } of waiting) offer(twilio, sid);
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
type Unsettled = "timeout" | "rejected" | "canceled" | "rescinded";

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
  if (task === undefined || statusOf(task) !== "reserved" || isAsked(twilio, task)) return;
  const waiting = change(twilio, task, { assignment_status: "pending" });
  if (how === "timeout" || how === "rejected") goOn(twilio, waiting);
}

const isAsked = (twilio: Twilio, task: StoredObject): boolean => pendingOf(twilio, task).length > 0;

/** Reservations of a Task that wait for an answer. */
export function pendingOf(twilio: Twilio, task: StoredObject): StoredObject[] {
  return twilio.store.list(tokens.reservation, { TaskSid: task.sid }, { reservation_status: "pending" });
}

/** Whoever was asked did not take it: the next one is, or the Task leaves its queue if its time there is over. */
function goOn(twilio: Twilio, task: StoredObject): void {
  const { asked, leavesAt } = progressOf(task);
  // Who was meant does not want it, and nobody else is: the Task is over, says Flex's page of best practices.
  if (knownWorkerOf(task) !== null) return cancel(twilio, task, "The Worker did not take the Task");
  if (asked >= mostOffers) return cancel(twilio, task, "Task TTL Exceeded or Max assignment count exceeded");
  if (leavesAt > 0 && leavesAt <= twilio.clock.now()) return leave(twilio, task);
  offer(twilio, task.sid);
  offerAll(twilio, workspaceOf(task));
  arm(twilio, task.sid);
}

/** Takes a Task back from whom it was offered to; answers it as it is now. */
export function withdraw(twilio: Twilio, task: StoredObject): StoredObject {
  for (const reservation of pendingOf(twilio, task)) settle(twilio, reservation, "canceled");
  const current = taskNow(twilio, task.sid) ?? task;
  return statusOf(current) === "reserved"
    ? change(twilio, current, { assignment_status: "pending" })
    : current;
}
