/** What `pulumi refresh --preview-only --json` says, in words: where Twilio is otherwise than the stage's state. Pure. */
import {
  describeChanges,
  diff,
  statesToArray,
  type DefinitionByName,
  type FlowDefinition,
} from "@support-line/studio";
import { z } from "zod";
import { leftOf } from "@support-line/stage/left-to-others";
import { looksSecret } from "@support-line/twilio-api/looks-secret";
import { masked } from "../pull-request/preview.ts";

/** One resource that Twilio has otherwise. */
export interface Drifted {
  readonly deed: "changed" | "gone";
  /** `twilio:studio:Flow` */
  readonly type: string;
  readonly name: string;
  /** What is otherwise, a line each; numbers with their last four digits, secrets not at all. */
  readonly words: readonly string[];
}

/** What a comparison found; `failed` when it did not come to its end. */
export type Drift = { readonly drifted: readonly Drifted[] } | { readonly failed: string };

const state = z.object({ inputs: z.record(z.string(), z.unknown()).nullish() });
const printed = z.object({
  steps: z
    .array(
      z.object({
        op: z.string(),
        urn: z.string(),
        detailedDiff: z.record(z.string(), z.unknown()).nullish(),
        diffReasons: z.array(z.string()).nullish(),
        oldState: state.nullish(),
        newState: state.nullish(),
      }),
    )
    .nullish(),
  diagnostics: z.array(z.object({ message: z.string().nullish(), severity: z.string().nullish() })).nullish(),
});
type Inputs = Readonly<Record<string, unknown>>;
type Step = NonNullable<z.output<typeof printed>["steps"]>[number];

/**
 * Reads what a refresh would change in the state.
 *
 * @param exitCode of the CLI
 */
export function readDrift(stdout: string, stderr: string, exitCode: number): Drift {
  const found = parsed(stdout);
  const errors = (found?.diagnostics ?? []).filter(({ severity }) => severity === "error");
  if (exitCode !== 0 || errors.length > 0 || found === null) {
    // What is no JSON is a complaint of the CLI's; JSON that is not understood is not shown, since it holds values.
    const complaint = stdout.trimStart().startsWith("{") ? "" : stdout.trim();
    const said = errors.map(({ message }) => message ?? "").join("\n") || stderr.trim() || complaint;
    return { failed: masked(said.trim() || "what it printed is not understood") };
  }
  return { drifted: (found.steps ?? []).flatMap(driftedOf) };
}

function parsed(stdout: string): z.output<typeof printed> | null {
  try {
    return printed.parse(JSON.parse(stdout));
  } catch {
    return null;
  }
}

function driftedOf(step: Step): Drifted[] {
  const [, , types = "", name = ""] = step.urn.split("::");
  const type = types.split("$").at(-1) ?? types;
  if (step.op === "delete") return [{ deed: "gone", type, name, words: [] }];
  if (step.op !== "update") return [];
  const [before, after] = [step.oldState?.inputs ?? {}, step.newState?.inputs ?? {}];
  const paths = Object.keys(step.detailedDiff ?? {});
  const properties = paths.length > 0 ? paths.map(topOf) : (step.diffReasons ?? []);
  const left = leftOf[types] ?? leftOf[type] ?? [];
  const own = [...new Set(properties)].filter((property) => !left.includes(property));
  // What the program leaves to others is theirs to change.
  if (own.length === 0) return [];
  const words = own.flatMap((property) =>
    propertyWords(
      property,
      before[property],
      after[property],
      [before, after].some((inputs) => isSecret(type, property, inputs[property], before)),
    ),
  );
  return [{ deed: "changed", type, name, words: words.map(masked) }];
}

/** `definition["states"]…` is of the property definition. */
const topOf = (path: string) => /^[^.[]*/.exec(path)?.[0] ?? path;

/** Whether a value is most likely a secret that nobody keeps as one; a Variable's name is in its key. */
function isSecret(type: string, property: string, value: unknown, { key }: Inputs): boolean {
  if (typeof value !== "string") return false;
  return looksSecret(type.endsWith(":Variable") && typeof key === "string" ? key : property, value);
}

function propertyWords(property: string, before: unknown, after: unknown, isHidden: boolean): string[] {
  const flows = property === "definition" ? [flowIn(before), flowIn(after)] : [];
  const [old, now] = flows;
  if (old !== undefined && old !== null && now !== undefined && now !== null) {
    const words = describeChanges(diff(old, now));
    return words.length > 0 ? words : ["only how the definition is written"];
  }
  if (property === "commitMessage" && typeof after === "string") return [`saved as ${shown(after)}`];
  if (isHidden || before === secret || after === secret) {
    return [`${property} is another value, which is a secret`];
  }
  if (after === undefined) return [`${property} is not set; it was ${shown(before)}`];
  if (before === undefined) return [`${property} is ${shown(after)}; it was not set`];
  return [`${property} is ${shown(after)} instead of ${shown(before)}`];
}

/** How Pulumi prints what is secret. */
const secret = "[secret]";
const most = 200;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

/** The state keeps a Flow's widgets by name. */
const flow = z.object({
  states: z.union([z.array(z.looseObject({})), z.record(z.string(), z.looseObject({}))]),
});

function flowIn(value: unknown): FlowDefinition | null {
  if (!flow.safeParse(value).success) return null;
  const definition = value as FlowDefinition | DefinitionByName;
  return isList(definition) ? definition : statesToArray(definition);
}

const isList = (definition: FlowDefinition | DefinitionByName): definition is FlowDefinition =>
  Array.isArray(definition.states);
