/** After a deployment to a local Twilio: tells it what the stage and its agents are called, which Twilio has no place for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CommandLine } from "./command-line.ts";

/** As long as a deployment waits for it, in milliseconds. */
const patienceMs = 2000;

/**
 * Tells. A local Twilio that does not take them shows numbers in place of names, which keeps nobody from deploying: nothing
 * is said, and nothing fails.
 */
export async function tellNames(
  { words: [command], help }: CommandLine,
  root: string,
  stage: string | null,
): Promise<void> {
  if (command !== "up" || help || stage === null) return;
  try {
    // No other command has a use for what reads a stage.
    const { allAgents, openProject } = await import("@support-line/stage");
    const { parse } = await import("yaml");
    const { z } = await import("zod");
    const settings = z.object({ config: z.looseObject({ "twilio:endpoint": z.string().optional() }) });
    const file: unknown = parse(readFileSync(join(root, `Pulumi.${stage}.yaml`), "utf8"));
    const { config } = settings.parse(file);
    const endpoint = config["twilio:endpoint"];
    if (endpoint === undefined || endpoint === "") return;
    const { lines, name } = openProject(root).stage(stage);
    const people = new Map(lines.flatMap(allAgents).map((agent) => [agent.address, agent.name]));
    await fetch(`${endpoint}/_local/v1/names`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        stage: name,
        lines: lines.map((line) => ({ address: line.address, name: line.name })),
        people: [...people].map(([address, called]) => ({ address, name: called })),
      }),
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    // See above.
  }
}
