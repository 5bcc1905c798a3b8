/**
 * The stage: what its file, `Pulumi.<stage>.yaml`, says about a support line, checked whole before anything is
 * contacted. Nothing in here knows Pulumi's runtime, so that commands and tests read stages as the program does.
 */
import type { z } from "zod";
import type { Hours } from "../functions/shared/hours.ts";
import type { Channel } from "./address.ts";
import { StageError, type Fault } from "./errors.ts";
import { hoursOf } from "./opening-hours.ts";
import { stageFaults } from "./stage-faults.ts";
import { adoptedFaults } from "./adopted/faults.ts";
import { adoptedStageSchema, type RawAdoptedStage } from "./adopted/stage-schema.ts";
import type { Adopted } from "./adopted/schema.ts";
import { stageSchema, type Keywords, type RawStage, type Wordings } from "./stage-schema.ts";

export { localAccountSid } from "./stage-faults.ts";
export type { Adopted } from "./adopted/schema.ts";
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
  readonly channel: Channel;
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
  /** How the line stands at Twilio that was there before this project; null: the stage is the project's own. */
  readonly adopted: Adopted | null;
  /** Variables of an adopted line that are kept encrypted; closed outside Pulumi. */
  readonly secrets: Readonly<Record<string, string>>;
  /** When a Conversation becomes inactive, and when it is closed, as ISO 8601 durations. */
  readonly timers: { readonly inactive: string; readonly closed: string };
}

/** The keys of a stage file, without the project's name. */
export const stageKeys: readonly string[] = Object.keys(adoptedStageSchema.shape);

/**
 * Reads a stage.
 *
 * @param stageName name of the stack, for messages
 * @param values the project's configuration, parsed: `{accountSid: "AC…", lines: [...]}`
 * @throws StageError with every fault found, each naming key, value and a way out
 */
export function readStage(stageName: string, values: Readonly<Record<string, unknown>>): Stage {
  const schema = values["adopted"] === undefined ? stageSchema : adoptedStageSchema;
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new StageError(
      stageName,
      parsed.error.issues.flatMap((issue) => faultsOf(issue, values)),
    );
  }
  const raw: RawStage & Partial<RawAdoptedStage> = parsed.data;
  const faults = [...stageFaults(raw), ...adoptedFaults(raw)];
  if (faults.length > 0) throw new StageError(stageName, faults);
  return stageOf(stageName, raw);
}

function stageOf(stageName: string, raw: RawStage & Partial<RawAdoptedStage>): Stage {
  const agents = new Map(
    raw.agents.map((agent) => [agent.name, { ...agent, address: String(agent.address) }]),
  );
  const named = (names: readonly string[]) => names.flatMap((agentName) => agents.get(agentName) ?? []);
  const hours = new Map(raw.hours.map((each) => [each.name, hoursOf(each)]));
  return {
    name: stageName,
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
    adopted: raw.adopted ?? null,
    secrets: Object.fromEntries(
      Object.entries(raw.secrets ?? {}).map(([key, value]) => [key, typeof value === "string" ? value : ""]),
    ),
    timers: raw.timers,
    lines: raw.lines.map((line) => ({
      ...line,
      address: String(line.address),
      agents: named(line.agents),
      proxies: (line.proxies ?? [line.address]).map(String),
      queues: line.queues.map((queue) => ({ ...queue, agents: named(queue.agents) })),
      hours: line.hours === undefined ? null : (hours.get(line.hours) ?? null),
    })),
  };
}

function faultsOf(issue: z.core.$ZodIssue, values: unknown): Fault[] {
  if (issue.code === "unrecognized_keys") {
    const known = issue.path.length === 0 ? `; the keys are ${stageKeys.join(", ")}` : "";
    return issue.keys.map((key) => ({
      key: keyAt([...issue.path, key]),
      value: valueAt(values, [...issue.path, key]),
      problem: `is a key that nothing uses; delete it or mend its spelling${known}`,
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
