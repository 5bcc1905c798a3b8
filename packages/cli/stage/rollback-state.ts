/** What the state of a stage says of what can be rolled back or paused: read from Pulumi, nothing is asked of Twilio. */
import { z } from "zod";
import {
  functionServicesOf,
  memoryOutput,
  memoryType,
  nothingRemembered,
  readMemory,
  type DeployedFunctions,
  type Deployment,
  type Memory,
} from "@support-line/stage/memory";
import { firstNames, nameOfPart } from "@support-line/stage";
import { CliError } from "../errors.ts";
import { pulumi } from "./pulumi.ts";

/** A Service of Functions. */
export interface FunctionsState {
  /** Empty, with all that follows from it: an adopted line without Functions. */
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly deploymentUrn: string;
  readonly buildSid: string;
  /** Those of the Functions that the stage file makes; not what lines put there themselves. */
  readonly variables: Readonly<Record<string, VariableState>>;
}

export interface StageState extends FunctionsState {
  readonly memory: Memory;
  readonly memoryUrn: string;
  readonly endpoint: string;
  /** By name of the line. */
  readonly flows: Readonly<Record<string, FlowState>>;
  /** Further Services of Functions, by their names in the stack. */
  readonly others: Readonly<Record<string, FunctionsState>>;
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
  // The stage's Functions are one component; those of adopted lines, if they have any, stand at the top.
  const [component] = ofType("support-line:index:FunctionsService");
  const own = (type: string) => ofType(type).filter(({ parent }) => parent === (component ?? stack)?.urn);
  const deployments = own("twilio:serverless:Deployment");
  const isFirst = (each: StateResource) =>
    component !== undefined || nameOf(each.urn) === firstNames.functions;
  const functionsIn = (deployment: StateResource): FunctionsState => ({
    serviceSid: textAt(deployment, "serviceSid"),
    environmentSid: textAt(deployment, "environmentSid"),
    deploymentUrn: deployment.urn,
    buildSid: textAt(deployment, "buildSid"),
    variables: Object.fromEntries(
      own("twilio:serverless:Variable")
        .filter((each) => textAt(each, "environmentSid") === textAt(deployment, "environmentSid"))
        .map((variable) => {
          const { text: value, isSecret } = open(variable.outputs["value"]);
          return [textAt(variable, "key"), { urn: variable.urn, value, isSecret }];
        }),
    ),
  });
  const named = lines.safeParse(stack?.outputs["lines"]);
  if (stack === undefined || !named.success) throw new CliError("stage-not-deployed", { stage });
  return {
    ...functionsIn(deployments.find(isFirst) ?? nothing),
    memory: memoryIn(resources),
    // Where a stage has none yet, the program is about to make it.
    memoryUrn: `${stack.urn.split("::").slice(0, 2).join("::")}::${memoryType}::memory`,
    endpoint: textAt(stack, "endpoint"),
    flows: Object.fromEntries(
      named.data.flatMap(({ name, flowSid }) =>
        ofType("twilio:studio:Flow")
          .filter(({ outputs }) => outputs["sid"] === flowSid)
          .map((flow) => [name, { urn: flow.urn, sid: flowSid, revision: Number(flow.outputs["revision"]) }]),
      ),
    ),
    others: Object.fromEntries(
      deployments.flatMap((each) => (isFirst(each) ? [] : [[nameOf(each.urn), functionsIn(each)]])),
    ),
  };
}

/** What a resource is called in its stack. */
export const nameOf = (urn: string) => urn.slice(urn.lastIndexOf("::") + 2);

/** Every Service of Functions of a stage, by its name in the stack. */
export function functionsStates(state: StageState): Readonly<Record<string, FunctionsState>> {
  return { ...(state.serviceSid === "" ? {} : { [firstNames.functions]: state }), ...state.others };
}

/** The Services of Functions that a deployment left and the stage has still: what else there is stays as it is. */
export function servicesOf(
  state: StageState,
  deployment: Deployment,
): Readonly<Record<string, DeployedFunctions>> {
  const known = functionsStates(state);
  return Object.fromEntries(
    Object.entries(functionServicesOf(deployment)).filter(([service]) => Object.hasOwn(known, service)),
  );
}

const nothing: StateResource = { urn: "", type: "", outputs: {} };

/** The URN that a Variable of a Service has or will have. */
export function variableUrn({ deploymentUrn, variables }: FunctionsState, key: string): string {
  const known = variables[key]?.urn;
  const name = nameOfPart(nameOf(deploymentUrn), key);
  return known ?? deploymentUrn.replace(/Deployment::.*$/, `Variable::${name}`);
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
