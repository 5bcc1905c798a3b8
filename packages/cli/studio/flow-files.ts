/** Flows in files: found, read, and known for what they are before anything is done with them. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import type { FlowDefinition, JsonValue } from "@support-line/studio";
import { jsonFaultOf } from "@support-line/stage/templates";
import { CliError } from "../errors.ts";

/** A Flow as it stands in its file. It has the form of a Flow at the top; `validate` says what of the rest is wrong. */
export interface FlowFile {
  readonly path: string;
  /** `support` of `support.json`. */
  readonly name: string;
  readonly definition: FlowDefinition;
}

const mostBytes = 10_000_000;
const isCode = /(?<!\.(?:bindings|test|d))\.ts$/;
const passedOver = /^(node_modules|\..*)$/;

/** Told of a file that cannot be read, or is not what it has to be. */
export type Failed = (error: CliError, path: string) => void;

const thrown: Failed = (error) => {
  throw error;
};

/**
 * The Flows that paths name: a file is one, a folder all that are in it. In a folder, JSON that is something else is
 * passed over; a file that is named has to be a Flow.
 *
 * @param failed is told of each that cannot be read; without it the first one is thrown
 * @throws CliError naming the path when there is nothing, or no Flow
 */
export async function readFlows(paths: readonly string[], failed: Failed = thrown): Promise<FlowFile[]> {
  const found: FlowFile[] = [];
  for (const path of paths) {
    try {
      if (kindOf(path) === "file") found.push(await readFlow(path));
      else found.push(...(await flowsIn(path, failed)));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      failed(error, path);
    }
  }
  return found;
}

/** Whether a path is a file or a folder. */
export function kindOf(path: string): "file" | "folder" {
  const stat = existsSync(path) ? statSync(path) : undefined;
  if (stat === undefined) throw new CliError("no-such-path", { path });
  return stat.isDirectory() ? "folder" : "file";
}

async function flowsIn(folder: string, failed: Failed): Promise<FlowFile[]> {
  const found: FlowFile[] = [];
  let failures = 0;
  for (const path of filesIn(folder)) {
    try {
      found.push(await readFlow(path));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      if (error.code === "not-a-flow" || error.code === "exports-no-flow") continue;
      failures += 1;
      failed(error, path);
    }
  }
  if (found.length + failures === 0) throw new CliError("no-flows", { path: folder });
  return found;
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((one, other) => one.name.localeCompare(other.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return passedOver.test(entry.name) ? [] : filesIn(path);
      return entry.isFile() && (entry.name.endsWith(".json") || isTypedFlow(path)) ? [path] : [];
    });
}

/** Whether code looks as if it wrote a Flow: no other is run. */
function isTypedFlow(path: string): boolean {
  if (!isCode.test(path)) return false;
  const text = readFileSync(path, "utf8");
  return /from "[^"]*\/studio\/typed\b/.test(text) && /^export default\b/m.test(text);
}

/** The one Flow that a path names, for a command that takes no more. */
export async function readOneFlow(path: string, command: string): Promise<FlowFile> {
  const flows = await readFlows([path]);
  const [only] = flows;
  if (only !== undefined && flows.length === 1) return only;
  const names = flows.map((flow) => flow.path).join(", ");
  throw new CliError("one-flow", { path, count: String(flows.length), command, names });
}

/**
 * Reads a Flow: JSON, or a module whose default export is one.
 *
 * @throws CliError naming the file and the place
 */
export async function readFlow(path: string): Promise<FlowFile> {
  const value = isCode.test(path) ? await exportedBy(path) : parsed(path);
  return { path, name: flowName(path), definition: flowOf(path, value) };
}

/** `support` of `support.json` and of `support.ts`. */
export const flowName = (path: string) => basename(path).replace(/\.(json|ts)$/, "");

function parsed(path: string): JsonValue {
  const { size } = statSync(path);
  if (size > mostBytes) {
    const [has, most] = [size, mostBytes].map((bytes) => String(Math.ceil(bytes / 1_000_000)));
    throw new CliError("too-large", { path, size: has ?? "", most: `${most ?? ""} MB` });
  }
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const { line, column, problem } = jsonFaultOf(said, text);
    throw new CliError("not-json", { path, line: String(line), column: String(column), problem });
  }
}

/** A Flow as code: what its module exports by default. */
async function exportedBy(path: string): Promise<JsonValue> {
  const { readTypedFlow, TypedFlowError } = await import("@support-line/studio/typed");
  try {
    return (await readTypedFlow(path)) as unknown as JsonValue;
  } catch (error) {
    if (!(error instanceof TypedFlowError)) throw error;
    const code = error.code === "no-flow" ? "exports-no-flow" : "not-typed";
    throw new CliError(code, { problem: error.message });
  }
}

/** What has the form of a definition at the top. */
function flowOf(path: string, value: JsonValue): FlowDefinition {
  if (isOf2018(value)) throw new CliError("flow-of-2018", { path });
  const problem = formProblem(value);
  if (problem !== undefined) throw new CliError("not-a-flow", { path, problem });
  return value as unknown as FlowDefinition;
}

/** Studio's first format: the Trigger was an InitialState, and the Flow's own URL stood in it. */
function isOf2018(value: JsonValue): boolean {
  const { states } = (value ?? {}) as { readonly states?: unknown };
  return (
    Array.isArray(states) &&
    states.some((each: unknown) => (each as { type?: unknown } | null)?.type === "InitialState")
  );
}

function formProblem(value: JsonValue): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return "it holds no object";
  }
  const { states, initial_state: initial, definition } = value as Readonly<Record<string, JsonValue>>;
  if (states === undefined && definition !== undefined) {
    return "it is a Flow as the API answers it; its definition alone is wanted";
  }
  if (states === undefined) return "it has no states";
  if (!Array.isArray(states)) return "its states are not a list";
  return initial === undefined ? "it has no initial_state" : undefined;
}
