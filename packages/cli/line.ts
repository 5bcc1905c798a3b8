/** A line as one of the project's stages has it, for conversation tests: its words, its real Functions, its Variables. */
import type { WorldKind } from "@support-line/conversation-test";
import { engineAlone, functionsFrom } from "@support-line/conversation-test/engine";
import { allAgents } from "@support-line/stage";
import { CliError } from "./errors.ts";
import { projectHere } from "./project.ts";
import { stagedLine } from "./studio/run-stage.ts";

export interface LineOptions {
  /** Addresses of people by name, beside the stage's agents, who have their own names. */
  readonly people: Readonly<Record<string, string>>;
  /** Milliseconds since 1970 when a conversation begins: opening hours hold then or not. */
  readonly now?: number;
}

/**
 * A line of a stage, on the engine in this process: nothing is deployed, and nothing leaves the machine.
 *
 * @param line its name in the stage file
 * @throws CliError `no-such-line`; StageError, TemplateError when the stage or the Flow has faults
 */
export async function lineOfStage(
  stageName: string,
  line: string,
  { people, now }: LineOptions,
): Promise<WorldKind> {
  const project = projectHere();
  const stage = project.stage(stageName);
  const found = stage.lines.find(({ name }) => name === line);
  if (found === undefined) {
    const known = stage.lines.map(({ name }) => name).join(", ");
    throw new CliError("no-such-line", { stage: stageName, line, known });
  }
  const { definition, functionsFolder, variables } = await stagedLine(project, stage, found);
  const agents = allAgents(found);
  return engineAlone({
    flow: found.flow,
    definition,
    functions: functionsFrom(functionsFolder, { variables }),
    people: { ...Object.fromEntries(agents.map(({ name, address }) => [name, address])), ...people },
    line: found.address,
    numbers: found.proxies.filter((address) => address.startsWith("+")),
    ...(stage.flex === null ? {} : { taskEvents: "task-ended" }),
    ...(now === undefined ? {} : { now }),
  });
}
