/** Workflows and queues: what cannot be read is refused. https://www.twilio.com/docs/taskrouter/api/workflow */
import { TwilioError } from "../errors.ts";
import { text } from "../fields.ts";
import type { Behaviour, Body } from "../product.ts";
import { offerAll } from "./assignment.ts";
import { configurationFault } from "./configuration.ts";
import { ExpressionError, holds } from "./expression.ts";
import { workspaceOf } from "./state.ts";

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
};

export const taskQueue: Behaviour = {
  before(call) {
    checkWorkers(call.input);
    return call;
  },
  updated: ({ twilio }, _, after) => offerAll(twilio, workspaceOf(after)),
};
