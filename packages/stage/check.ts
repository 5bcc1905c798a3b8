/**
 * What is wrong with a stage, without credentials and without asking anybody: everything that a check of its Flows, the bundler,
 * or a deployment would refuse, each with its place and the way out.
 */
import { FunctionsError } from "@support-line/functions-runtime/errors";
import { adoptedStageFaults, answeredTwice } from "./adopted/check.ts";
import { StageError, faultWords, type Fault } from "./errors.ts";
import { flowFaults } from "./flow-faults.ts";
import { functionFaults } from "./function-faults.ts";
import { pairsOf } from "./pairs.ts";
import type { Project } from "./project.ts";
import type { Line, Stage } from "./stage.ts";
import type { BoundByPath } from "./templates/line-bindings.ts";
import { TemplateError } from "./templates/load.ts";
import { stageVariables } from "./variables.ts";

export { checkValues } from "./flow-faults.ts";
export { agentFunctionOf } from "./function-faults.ts";
export { checkTemplate, type TemplateCheck } from "./template-check.ts";

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
    /** Widgets of an exported Flow that run a Function here because their URL has its path. */
    readonly boundByPath: readonly BoundByPath[];
  }[];
}

/**
 * Checks a stage: its file, its Variables, its Flows as they would be deployed, and its Functions.
 *
 * @param all stages of the project, so that no number has two answers
 */
export async function checkStage(
  project: Project,
  name: string,
  all = project.readableStages(),
): Promise<StageCheck> {
  let stage: Stage;
  try {
    stage = project.stage(name);
  } catch (error) {
    if (!(error instanceof StageError)) throw error;
    return { stage: name, faults: error.faults.map((fault) => placed(name, fault)), lines: [] };
  }
  const faults = project.programFaults();
  /** What one subject throws keeps nobody from the others. */
  const collect = async <Found>(
    look: () => Found | Promise<Found>,
    ofFlow?: (found: readonly string[]) => void,
  ): Promise<Found | undefined> => {
    try {
      return await look();
    } catch (error) {
      const thrown = thrownFaults(name, error);
      if (error instanceof TemplateError && ofFlow !== undefined) ofFlow(thrown);
      else faults.push(...thrown);
      return undefined;
    }
  };
  if (stage.adopted === null) await collect(() => stageVariables(stage));
  const lines = [];
  /** A Flow of several lines is wrong once. */
  const ofLines = new Map<string, string[]>();
  for (const line of stage.lines) {
    const say = (found: readonly string[]) => {
      for (const fault of found) ofLines.set(fault, [...(ofLines.get(fault) ?? []), line.name]);
    };
    const found = await collect(() => flowFaults(project, stage, line), say);
    say(found?.faults ?? []);
    lines.push(described(line, found?.boundByPath ?? []));
  }
  for (const [fault, names] of ofLines) {
    faults.push(`line${names.length > 1 ? "s" : ""} ${names.join(", ")}: ${fault}`);
  }
  const { adopted } = stage;
  const more = await collect(() =>
    adopted === null ? functionFaults(project, stage) : adoptedStageFaults(project, stage, adopted),
  );
  faults.push(...(more ?? []), ...(answeredTwice(all).get(name) ?? []));
  // A template that cannot be read is in the way of several looks, and is said once.
  const once = faults.filter(
    (fault, at) => !faults.some((other, index) => index < at && other.endsWith(fault)),
  );
  return { stage: name, faults: once, lines };
}

/** `Pulumi.dev.yaml:12: lines[0].address "+1555" is …` */
function placed(stage: string, fault: Fault): string {
  const line = fault.line === undefined ? "" : `:${fault.line}`;
  return `Pulumi.${stage}.yaml${line}: ${faultWords(fault)}`;
}

function thrownFaults(stage: string, error: unknown): string[] {
  if (error instanceof StageError) return error.faults.map((fault) => placed(stage, fault));
  if (error instanceof FunctionsError || error instanceof TemplateError) return error.message.split("\n");
  throw error;
}

function described(line: Line, boundByPath: readonly BoundByPath[]): StageCheck["lines"][number] {
  const pairs = pairsOf(line);
  return {
    name: line.name,
    flow: line.flow,
    agents: new Set(pairs.map(({ agent }) => agent)).size,
    proxies: line.proxies.length,
    atOnce: pairs.length,
    boundByPath,
  };
}
