/**
 * The stage: what its file, `Pulumi.<stage>.yaml`, says about a support line, checked whole before anything is
 * contacted. Nothing in here knows Pulumi's runtime, so that commands and tests read stages as the program does.
 */
import type { z } from "zod";
import type { Hours } from "@support-line/functions/variables-v1/hours";
import type { LineChannel } from "./address.ts";
import { elsewhereOf, type Elsewhere } from "./elsewhere.ts";
import { StageError, type Fault } from "./errors.ts";
import { longestUniqueName, uniqueNameOf, type StageName } from "./names.ts";
import { hoursOf } from "./opening-hours.ts";
import { stageFaults } from "./stage-faults.ts";
import { adoptedFaults } from "./adopted/faults.ts";
import { adoptedOf, opened, type Adopted } from "./adopted/adopted.ts";
import { adoptedStageSchema, schemaFor, type RawAdoptedStage } from "./adopted/stage-schema.ts";
import { stageSchema, type Keywords, type RawStage, type Wordings } from "./stage-schema.ts";

export { localAccountSid } from "./stage-faults.ts";
export type { Adopted, AdoptedFunctions, AdoptedLine } from "./adopted/adopted.ts";
export type { Keywords, Wordings } from "./stage-schema.ts";

/** Somebody who answers. */
export interface Agent {
  readonly name: string;
  readonly address: string;
  /** Languages they speak; empty: any of the stage's. */
  readonly languages: readonly string[];
}

/** Agents of their own, called by a word. */
export interface Queue {
  readonly name: string;
  readonly keyword: string;
  readonly agents: readonly Agent[];
}

/** A number that customers write to, and what answers it. */
export interface Line {
  readonly name: string;
  readonly channel: LineChannel;
  readonly address: string;
  /** Name of a template in `flow-templates`. */
  readonly flow: string;
  /** In the order they are asked. */
  readonly agents: readonly Agent[];
  /** Twilio addresses that agents are reached from; a pair of agent and proxy carries one Conversation at a time. */
  readonly proxies: readonly string[];
  /** Unique names of Conversations that are there before anyone writes, answered by this line's Flow. */
  readonly conversations: readonly string[];
  readonly queues: readonly Queue[];
  /** When somebody is there; null: at any time. */
  readonly hours: Hours | null;
  /** Minutes that an agent has for a first answer. */
  readonly answerWithin: number;
}

/** Everybody whom a line may ask, its queues' agents last; who is in several is there as often. */
export function allAgents({ agents, queues }: Pick<Line, "agents" | "queues">): Agent[] {
  return [...agents, ...queues.flatMap((queue) => queue.agents)];
}

/** A language that customers may choose by its word; the texts of the first are the stage's `wordings`. */
export interface Language {
  readonly name: string;
  readonly keyword: string;
  readonly wordings: Wordings;
}

/** How a stage hands customers over to Flex. */
export interface FlexDesk {
  /** Minutes that a Task waits for an agent. */
  readonly answerWithin: number;
  /** How often a customer whom nobody answered is put back into the queue before the Conversation ends. */
  readonly inviteAgain: number;
  /** Whether a Conversation ends with its Task; kept, it may be parked, and the timers end it. */
  readonly afterCompletion: "close" | "keep";
  /** TaskRouter expression over Workers' attributes: who is asked. */
  readonly workers: string;
  /** Flex's own Conversations Service, where its Conversations must be; null: the stage's own. */
  readonly conversationsServiceSid: string | null;
}

export interface Stage {
  /** Name of the project that it belongs to, as `Pulumi.yaml` says it. */
  readonly project: string;
  readonly name: string;
  readonly accountSid: string;
  readonly lines: readonly Line[];
  readonly wordings: Wordings;
  readonly keywords: Keywords;
  readonly languages: readonly Language[];
  /** Content template (HX…) of an agent's briefing on WhatsApp, whose variable 1 is the text; null: sent as it is. */
  readonly briefingTemplate: string | null;
  /** Where errors and ended Executions are told; null: nowhere but in Twilio's Debugger. */
  readonly alertAddress: string | null;
  /** null: nobody is handed over to Flex. */
  readonly flex: FlexDesk | null;
  /** How the lines stand at Twilio that were there before this project; null: the stage is the project's own. */
  readonly adopted: Adopted | null;
  /** Variables of the project's own Functions that are not made of the stage. */
  readonly variables: Readonly<Record<string, string>>;
  /** Variables that are kept encrypted; closed outside Pulumi. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What its Flows name that is deployed by somebody else. */
  readonly elsewhere: readonly Elsewhere[];
  /** When a Conversation becomes inactive, and when it is closed, as ISO 8601 durations. */
  readonly timers: { readonly inactive: string; readonly closed: string };
}

