/** taskrouter.twilio.com: Tasks that wait for Workers, and what is told of them. */
import { text } from "../fields.ts";
import type { Product } from "../product.ts";
import { reservation, workerReservation } from "./reservation.ts";
import { event } from "./event-list.ts";
import { arm, armEnd, armReservation } from "./routing.ts";
import { statistics } from "./statistics.ts";
import { taskChannel } from "./task-channel.ts";
import { task } from "./task.ts";
import { tokens } from "./tokens.ts";
import { worker } from "./worker.ts";
import { workerChannel } from "./worker-channel.ts";
import { taskQueue, workflow } from "./workflow.ts";
import { workspace } from "./workspace.ts";

export const taskrouter: Product = {
  name: "taskrouter",
  behaviours: {
    [tokens.workspace]: workspace,
    [tokens.workflow]: workflow,
    [tokens.taskQueue]: taskQueue,
    [tokens.taskChannel]: taskChannel,
    [tokens.event]: event,
    [tokens.worker]: worker,
    [tokens.workerChannel]: workerChannel,
    [tokens.task]: task,
    [tokens.reservation]: reservation,
    [tokens.workerReservation]: workerReservation,
    ...statistics,
  },
  start(twilio) {
    for (const each of twilio.store.list(tokens.task)) {
      arm(twilio, each.sid);
      armEnd(twilio, each);
    }
    for (const pending of twilio.store.list(tokens.reservation)) {
      if (text(pending.body, "reservation_status") === "pending") armReservation(twilio, pending);
    }
  },
};
