/** What is wrong with the Functions of a stage: whether they are there, can be built, and read what the stage would write. */
import { FunctionsError } from "@support-line/functions-runtime/errors";
import type { BundledFunction } from "@support-line/functions-runtime/sources";
import { neededFunctions } from "./needed-functions.ts";
import type { Project } from "./project.ts";
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
  return [
    ...(await missingFunctions(project, stage, new Set(functions.map(({ name }) => name)))),
    ...functions.filter(({ name }) => needed.has(name)).flatMap(versionFaults),
  ];
}

/** Functions that a line's Flow runs and nobody has written. What runs another Service's says so by its host. */
async function missingFunctions(
  project: Project,
  stage: Stage,
  names: ReadonlySet<string>,
): Promise<string[]> {
  const faults = stage.lines.map(async (line) => {
    const { template, bindings } = await project.template(line.flow);
    const own = template.states.filter((state) => Object.hasOwn(bindings, `${state.name}.url`));
    return [...functionsOf({ ...template, states: own })]
      .filter((name) => !names.has(name))
      .map((name) => `line ${line.name}: the Flow runs ${name}, and functions/ has no such Function`);
  });
  return (await Promise.all(faults)).flat();
}

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