/** The keys of a stage file, without the project's name. */
export const stageKeys: readonly string[] = Object.keys(adoptedStageSchema.shape);

/**
 * Reads a stage.
 *
 * @param project name of the project: the namespace of its configuration
 * @param name of the stack
 * @param values the project's configuration, parsed, without its namespace: `{accountSid: "AC…", lines: [...]}`
 * @throws StageError with every fault found, each naming key, value and a way out
 */
export function readStage(project: string, name: string, values: Readonly<Record<string, unknown>>): Stage {
  const named = { project, name };
  const schema = values["adopted"] === undefined ? stageSchema : schemaFor(values["adopted"]);
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new StageError(
      named,
      parsed.error.issues.flatMap((issue) => faultsOf(issue, values)),
    );
  }
  const raw: RawStage & Partial<RawAdoptedStage> = parsed.data;
  const faults = [
    ...stageFaults(raw),
    ...(raw.adopted === undefined ? [] : adoptedFaults({ ...raw, adopted: raw.adopted })),
    ...(raw.adopted === undefined ? nameFaults(named) : []),
  ];
  if (faults.length > 0) throw new StageError(named, faults);
  return stageOf(named, raw);
}

function stageOf(named: StageName, raw: RawStage & Partial<RawAdoptedStage>): Stage {
  const agents = new Map(
    raw.agents.map((agent) => [agent.name, { ...agent, address: String(agent.address) }]),
  );
  const known = (names: readonly string[]) => names.flatMap((agentName) => agents.get(agentName) ?? []);
  const hours = new Map(raw.hours.map((each) => [each.name, hoursOf(each)]));
  return {
    ...named,
    accountSid: raw.accountSid,
    wordings: raw.wordings,
    keywords: raw.keywords,
    languages: raw.languages,
    briefingTemplate: raw.briefingTemplate === "" ? null : raw.briefingTemplate,
    alertAddress: raw.alerts.address ?? null,
    flex:
      raw.flex === undefined
        ? null
        : { ...raw.flex, conversationsServiceSid: raw.flex.conversationsServiceSid ?? null },
    adopted: raw.adopted === undefined ? null : adoptedOf({ ...raw, adopted: raw.adopted }),
    variables: raw.variables,
    secrets: opened(raw.secrets),
    elsewhere: elsewhereOf(raw.elsewhere),
    timers: raw.timers,
    lines: raw.lines.map((line) => ({
      ...line,
      address: String(line.address),
      agents: known(line.agents ?? []),
      proxies: (line.proxies ?? [line.address]).map(String),
      queues: line.queues.map((queue) => ({ ...queue, agents: known(queue.agents) })),
      hours: line.hours === undefined ? null : (hours.get(line.hours) ?? null),
    })),
  };
}

/** What both names make has to be a name at Twilio. */
function nameFaults(named: StageName): Fault[] {
  const unique = uniqueNameOf(named);
  if (unique.length <= longestUniqueName) return [];
  const problem = `of project and stage make "${unique}", which has ${unique.length} characters, and a Service at Twilio is called by ${longestUniqueName} at most; choose a shorter name for the stage, or for the project in Pulumi.yaml`;
  return [{ key: "names", value: undefined, problem }];
}

function faultsOf(issue: z.core.$ZodIssue, values: unknown): Fault[] {
  if (issue.code === "unrecognized_keys") {
    const known = issue.path.length === 0 ? `; the keys are ${stageKeys.join(", ")}` : "";
    return issue.keys.map((key) => ({
      key: keyAt([...issue.path, key]),
      value: valueAt(values, [...issue.path, key]),
      problem: `is a key that nothing uses; delete it or correct its spelling${known}`,
    }));
  }
  const value = valueAt(values, issue.path);
  const problem = value === undefined ? "is missing" : issue.message;
  return [{ key: keyAt(issue.path), value, problem }];
}

function keyAt(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at === 0 ? "" : "."}${String(part)}`))
    .join("");
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    values,
  );
}
