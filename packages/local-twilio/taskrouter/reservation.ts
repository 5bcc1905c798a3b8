/** Reservations, below their Task and below their Worker: https://www.twilio.com/docs/taskrouter/api/reservations */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import type { Behaviour, StoredObject, Twilio } from "../product.ts";
import { moveWorker } from "./activity.ts";
import { setStatus } from "./assignment.ts";
import { afterADay } from "./deletion.ts";
import { tell } from "./events.ts";
import { armEnd, pendingOf, settle } from "./routing.ts";
import { change, taskNow, workspaceOf } from "./state.ts";
import { finish } from "./task.ts";
import { tokens } from "./tokens.ts";

/** From which statuses a reservation may come into another by a request. */
const from: Readonly<Record<string, readonly string[]>> = {
  accepted: ["pending"],
  rejected: ["pending"],
  wrapping: ["accepted"],
  completed: ["accepted", "wrapping"],
};

export const reservation: Behaviour = {
  update({ input }, current, draft) {
    const status = text(current.body, "reservation_status");
    const to = text(input, "ReservationStatus");
    if (to !== "" && !from[to]?.includes(status)) {
      throw new TwilioError(20001, {
        reason: `Reservation ${current.sid} cannot become ${to} because it is ${status}`,
      });
    }
    return { body: { ...draft, reservation_status: status } };
  },
  updated({ twilio, input }, _, after) {
    const to = text(input, "ReservationStatus");
    if (to === "accepted") accept(twilio, after);
    if (to === "rejected") reject(twilio, after, text(input, "WorkerActivitySid"));
    const task = taskNow(twilio, text(after.body, "task_sid"));
    if (task !== undefined && (to === "wrapping" || to === "completed")) finish(twilio, task, to, "");
  },
  list({ query }, objects) {
    const status = text(query, "ReservationStatus");
    const worker = text(query, "WorkerSid");
    return objects
      .filter(
        ({ body }) =>
          (status === "" || body["reservation_status"] === status) &&
          (worker === "" || body["worker_sid"] === worker),
      )
      .sort((one, other) => other.sequence - one.sequence);
  },
};

/** The same below a Worker. */
export const workerReservation: Behaviour = { ...reservation, kept: { token: tokens.reservation } };

function accept(twilio: Twilio, pending: StoredObject): void {
  const accepted = setStatus(twilio, pending, "accepted");
  const task = taskNow(twilio, text(pending.body, "task_sid"));
  const worker = twilio.store.find(tokens.worker, text(pending.body, "worker_sid"));
  if (task === undefined || worker === undefined) return;
  const assigned = change(twilio, task, { assignment_status: "assigned" }, { deletedAt: afterADay(twilio) });
  tell(twilio, workspaceOf(pending), {
    type: "reservation.accepted",
    description: `Worker ${text(worker.body, "friendly_name")} accepted Task ${task.sid}`,
    resource: { type: "reservation", sid: pending.sid },
    task: assigned,
    worker,
    reservation: accepted,
  });
  armEnd(twilio, assigned);
  // With several asked at once, the first to accept has it.
  for (const other of pendingOf(twilio, task)) settle(twilio, other, "rescinded");
}

function reject(twilio: Twilio, pending: StoredObject, activitySid: string): void {
  const worker = twilio.store.find(tokens.worker, text(pending.body, "worker_sid"));
  if (worker !== undefined && activitySid !== "") moveWorker(twilio, worker, activitySid);
  settle(twilio, pending, "rejected");
}
