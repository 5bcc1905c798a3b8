/** What the commands of the night know of a stage before they ask Twilio: from its file and its stack's state. */
import { allAgents } from "@support-line/stage";
import type { Twilio } from "twilio";
import { projectHere } from "../project.ts";
import { type Deployment, functionServicesOf } from "@support-line/stage/memory";
import { conversationsServices, stageOutputs } from "../stage/outputs.ts";
import { memoryIn, stageResources, textAt } from "../stage/rollback-state.ts";
import { stageClient } from "../stage/twilio-client.ts";

export interface NightLine {
  readonly name: string;
  readonly address: string;
  readonly flowSid: string;
}

/** A deployment that the stage remembers. */
export interface NightDeployment {
  readonly commit: string | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of every Service of Functions. */
  readonly buildSids: readonly string[];
  /** Published revisions, by name of the line. */
  readonly revisions: Readonly<Record<string, number>>;
  /** Names of the Variables that it changed: agents, hours and whatever else the stage file says. */
  readonly variables?: readonly string[];
}

export interface NightFunctions {
  readonly serviceSid: string;
  readonly environmentSid: string;
  readonly domain: string;
}

export interface NightStage {
  readonly stage: string;
  readonly accountSid: string;
  readonly client: Twilio;
  readonly lines: readonly NightLine[];
  /** Addresses of agents with their names. */
  readonly agents: ReadonlyMap<string, string>;
  /** One, unless adopted lines have Services of their own. */
  readonly conversationsServiceSids: readonly string[];
  /** Services of Functions: one, none for an adopted line without any, or several of adopted lines. */
  readonly functions: readonly NightFunctions[];
  /** Where customers are handed over to Flex, and whether a Conversation stays open when its Task is completed; null without. */
  readonly flex: { readonly workspaceSid: string; readonly keepsCompleted: boolean } | null;
  /** Whether the stage's own Functions give each Conversation its timers. */
  readonly setsTimers: boolean;
  /** Oldest first. */
  readonly deployments: readonly NightDeployment[];
  /** When it was rolled back, as ISO 8601; null when it runs what was deployed last. */
  readonly rolledBack: string | null;
  /** Names of the lines that are paused. */
  readonly paused: readonly string[];
}

/**
 * Opens a deployed stage for reading.
 *
 * @throws CliError when it is not deployed, or has no credentials at hand
 * @throws StageError when its file has a fault
 */
export async function openNightStage(name: string): Promise<NightStage> {
  const stage = projectHere().stage(name);
  const [outputs, resources] = await Promise.all([stageOutputs(name), stageResources(name)]);
  const deployments = resources.filter(({ type }) => type === "twilio:serverless:Deployment");
  const workspace = resources.find(({ type }) => type === "twilio:taskrouter:Workspace");
  const memory = memoryIn(resources);
  return {
    stage: name,
    accountSid: stage.accountSid,
    client: await stageClient(name, outputs.endpoint),
    lines: outputs.lines,
    agents: new Map(stage.lines.flatMap(allAgents).map((agent) => [agent.address, agent.name])),
    conversationsServiceSids: conversationsServices(outputs),
    functions: deployments.map((deployment) => {
      const environmentSid = textAt(deployment, "environmentSid");
      const environment = resources.find(
        (each) => each.type === "twilio:serverless:Environment" && textAt(each, "sid") === environmentSid,
      );
      return {
        serviceSid: textAt(deployment, "serviceSid"),
        environmentSid,
        domain: environment === undefined ? outputs.functionsDomain : textAt(environment, "domainName"),
      };
    }),
    flex:
      workspace === undefined || stage.flex === null
        ? null
        : {
            workspaceSid: textAt(workspace, "sid"),
            keepsCompleted: stage.flex.afterCompletion === "keep",
          },
    setsTimers: stage.adopted === null,
    deployments: memory.deployments.map((each, index, all) => ({
      commit: each.commit,
      at: Date.parse(each.at),
      buildSids: Object.values(functionServicesOf(each)).map(({ buildSid }) => buildSid),
      revisions: Object.fromEntries(
        Object.entries(each.flows).map(([line, { revision }]) => [line, revision]),
      ),
      variables: changedVariables(all[index - 1], each),
    })),
    rolledBack: memory.rolledBack?.at ?? null,
    paused: Object.keys(memory.paused),
  };
}

/** Names of the Variables that a deployment changed, added or took away. */
function changedVariables(before: Deployment | undefined, after: Deployment): string[] {
  if (before === undefined) return [];
  const old = functionServicesOf(before);
  return Object.entries(functionServicesOf(after)).flatMap(([name, { variables }]) => {
    const known = old[name]?.variables ?? {};
    return [...new Set([...Object.keys(known), ...Object.keys(variables)])].filter(
      (key) => known[key] !== variables[key],
    );
  });
}
