import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { readStage, type Stage } from "./config.ts";
import { StageError } from "./errors.ts";

const project = "support-line";

/**
 * Reads a stage from its file, for commands that run outside Pulumi. Values that Pulumi keeps encrypted stay closed.
 *
 * @param name of the stage: `dev` is `Pulumi.dev.yaml` at the top of the checkout
 * @throws StageError when there is no such file, or it has a fault
 */
export function readStageFile(name: string): Stage {
  const file = new URL(`../Pulumi.${name}.yaml`, import.meta.url);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    throw new StageError(name, [
      { key: "*", value: undefined, problem: "is not there: the stage has no file" },
    ]);
  }
  const { config = {} } = (parse(text) ?? {}) as { config?: Record<string, unknown> };
  const prefix = `${project}:`;
  const own = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return readStage(name, Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value])));
}
