import { functionUrlsOf } from "./templates/functions-of.ts";
import { pathOfUrl } from "./templates/foreign.ts";
import type { Project } from "./project.ts";
import type { Stage } from "./stage.ts";
import { StageError, type Fault } from "./errors.ts";

/** Called by Twilio itself, on every message of every line. */
const always = ["reattach-flow"];
/** Called by TaskRouter, when a Task is over. */
const withFlex = ["task-ended"];

/**
 * Names of the Functions that a stage deploys: those that its lines' templates run, those that Twilio calls, and those that
 * no template of the project names, since only their author knows who calls them.
 *
 * @throws TemplateError when a template cannot be read; StageError when its lines and its `flex` do not go together
 */
export async function neededFunctions(project: Project, stage: Stage): Promise<ReadonlySet<string>> {
  const templates = await Promise.all(
    stage.lines.map(async (line) => ({ line, template: (await project.template(line.flow)).template })),
  );
  const handingOver = templates.filter(({ template }) =>
    template.states.some(({ type }) => type === "send-to-flex"),
  );
  const faults = flexFaults(
    stage,
    handingOver.map(({ line }) => line),
  );
  if (faults.length > 0) throw new StageError(stage, faults);
  const isElsewhere = new Set(stage.elsewhere.map(({ exported }) => exported));
  const run = templates.flatMap(({ template }) =>
    functionUrlsOf(template)
      .filter((url) => !isElsewhere.has(url))
      .flatMap((url) => pathOfUrl(url) ?? []),
  );
  const spokenFor = new Set([...project.calledByTemplates(), ...withFlex]);
  return new Set([
    ...always,
    ...(stage.flex === null ? [] : withFlex),
    ...run,
    ...project.functionNames().filter((name) => !spokenFor.has(name)),
  ]);
}

function flexFaults(stage: Stage, handingOver: Stage["lines"]): Fault[] {
  if (stage.flex !== null && handingOver.length === 0) {
    const problem =
      "is there, and no line hands over to it; give a line the template flex, or one of yours with a Send To Flex widget";
    return [{ key: "flex", value: undefined, problem }];
  }
  if (stage.flex !== null) return [];
  return handingOver.map(({ flow }) => ({
    key: `lines[${stage.lines.findIndex((line) => line.flow === flow)}].flow`,
    value: flow,
    problem: "hands over to Flex, but this stage has no key flex; add it, {} is enough",
  }));
}
