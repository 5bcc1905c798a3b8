/** What a deployed stage says of itself: the outputs of its stack. */
import { z } from "zod";
import { CliError } from "../errors.ts";
import { pulumi } from "./pulumi.ts";

const schema = z.object({
  functionsDomain: z.string(),
  conversationsServiceSid: z.string(),
  /** Of the local Twilio; empty for Twilio itself. */
  endpoint: z.string(),
  lines: z.array(z.object({ name: z.string(), address: z.string(), flowSid: z.string() })),
});

export type StageOutputs = z.output<typeof schema>;

/**
 * The outputs of a stage.
 *
 * @throws CliError when the stage is not deployed, with what Pulumi says
 */
export async function stageOutputs(stage: string): Promise<StageOutputs> {
  const text = await pulumi(stage, ["stack", "output", "--json"]);
  const { success, data } = schema.safeParse(JSON.parse(text));
  if (!success) throw new CliError("stage-not-deployed", { stage });
  return data;
}

/** A value of the stage's configuration, or null where it has none. */
export async function stageSetting(stage: string, key: string): Promise<string | null> {
  try {
    return (await pulumi(stage, ["config", "get", key])).trim();
  } catch (error) {
    if (error instanceof CliError) return null;
    throw error;
  }
}
