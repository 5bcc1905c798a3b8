/** Workflows and queues: what cannot be read is refused. https://www.twilio.com/docs/taskrouter/api/workflow */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import type { Behaviour, Body } from "../product.ts";
import { configurationFault } from "./configuration.ts";
import { ExpressionError, holds } from "./expression.ts";
import { evaluate, offerAll, withdraw } from "./routing.ts";
import { workspaceOf } from "./state.ts";
import { tokens } from "./tokens.ts";

const usualReservationTimeout = 120;

function checkConfiguration(input: Body): void {
  const fault =
    input["Configuration"] === undefined ? null : configurationFault(text(input, "Configuration"));
  if (fault !== null) throw new TwilioError(20001, { reason: `Configuration: ${fault}` });
}

function checkWorkers(input: Body): void {
  const expression = text(input, "TargetWorkers");
  try {
    if (expression !== "") holds(expression, {});
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new TwilioError(20001, { reason: `TargetWorkers: ${error.message}` });
  }
}

export const workflow: Behaviour = {
  before(call) {
    checkConfiguration(call.input);
    return call;
  },
  create: ({ input }, { body }) => ({
    body: {
      ...body,
      document_content_type: null,
      task_reservation_timeout: input["TaskReservationTimeout"] ?? usualReservationTimeout,
    },
  }),
  updated({ twilio, input }, _, after) {
    if (input["ReEvaluateTasks"] !== true && input["ReEvaluateTasks"] !== "true") return;
    const own = { workflow_sid: after.sid };
    for (const task of twilio.store.list(tokens.task, { WorkspaceSid: workspaceOf(after) }, own)) {
      if (task.body["assignment_status"] === "pending" || task.body["assignment_status"] === "reserved") {
        evaluate(twilio, withdraw(twilio, task));
      }
    }
  },
};

export const taskQueue: Behaviour = {
  before(call) {
    checkWorkers(call.input);
    return call;
  },
  create: ({ input }, { body }) => ({
    body: {
      ...body,
      target_workers: text(input, "TargetWorkers") || "1==1",
      max_reserved_workers: input["MaxReservedWorkers"] ?? 1,
    },
  }),
  updated: ({ twilio }, _, after) => offerAll(twilio, workspaceOf(after)),
};
