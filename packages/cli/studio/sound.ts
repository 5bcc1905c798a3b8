/** What every command but `check` needs of a Flow: widgets with a name, a type and transitions. */
import type { FlowDefinition, JsonValue } from "@support-line/studio";
import { CliError } from "../errors.ts";
import { kindOf, readFlows, type Failed, type FlowFile } from "./flow-files.ts";

/**
 * The Flow, when its widgets have the form of widgets.
 *
 * @throws CliError naming the first that has not, and its place
 */
export function sound(flow: FlowFile): FlowFile {
  for (const [at, state] of (flow.definition as Loose).states.entries()) {
    const problem = problemOf(state);
    if (problem !== undefined) {
      throw new CliError("not-a-flow", { path: flow.path, problem: `#/states/${at} ${problem}` });
    }
  }
  return flow;
}

/**
 * The Flows that paths name and whose widgets have the form of widgets. What is wrong with one stops none of the others.
 *
 * @param failed is told of each; without it the first one is thrown
 */
export async function soundFlows(paths: readonly string[], failed?: Failed): Promise<FlowFile[]> {
  const flows = await readFlows(paths, failed);
  return flows.flatMap((flow) => {
    try {
      return [sound(flow)];
    } catch (error) {
      if (failed === undefined || !(error instanceof CliError)) throw error;
      failed(error, flow.path);
      return [];
    }
  });
}

/**
 * Says what is wrong with a file and goes on with the others, so that the command ends with 2; undefined where a single
 * file is meant, whose fault is the command's.
 */
export function sayingFor(paths: readonly string[]): Failed | undefined {
  const [only] = paths;
  if (paths.length === 1 && only !== undefined && kindOf(only) === "file") return undefined;
  return ({ message }) => {
    process.stderr.write(`${message}\n`);
    process.exitCode = 2;
  };
}

type Loose = Omit<FlowDefinition, "states"> & { readonly states: readonly (JsonValue | object)[] };

function problemOf(state: JsonValue | object): string | undefined {
  if (typeof state !== "object" || state === null || Array.isArray(state)) return "is not an object";
  const { name, type, transitions, properties } = state as Readonly<Record<string, JsonValue | undefined>>;
  if (typeof name !== "string") return "has no name";
  if (typeof type !== "string") return `("${name}") has no type`;
  if (properties !== undefined && (typeof properties !== "object" || properties === null)) {
    return `("${name}") has properties that are not an object`;
  }
  if (!Array.isArray(transitions)) return `("${name}") has no list of transitions`;
  const isTransition = (each: JsonValue) => typeof each === "object" && each !== null && "event" in each;
  return (transitions as readonly JsonValue[]).every(isTransition)
    ? undefined
    : `("${name}") has a transition without an event`;
}
