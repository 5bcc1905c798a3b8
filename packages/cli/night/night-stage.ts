/** What the commands of the night know of a stage before they ask Twilio: from its file and its stack's state. */
import { allAgents } from "@support-line/stage";
import type { Twilio } from "twilio";
import { projectHere } from "../project.ts";
import { stageOutputs } from "../stage/outputs.ts";
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
  readonly buildSid: string;
  /** Published revisions, by name of the line. */
  readonly revisions: Readonly<Record<string, number>>;
}

export interface NightStage {
  readonly stage: string;
  readonly accountSid: string;
  readonly client: Twilio;
  readonly lines: readonly NightLine[];
  /** Addresses of agents with their names. */
  readonly agents: ReadonlyMap<string, string>;
  readonly conversationsServiceSid: string;
  /** Of its Functions; null for an adopted line without any. */
  readonly functions: {
    readonly serviceSid: string;
    readonly environmentSid: string;
    readonly domain: string;
  } | null;
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
  const deployment = resources.find(({ type }) => type === "twilio:serverless:Deployment");
  const workspace = resources.find(({ type }) => type === "twilio:taskrouter:Workspace");
  const memory = memoryIn(resources);
  return {
    stage: name,
    accountSid: stage.accountSid,
    client: await stageClient(name, outputs.endpoint),
    lines: outputs.lines,
    agents: new Map(stage.lines.flatMap(allAgents).map((agent) => [agent.address, agent.name])),
    conversationsServiceSid: outputs.conversationsServiceSid,
    functions:
      deployment === undefined
        ? null
        : {
            serviceSid: textAt(deployment, "serviceSid"),
            environmentSid: textAt(deployment, "environmentSid"),
            domain: outputs.functionsDomain,
          },
    flex:
      workspace === undefined || stage.flex === null
        ? null
        : {
            workspaceSid: textAt(workspace, "sid"),
            keepsCompleted: stage.flex.afterCompletion === "keep",
          },
    setsTimers: stage.adopted === null,
    deployments: memory.deployments.map(({ commit, at, buildSid, flows }) => ({
      commit,
      at: Date.parse(at),
      buildSid,
      revisions: Object.fromEntries(Object.entries(flows).map(([line, { revision }]) => [line, revision])),
    })),
    rolledBack: memory.rolledBack?.at ?? null,
    paused: Object.keys(memory.paused),
  };
}
