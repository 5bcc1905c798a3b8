import type { OverlayRow } from "./overlay-row.ts";

/** Conversation Orchestrator, the successor of Conversations, and the memory of customers that it needs. */
const accepted = "the answer to a write is 202 with a statusUrl; what is there afterwards a fetch shows";

export const orchestrator: readonly OverlayRow[] = [
  {
    token: "twilio:conversations:OrchestratorConfiguration",
    idPrefix: "conv_configuration_",
    later: {
      operation: "twilio:conversations:OrchestratorOperation",
      id: "related.configurationId",
      done: ["COMPLETED"],
      failed: ["FAILED"],
    },
    reason: accepted,
  },
  {
    token: "twilio:conversations:OrchestratorConfiguration",
    mergedInputs: ["channelSettings"],
    filledIn: ["channelSettings", "memoryExtractionEnabled"],
    nullable: ["channelSettings", "conversationsV1Bridge"],
    reason: "an update merges them channel by channel; what nobody says is as Twilio has it, or is not there",
  },
  {
    token: "twilio:conversations:OrchestratorOperation",
    idPrefix: "proc_job_",
    idProperty: "operationId",
    reason: "its path says id, its answer operationId",
  },
  {
    token: "twilio:memory:Store",
    idPrefix: "mem_store_",
    later: {
      operation: "twilio:memory:Operation",
      id: "result.id",
      done: ["COMPLETED"],
      failed: ["FAILED", "CANCELLED"],
    },
    reason: accepted,
  },
  {
    token: "twilio:memory:Operation",
    idPrefix: "proc_job_",
    idProperty: "operationId",
    reason: "operationId, in the path as in the answer",
  },
];
