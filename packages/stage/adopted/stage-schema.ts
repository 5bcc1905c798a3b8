/** The stage file of an adopted line: a stage without agents of the project's own, and with what the line is called. */
import { z } from "zod";
import { agentSchema, lineSchema, stageSchema } from "../stage-schema.ts";
import { adoptedSchema } from "./schema.ts";

export const adoptedStageSchema = stageSchema.extend({
  lines: z.array(lineSchema.extend({ agents: z.array(z.string()).optional() })).min(1, "names no line"),
  agents: z.array(agentSchema).default([]),
  adopted: adoptedSchema.describe(
    "How an adopted line stands at Twilio. `npm run stage -- adopt` writes it.",
  ),
});

/** An adopted line's stage as its file has it, of the right shape. */
export type RawAdoptedStage = z.output<typeof adoptedStageSchema>;
