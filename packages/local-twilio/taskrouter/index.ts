/** taskrouter.twilio.com: Tasks that wait for Workers, and what is told of them. */
import { text } from "../fields.ts";
import type { Product } from "../product.ts";
import { armReservation } from "./assignment.ts";
import { reservation, workerReservation } from "./reservation.ts";
import { arm } from "./routing.ts";
import { task } from "./task.ts";
import { tokens } from "./tokens.ts";
import { worker } from "./worker.ts";
import { taskQueue, workflow } from "./workflow.ts";
import { workspace } from "./workspace.ts";

export const taskrouter: Product = {
  name: "taskrouter",
  behaviours: {
    [tokens.workspace]: workspace,
    [tokens.workflow]: workflow,
    [tokens.taskQueue]: taskQueue,
    [tokens.worker]: worker,
    [tokens.task]: task,
    [tokens.reservation]: reservation,
    [tokens.workerReservation]: workerReservation,
  },
  start(twilio) {
    for (const { sid } of twilio.store.list(tokens.task)) arm(twilio, sid);
    for (const pending of twilio.store.list(tokens.reservation)) {
      if (text(pending.body, "reservation_status") === "pending") armReservation(twilio, pending);
    }
  },
};
