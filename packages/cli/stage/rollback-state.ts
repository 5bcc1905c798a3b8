/** What the state of a stage says of what can be rolled back or paused: read from Pulumi, nothing is asked of Twilio. */
import { z } from "zod";
import {
  memoryOutput,
  memoryType,
  nothingRemembered,
  readMemory,
  type Memory,
} from "@support-line/stage/memory";
import { CliError } from "../errors.ts";
import { pulumi } from "./pulumi.ts";

export interface StageState {
  readonly memory: Memory;
  readonly memoryUrn: string;
  readonly endpoint: string;
  /** Empty, with all that follows from it: an adopted line without Functions. */
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly deploymentUrn: string;
  readonly buildSid: string;
  /** By name of the line. */
  readonly flows: Readonly<Record<string, FlowState>>;
  /** Those of the Functions that the stage file makes; not what lines put there themselves. */
  readonly variables: Readonly<Record<string, VariableState>>;
}
export interface FlowState {
  readonly urn: string;
  readonly sid: string;
  readonly revision: number;
}
export interface VariableState {
  readonly urn: string;
  readonly value: string;
  readonly isSecret: boolean;
}

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  parent: z.string().optional(),
  outputs: z.record(z.string(), z.unknown()).default({}),
});
export type StateResource = z.output<typeof resource>;
const exported = z.object({ deployment: z.object({ resources: z.array(resource).default([]) }).nullable() });
const lines = z.array(z.object({ name: z.string(), flowSid: z.string() }));

/**
 * Reads the resources of a stage's state, secrets open.
 *
 * @throws CliError with Pulumi's complaint
 */
export async function stageResources(stage: string): Promise<StateResource[]> {
  const text = await pulumi(stage, ["stack", "export", "--show-secrets"]);
  return exported.parse(JSON.parse(text)).deployment?.resources ?? [];
}

/** The memory that is kept in a state. */
export function memoryIn(resources: readonly StateResource[]): Memory {
  const kept = resources.find(({ type }) => type === memoryType);
  return kept === undefined ? nothingRemembered : readMemory(open(kept.outputs[memoryOutput]).text);
}

/**
 * Reads the state of a stage.
 *
 * @throws CliError `stage-not-deployed` when there is none, or Pulumi's complaint
 */
export async function stageState(stage: string): Promise<StageState> {
  return stateIn(stage, await stageResources(stage));
}

/**
 * The same, of resources that were read before.
 *
 * @throws CliError `stage-not-deployed` when they are no stage's
 */
export function stateIn(stage: string, resources: readonly StateResource[]): StageState {
  const ofType = (type: string) => resources.filter((each) => each.type === type);
  const [stack] = ofType("pulumi:pulumi:Stack");
  // The stage's Functions are one component; those of an adopted line, if it has any, stand at the top.
  const [functions = stack] = ofType("support-line:index:FunctionsService");
  const own = (type: string) => ofType(type).filter(({ parent }) => parent === functions?.urn);
  const [deployment = nothing] = own("twilio:serverless:Deployment");
  const named = lines.safeParse(stack?.outputs["lines"]);
  if (stack === undefined || !named.success) throw new CliError("stage-not-deployed", { stage });
  return {
    memory: memoryIn(resources),
    // Where a stage has none yet, the program is about to make it.
    memoryUrn: `${stack.urn.split("::").slice(0, 2).join("::")}::${memoryType}::memory`,
    endpoint: textAt(stack, "endpoint"),
    serviceSid: textAt(deployment, "serviceSid"),
    environmentSid: textAt(deployment, "environmentSid"),
    deploymentUrn: deployment.urn,
    buildSid: textAt(deployment, "buildSid"),
    flows: Object.fromEntries(
      named.data.flatMap(({ name, flowSid }) =>
        ofType("twilio:studio:Flow")
          .filter(({ outputs }) => outputs["sid"] === flowSid)
          .map((flow) => [name, { urn: flow.urn, sid: flowSid, revision: Number(flow.outputs["revision"]) }]),
      ),
    ),
    variables: Object.fromEntries(
      own("twilio:serverless:Variable").map((variable) => {
        const { text: value, isSecret } = open(variable.outputs["value"]);
        return [textAt(variable, "key"), { urn: variable.urn, value, isSecret }];
      }),
    ),
  };
}

const nothing: StateResource = { urn: "", type: "", outputs: {} };

/** The URN that a Variable of the stage has or will have. */
export function variableUrn({ deploymentUrn, variables }: StageState, key: string): string {
  const known = variables[key]?.urn;
  return known ?? `${deploymentUrn.replace(/Deployment::(.*)$/, "Variable::$1")}-${key}`;
}

/** A text among the outputs of a resource; empty when there is none. */
export function textAt({ outputs }: StateResource, name: string): string {
  return open(outputs[name]).text;
}

const secretText = z.object({ plaintext: z.string() });

/** A text of the state; Pulumi writes a secret's as JSON. */
function open(value: unknown): { readonly text: string; readonly isSecret: boolean } {
  const secret = secretText.safeParse(value);
  if (!secret.success) return { text: typeof value === "string" ? value : "", isSecret: false };
  const text: unknown = JSON.parse(secret.data.plaintext);
  return { text: typeof text === "string" ? text : "", isSecret: true };
}
