/** What is wrong with the Functions of a stage: whether they are there, can be built, and read what the stage would write. */
import { FunctionsError } from "@support-line/functions-runtime/errors";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BundledFunction } from "@support-line/functions-runtime/sources";
import { neededFunctions } from "./needed-functions.ts";
import { linesOfStage, type Project } from "./project.ts";
import type { Stage } from "./stage.ts";
import { functionsOf } from "./templates/functions-of.ts";
import { variablesVersion } from "./variables.ts";

/**
 * Every fault of a stage's Functions, each with its place.
 *
 * @throws TemplateError when a template cannot be read; StageError when its lines and its `flex` do not go together
 */
export async function functionFaults(project: Project, stage: Stage): Promise<string[]> {
  const needed = await neededFunctions(project, stage);
  let functions: readonly BundledFunction[];
  try {
    functions = await project.functions();
  } catch (error) {
    if (error instanceof FunctionsError) return error.message.split("\n");
    throw error;
  }
  const deployed = functions.filter(({ name }) => needed.has(name));
  return [...deployed.flatMap(versionFaults), ...(await agentFaults(project, stage, deployed))];
}

/** What brings agents in is of no use to a line that names none. */
async function agentFaults(
  project: Project,
  stage: Stage,
  functions: readonly BundledFunction[],
): Promise<string[]> {
  const bringing = bringingIn(project, functions);
  const file = `Pulumi.${stage.name}.yaml`;
  const lineOf = linesOfStage(join(project.folder, file), project.name);
  const faults = stage.lines.map(async ({ name, flow, agents, queues }, at) => {
    if (agents.length > 0 || queues.length > 0) return [];
    const run = functionsOf((await project.template(flow)).template);
    return bringing
      .filter((each) => run.has(each.name))
      .map(
        (own) =>
          `${file}:${lineOf(`lines[${at}].agents`) ?? 1}: lines[${at}].agents is missing: the Flow of line ${name} runs functions/${own.file}, which asks the line's agents; name them, or take that widget out`,
      );
  });
  return (await Promise.all(faults)).flat();
}

const bringingIn = (project: Project, functions: readonly BundledFunction[]): readonly BundledFunction[] =>
  functions.filter(({ file }) => bringsIn.test(readFileSync(join(project.functionsFolder, file), "utf8")));

/**
 * The file of a Function by which a template brings agents in; undefined: it answers alone.
 *
 * @throws TemplateError, FunctionsError when its files cannot be read
 */
export async function agentFunctionOf(project: Project, flow: string): Promise<string | undefined> {
  const run = functionsOf((await project.template(flow)).template);
  if (run.size === 0) return undefined;
  return bringingIn(project, await project.functions()).find(({ name }) => run.has(name))?.file;
}

/** A Function that has somebody join can do nothing without agents; others take note of those who are there. */
const bringsIn = /from "@support-line\/functions\/join"/;

/** The version in which a Function reads a stage's Variables is in the path of what it imports for that. */
function versionFaults({ file, sources }: BundledFunction): string[] {
  const read = new Set(
    sources.flatMap((source) => {
      const [, version] = /[\\/]functions[\\/]variables-v(\d+)[\\/][^\\/]+$/.exec(source) ?? [];
      return version === undefined ? [] : [Number(version)];
    }),
  );
  return [...read]
    .filter((version) => version !== variablesVersion)
    .map(
      (version) =>
        `functions/${file} reads Variables of version ${version} (@support-line/functions/variables-v${version}), and the stage writes version ${variablesVersion}; import variables-v${variablesVersion}, or use the release of @support-line/stage that goes with it`,
    );
}
