/** The stage file of adopted lines: a stage without agents of the project's own, and with what the lines are called. */
import { z } from "zod";
import { agentSchema, lineSchema, stageSchema } from "../stage-schema.ts";
import { adoptedLinesSchema, adoptedSchema } from "./schema.ts";

const said = "How adopted lines stand at Twilio. `npm run stage -- adopt` writes it.";

export const adoptedStageSchema = stageSchema.extend({
  lines: z.array(lineSchema.extend({ agents: z.array(z.string()).optional() })).min(1, "names no line"),
  agents: z.array(agentSchema).default([]),
  adopted: adoptedSchema.describe(said),
});

/** The same with several lines. */
export const adoptedLinesStageSchema = adoptedStageSchema.extend({
  adopted: adoptedLinesSchema.describe(said),
});

/** Adopted lines' stage as its file has it, of the right shape. */
export interface RawAdoptedStage extends Omit<z.output<typeof adoptedStageSchema>, "adopted"> {
  readonly adopted: z.output<typeof adoptedSchema> | z.output<typeof adoptedLinesSchema>;
}

/** The schema of a stage file with this key. */
export function schemaFor(adopted: unknown): typeof adoptedStageSchema | typeof adoptedLinesStageSchema {
  return typeof adopted === "object" && adopted !== null && "lines" in adopted
    ? adoptedLinesStageSchema
    : adoptedStageSchema;
}
