/** What a deployed stage says of itself: the outputs of its stack. */
import { projectFolder, projectName } from "@support-line/stage/project-folder";
import { z } from "zod";
import { CliError } from "../errors.ts";
import { pulumi } from "./pulumi.ts";

const schema = z.object({
  functionsDomain: z.string(),
  conversationsServiceSid: z.string(),
  /** Of the local Twilio; empty for Twilio itself. */
  endpoint: z.string(),
  lines: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      flowSid: z.string(),
      /** Where it is not the stage's. */
      conversationsServiceSid: z.string().optional(),
    }),
  ),
});

export type StageOutputs = z.output<typeof schema>;

/** Every Conversations Service of a stage: adopted lines may have one each. */
export function conversationsServices({
  conversationsServiceSid,
  lines,
}: Pick<StageOutputs, "conversationsServiceSid" | "lines">): string[] {
  return [
    ...new Set([conversationsServiceSid, ...lines.flatMap(({ conversationsServiceSid: own }) => own ?? [])]),
  ];
}

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

const configured = z.record(z.string(), z.looseObject({ value: z.string().optional() }));

/** All of a stage's configuration, secrets in plain: keys of the project without its name, of others as `twilio:authToken`. */
export async function stageSettings(stage: string): Promise<Readonly<Record<string, string>>> {
  const text = await pulumi(stage, ["config", "--json", "--show-secrets"]);
  const entries = Object.entries(configured.parse(JSON.parse(text)));
  const project = `${projectName(projectFolder(process.cwd()))}:`;
  const short = (key: string) => (key.startsWith(project) ? key.slice(project.length) : key);
  return Object.fromEntries(
    entries.flatMap(([key, { value }]) => (value === undefined ? [] : [[short(key), value]])),
  );
}
