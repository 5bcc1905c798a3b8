/** What is wrong with a stage, without credentials and without asking anybody. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { bind } from "@support-line/studio/bindings";
import { statesToArray } from "@support-line/studio/states";
import { validate } from "@support-line/studio/validate";
import { adoptedStageFaults, answeredTwice } from "./adopted/check.ts";
import { StageError } from "./errors.ts";
import { functionFaults } from "./function-faults.ts";
import { pairsOf } from "./pairs.ts";
import type { Project } from "./project.ts";
import type { Line, Stage } from "./stage.ts";
import { lineValues } from "./templates/line-values.ts";
import { TemplateError } from "./templates/load.ts";
import { stageVariables } from "./variables.ts";

export interface StageCheck {
  readonly stage: string;
  /** What is wrong, each with the key or the place it is at; empty: nothing. */
  readonly faults: readonly string[];
  readonly lines: readonly {
    readonly name: string;
    readonly flow: string;
    readonly agents: number;
    readonly proxies: number;
    /** Customers that can talk to an agent at once. */
    readonly atOnce: number;
  }[];
}

/**
 * Checks a stage: its file, its Variables, its Flows as they would be deployed, and the Functions that read the Variables.
 *
 * @param all stages of the project, so that no number has two answers
 */
export async function checkStage(
  project: Project,
  name: string,
  all = project.readableStages(),
): Promise<StageCheck> {
  try {
    const stage = project.stage(name);
    if (stage.adopted === null) stageVariables(stage);
    const faults = (await Promise.all(stage.lines.map((line) => flowFaults(project, stage, line)))).flat();
    if (faults.length === 0) {
      faults.push(
        ...(await (stage.adopted === null
          ? functionFaults(project, stage)
          : adoptedStageFaults(project, stage, stage.adopted))),
      );
    }
    faults.push(...(answeredTwice(all).get(name) ?? []));
    return { stage: name, faults, lines: stage.lines.map(described) };
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    const faults = error.faults.map(
      ({ key, value, problem }) =>
        `${key}${value === undefined ? "" : ` ${JSON.stringify(value)}`} ${problem}`,
    );
    return { stage: name, faults, lines: [] };
  }
}

/** What stands for a SID or URL that only a deployment knows. */
const unknown = Symbol("known once deployed");
const flex = { workflowSid: unknown, taskChannelSid: unknown, timeoutSeconds: 60 };
const place = { serviceSid: unknown, environmentSid: unknown, functionSid: unknown, url: unknown };

async function flowFaults(project: Project, stage: Stage, line: Line): Promise<string[]> {
  const undecided = join(project.templatesFolder, `${line.flow}.json.conflicts`);
  try {
    if (existsSync(undecided)) {
      return [
        `line ${line.name}: flow-templates/${line.flow}.json was merged with conflicts that nobody decided: edit it where ours is wrong, then delete ${line.flow}.json.conflicts`,
      ];
    }
    const { template, bindings } = await project.template(line.flow);
    const functions = new Proxy({}, { get: () => place });
    const definition = statesToArray(bind(template, bindings, lineValues(stage, line, functions, flex)));
    const { errors } = validate(definition, { isUnknown: (value) => value === unknown });
    return errors.map(({ message, property_path: at }) => `line ${line.name}: ${at} ${message}`);
  } catch (error) {
    if (error instanceof TemplateError || (error instanceof Error && error.name === "StudioError")) {
      return [`line ${line.name}: ${error.message}`];
    }
    throw error;
  }
}

function described(line: Line): StageCheck["lines"][number] {
  const pairs = pairsOf(line);
  return {
    name: line.name,
    flow: line.flow,
    agents: new Set(pairs.map(({ agent }) => agent)).size,
    proxies: line.proxies.length,
    atOnce: pairs.length,
  };
}
