/** studio.twilio.com: Flows and their Executions. */
import type { Product } from "../product.ts";
import { execution, executionContext } from "./execution.ts";
import { failNextMessage } from "./effects.ts";
import { flow, flowTestUser, flowValidate } from "./flow.ts";
import { flowRevision } from "./revisions.ts";
import { resumeRuns } from "./runner.ts";
import { findRun } from "./runs.ts";
import { executionStep, executionStepContext, readSteps } from "./steps.ts";
import { tokens } from "./tokens.ts";
import {
  callEvent,
  conversationMessage,
  incomingCall,
  incomingMessage,
  messageUndelivered,
} from "./triggers.ts";
import { serveWebhook } from "./webhook-host.ts";

export const studio: Product = {
  name: "studio",
  behaviours: {
    [tokens.flow]: flow,
    [tokens.revision]: flowRevision,
    [tokens.testUser]: flowTestUser,
    [tokens.validate]: flowValidate,
    [tokens.execution]: execution,
    [tokens.executionContext]: executionContext,
    [tokens.step]: executionStep,
    [tokens.stepContext]: executionStepContext,
  },
  services: (twilio) => ({
    studio: {
      conversationMessage: (flowSid, conversationSid, message) =>
        conversationMessage(twilio, flowSid, conversationSid, message),
      incomingMessage: (flowSid, message) => incomingMessage(twilio, flowSid, message),
      incomingCall: (flowSid, parameters) => incomingCall(twilio, flowSid, parameters),
      callEvent: (executionSid, event) => callEvent(twilio, executionSid, event),
      noteUndelivered: (executionSid, messageSid, errorCode) =>
        messageUndelivered(twilio, executionSid, messageSid, errorCode),
      about(executionSid) {
        const run = findRun(twilio, executionSid);
        return run && { state: run.execution.state, conversationSid: run.conversationSid };
      },
      failNextMessage: (how, errorCode) => failNextMessage(twilio, how, errorCode),
      steps: (executionSid) => readSteps(twilio, executionSid),
    },
  }),
  hosts: [{ matches: /^webhooks\.twilio\.com$/, serve: serveWebhook }],
  start: resumeRuns,
};
