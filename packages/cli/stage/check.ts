/** `npm run stage -- check`: every stage file, without credentials and without asking anybody. */
import type { Command } from "commander";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FunctionsError } from "@support-line/functions-runtime/errors";
import { readFunctions } from "@support-line/functions-runtime/sources";
import { bind } from "@support-line/studio/bindings";
import { statesToArray } from "@support-line/studio/states";
import { validate } from "@support-line/studio/validate";
import { lineValues } from "../../../flow-templates/line-values.ts";
import { loadTemplate, TemplateError } from "../../../flow-templates/load.ts";
import type { Line, Stage } from "../../../infra/config.ts";
import { StageError } from "../../../infra/errors.ts";
import { neededFunctions } from "../../../infra/needed-functions.ts";
import { readStageFile } from "../../../infra/stage-file.ts";
import { stageVariables } from "../../../infra/variables.ts";
import { adoptedStageFaults, answeredTwice } from "../adopt/check.ts";
import { CliError } from "../errors.ts";
import { pairsOf } from "./pairs.ts";
import { stageNames } from "./stage-names.ts";

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

const root = fileURLToPath(new URL("../../../", import.meta.url));
const functionsFolder = join(root, "functions");

/**
 * Checks a stage: its file, its Variables, its Flows as they would be deployed.
 *
 * @param all stages of the checkout, so that no number has two answers
 */
export async function checkStage(name: string, all = readableStages()): Promise<StageCheck> {
  try {
    const stage = readStageFile(name);
    if (stage.adopted === null) stageVariables(stage);
    const faults = (await Promise.all(stage.lines.map((line) => flowFaults(stage, line)))).flat();
    if (faults.length === 0 && stage.adopted === null) {
      await neededFunctions(stage);
      faults.push(...(await functionFaults()));
    }
    if (faults.length === 0 && stage.adopted !== null) {
      faults.push(...(await adoptedStageFaults(root, stage, stage.adopted)));
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

/** The stages that can be read; what is wrong with the others is said where they are checked. */
export function readableStages(): Stage[] {
  return stageNames().flatMap((name) => {
    try {
      return [readStageFile(name)];
    } catch (error) {
      if (error instanceof StageError) return [];
      throw error;
    }
  });
}

/** What stands for a SID or URL that only a deployment knows. */
const unknown = Symbol("known once deployed");
const flex = { workflowSid: unknown, taskChannelSid: unknown, timeoutSeconds: 60 };
const place = { serviceSid: unknown, environmentSid: unknown, functionSid: unknown, url: unknown };

async function flowFaults(stage: Stage, line: Line): Promise<string[]> {
  try {
    const { template, bindings } = await loadTemplate(line.flow);
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

let asked: Promise<string[]> | undefined;

/** What keeps the Functions of the project from being deployed: the same for every stage, so it is asked once. */
function functionFaults(): Promise<string[]> {
  return (asked ??= readFunctions(functionsFolder).then(
    () => [],
    (error: unknown) => {
      if (error instanceof FunctionsError) return error.message.split("\n");
      throw error;
    },
  ));
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

/** A check as people read it. */
export function checkText({ stage, faults, lines }: StageCheck): string {
  const head = faults.length === 0 ? `${stage}  fine` : `${stage}  ${faults.length} to mend`;
  return [
    head,
    ...faults.map((fault) => `  ${fault}`),
    ...lines.map(({ name, flow, agents, proxies, atOnce }) =>
      // An adopted line calls whom its own Functions know.
      agents === 0
        ? `  line ${name}, flow ${flow}, adopted`
        : `  line ${name}, flow ${flow}: agents ${agents}, proxies ${proxies}, conversations at once ${atOnce}`,
    ),
  ].join("\n");
}

interface Flags {
  readonly json?: boolean;
  readonly account?: boolean;
}

/** Adds the verb. */
export function addCheck(program: Command): void {
  program
    .command("check")
    .description(
      "Checks stage files and their Flows, without credentials; says how many customers a line can carry.",
    )
    .argument("[stages...]", "local, dev, …; all of them when none is named")
    .option("--account", "ask Twilio too what else answers the numbers; with the stage's credentials")
    .option("--json", "for machines")
    .action(async (names: string[], { json = false, account = false }: Flags) => {
      const all = readableStages();
      const checks = await Promise.all(
        (names.length === 0 ? stageNames() : names).map(async (name) => {
          const check = await checkStage(name, all);
          const stage = all.find((each) => each.name === name);
          if (!account || stage === undefined) return check;
          const { accountFaults } = await import("../adopt/check-account.ts");
          return { ...check, faults: [...check.faults, ...(await accountFaults(root, stage))] };
        }),
      );
      console.log(json ? JSON.stringify(checks, null, 2) : checks.map(checkText).join("\n\n"));
      const wrong = checks.filter(({ faults }) => faults.length > 0);
      if (wrong.length > 0) {
        throw new CliError("stages-to-mend", { stages: wrong.map(({ stage }) => stage).join(", ") });
      }
    });
}
