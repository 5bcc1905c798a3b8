import { functionsOf } from "../flow-templates/functions-of.ts";
import { loadTemplate } from "../flow-templates/load.ts";
import type { Stage } from "./config.ts";

/** Called by Twilio itself, on every message of every line. */
const always = ["reattach-flow"];

/**
 * Names of the Functions that a stage deploys: those that its lines' templates run, and those that Twilio calls.
 *
 * @throws TemplateError when a template cannot be read
 */
export async function neededFunctions(stage: Stage): Promise<ReadonlySet<string>> {
  const templates = await Promise.all(stage.lines.map(({ flow }) => loadTemplate(flow)));
  return new Set([...always, ...templates.flatMap(({ template }) => [...functionsOf(template)])]);
}
