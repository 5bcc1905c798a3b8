/** Tokens of Studio's resources. */
export const tokens = {
  flow: "twilio:studio:Flow",
  revision: "twilio:studio:FlowRevision",
  testUser: "twilio:studio:FlowTestUser",
  validate: "twilio:studio:FlowValidate",
  execution: "twilio:studio:Execution",
  executionContext: "twilio:studio:ExecutionContext",
  step: "twilio:studio:ExecutionStep",
  stepContext: "twilio:studio:ExecutionStepContext",
} as const;
