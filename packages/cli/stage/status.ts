/** `npm run stage -- status`: who is hurt, what failed and what changed last; then what is deployed, who talks, who is free. */
import type { Command } from "commander";
import type { Twilio } from "twilio";
import { pairsOf, type Line } from "@support-line/stage";
import { CliError } from "../errors.ts";
import { projectHere } from "../project.ts";
import { deployedIn, type Deployed } from "./deployed.ts";
import { conversationsServices, stageOutputs, type StageOutputs } from "./outputs.ts";
import { exitCodes, sayFailure } from "../edge/failure.ts";
import { hurtOn, type Hurt } from "../night/hurt.ts";
import { openNightStage } from "../night/night-stage.ts";
import { statusText } from "./status-text.ts";
import { asking } from "./twilio-client.ts";

export interface LineStatus {
  readonly name: string;
  readonly address: string;
  readonly flowSid: string;
  /** Revision that is published now, and who says what of it. */
  readonly revision: number;
  readonly commitMessage: string;
  /** Pairs of agent and proxy: all of them, and those in an open Conversation. */
  readonly pairs: number;
  readonly busy: number;
}

export interface StageStatus {
  readonly stage: string;
  readonly accountSid: string;
  readonly deployed: Deployed;
  readonly lines: readonly LineStatus[];
  /** What Twilio has otherwise than the stack's state, in words. */
  readonly drift: readonly string[];
  readonly conversations: { readonly open: number; readonly waiting: number; readonly oldest: string | null };
  /** What is wrong on it now, and what was. */
  readonly hurt: Hurt;
}

/**
 * Reads the status of a deployed stage. Writes nothing.
 *
 * @param now milliseconds since 1970
 * @throws CliError when the stage is not deployed, or Twilio refuses
 * @throws StageError when its file has a fault
 */
export async function stageStatus(name: string, now: number): Promise<StageStatus> {
  const stage = projectHere().stage(name);
  const [outputs, deployed, night] = await Promise.all([
    stageOutputs(name),
    deployedIn(name),
    openNightStage(name),
  ]);
  const { client } = night;
  return asking(name, async () => {
    const [open, hurt, lines] = await Promise.all([
      openConversations(client, outputs),
      hurtOn(night, now),
      Promise.all(stage.lines.map((line) => lineStatus(client, outputs, line))),
    ]);
    return {
      stage: name,
      accountSid: stage.accountSid,
      deployed,
      lines,
      drift: driftOf(lines, deployed),
      conversations: open,
      hurt,
    };
  });
}

/** As many open Conversations as are counted. */
const most = 5000;

async function openConversations(
  client: Twilio,
  outputs: StageOutputs,
): Promise<StageStatus["conversations"]> {
  const open = (
    await Promise.all(
      conversationsServices(outputs).flatMap((sid) =>
        (["active", "inactive"] as const).map((state) =>
          client.conversations.v1.services(sid).conversations.list({ state, limit: most, pageSize: 100 }),
        ),
      ),
    )
  ).flat();
  const times = open.map(({ dateCreated }) => dateCreated.getTime());
  return {
    open: open.length,
    waiting: open.filter(({ attributes }) => attributes.includes('"waiting"')).length,
    oldest: times.length === 0 ? null : new Date(Math.min(...times)).toISOString(),
  };
}

async function lineStatus(client: Twilio, outputs: StageOutputs, line: Line): Promise<LineStatus> {
  const flowSid = outputs.lines.find(({ name }) => name === line.name)?.flowSid ?? "";
  const pairs = pairsOf(line);
  const [flow, busy] = await Promise.all([
    client.studio.v2.flows(flowSid).fetch(),
    busyPairs(client, outputs, [...new Set(pairs.map(({ agent }) => agent))]),
  ]);
  return {
    name: line.name,
    address: line.address,
    flowSid,
    revision: flow.revision,
    commitMessage: flow.commitMessage,
    pairs: pairs.length,
    busy: pairs.filter(({ agent, proxy }) => busy.has(`${agent} ${proxy}`)).length,
  };
}

/** Pairs of these agents in Conversations that are not closed, as `agent proxy`. */
async function busyPairs(
  client: Twilio,
  { conversationsServiceSid }: StageOutputs,
  agents: readonly string[],
): Promise<ReadonlySet<string>> {
  const service = client.conversations.v1.services(conversationsServiceSid);
  const found = await Promise.all(
    agents.map((address) => service.participantConversations.list({ address, limit: most })),
  );
  return new Set(
    found.flat().flatMap(({ conversationState, participantMessagingBinding }) => {
      const { address, proxy_address: proxy } = (participantMessagingBinding ?? {}) as {
        address?: string;
        proxy_address?: string;
      };
      return conversationState === "closed" ? [] : [`${address ?? ""} ${proxy ?? ""}`];
    }),
  );
}

function driftOf(lines: readonly LineStatus[], { revisions }: Deployed): string[] {
  return lines.flatMap(({ name, flowSid, revision, commitMessage }) => {
    const known = revisions[flowSid];
    return known === undefined || known === revision
      ? []
      : [
          `the Flow of line ${name} is at revision ${revision}, the stack knows ${known}: somebody saved "${commitMessage}"; pull it, or let pulumi up say what it would overwrite`,
        ];
  });
}

/** Whether somebody is being hurt on a stage now. */
export const isHurting = ({ hurt }: StageStatus): boolean => hurt.findings.some(({ hurts }) => hurts);

/**
 * Says how stages are, one after the other; one that cannot be read is said to be so, and the others go on.
 *
 * @returns the exit code: 1 when somebody is being hurt, 3 when a stage could not be read
 */
async function sayAll(names: readonly string[], isJson: boolean): Promise<number> {
  const codes: number[] = [];
  const read: StageStatus[] = [];
  for (const name of names) {
    try {
      const status = await stageStatus(name, Date.now());
      read.push(status);
      codes.push(isHurting(status) ? exitCodes.findings : 0);
      if (!isJson) console.log(`${statusText(status, Date.now())}\n`);
    } catch (error) {
      // One that was never deployed is nobody's trouble.
      const isUnused = error instanceof CliError && error.code === "stage-not-deployed";
      if (isUnused && !isJson) console.log(`stage ${name} is not deployed\n`);
      if (!isUnused) codes.push(sayFailure(error));
    }
  }
  if (isJson) console.log(JSON.stringify(read, null, 2));
  if (codes.includes(exitCodes.findings)) return exitCodes.findings;
  return Math.max(0, ...codes);
}

/** Adds the verb. */
export function addStatus(program: Command): void {
  program
    .command("status")
    .description(
      "Says who is hurt, what failed and what changed last; exits with 1 when somebody is being hurt.",
    )
    .argument("[stage]", "local, dev, …; all of them when none is named")
    .option("--json", "print JSON")
    .action(async (name: string | undefined, { json = false }: { readonly json?: boolean }) => {
      if (name === undefined) {
        process.exitCode = await sayAll(projectHere().stageNames(), json);
        return;
      }
      const status = await stageStatus(name, Date.now());
      console.log(json ? JSON.stringify(status, null, 2) : statusText(status, Date.now()));
      if (isHurting(status)) process.exitCode = exitCodes.findings;
    });
}
