/** A Flow as a stage has it, to be tried without deploying: its bindings filled, its Functions with the stage's Variables. */
import type { FlowDefinition } from "@support-line/studio";
import { statesToArray } from "@support-line/studio/states";
import { join } from "node:path";
import {
  functionsOfLine,
  stageVariables,
  variablesOfDeployment,
  type Line,
  type Project,
  type Stage,
} from "@support-line/stage";
import { checkValues } from "@support-line/stage/check";
import { boundFlow, lineValues } from "@support-line/stage/templates";
import { CliError } from "../errors.ts";

export interface StagedFlow {
  readonly definition: FlowDefinition;
  readonly functionsFolder: string;
  readonly variables: Readonly<Record<string, string>>;
}

const ones = (prefix: string) => prefix + "1".repeat(32);

/** Where a Function would be, were it deployed. */
const placeOf = (name: string) => ({
  serviceSid: ones("ZS"),
  environmentSid: ones("ZE"),
  functionSid: ones("ZH"),
  url: `https://functions-0000.twil.io/${name}`,
});

/**
 * Reads the Flow of a stage's first line that has it.
 *
 * @param flow name of the template
 * @throws CliError `no-such-line` when no line has it; StageError, TemplateError when the stage or the Flow has faults
 */
export async function stagedFlow(project: Project, stageName: string, flow: string): Promise<StagedFlow> {
  const stage = project.stage(stageName);
  const line = stage.lines.find((each) => each.flow === flow);
  if (line === undefined) {
    const known = stage.lines.map((each) => `${each.name} (flow ${each.flow})`).join(", ");
    throw new CliError("no-such-line", { stage: stageName, line: `with the flow ${flow}`, known });
  }
  return stagedLine(project, stage, line);
}

/**
 * Reads the Flow of a line.
 *
 * @throws StageError, TemplateError when the stage or the Flow has faults
 */
export async function stagedLine(project: Project, stage: Stage, line: Line): Promise<StagedFlow> {
  const { functions, assets } = await checkValues(project, stage, line);
  const values = lineValues(
    stage,
    line,
    Object.fromEntries(Object.keys(functions).map((name) => [name, placeOf(name)])),
    { workflowSid: ones("WW"), taskChannelSid: ones("TC"), timeoutSeconds: 3600 },
    Object.fromEntries(
      Object.keys(assets).map((path) => [path, { url: `https://functions-0000.twil.io${path}` }]),
    ),
  );
  const { definition } = boundFlow(stage, await project.template(line.flow), values);
  const adopted = stage.adopted === null ? null : functionsOfLine(stage.adopted, line.name);
  return {
    // Everything that fills it here is text.
    definition: statesToArray(definition) as FlowDefinition,
    ...(stage.adopted === null
      ? ownFunctions(project, stage)
      : {
          functionsFolder:
            adopted === null ? project.functionsFolder : join(project.adoptedFolder, adopted.folder),
          variables: adopted?.variables ?? {},
        }),
  };
}

function ownFunctions(project: Project, stage: Stage): Pick<StagedFlow, "functionsFolder" | "variables"> {
  return {
    functionsFolder: project.functionsFolder,
    variables: {
      ...variablesOfDeployment(stage, { conversationsServiceSid: ones("IS"), flowSid: ones("FW") }),
      // What is encrypted stays closed here: --var gives it.
      ...Object.fromEntries(Object.entries(stageVariables(stage)).filter(([, value]) => value !== "")),
    },
  };
}
