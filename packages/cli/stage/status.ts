/** `npm run stage -- status`: what is deployed, who is talking, who is free, and what went wrong lately. */
import type { Command } from "commander";
import type { Twilio } from "twilio";
import { pairsOf, type Line } from "@support-line/stage";
import { projectHere } from "../project.ts";
import { deployedIn, type Deployed } from "./deployed.ts";
import { stageOutputs, type StageOutputs } from "./outputs.ts";
import { recentErrors, type ErrorCount } from "./recent-errors.ts";
import { statusText } from "./status-text.ts";
import { asking, stageClient } from "./twilio-client.ts";

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
  readonly errors: readonly ErrorCount[];
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
  const [outputs, deployed] = await Promise.all([stageOutputs(name), deployedIn(name)]);
  const client = await stageClient(name, outputs.endpoint);
  return asking(name, async () => {
    const [open, errors, lines] = await Promise.all([
      openConversations(client, outputs),
      recentErrors(client, now),
      Promise.all(stage.lines.map((line) => lineStatus(client, outputs, line))),
    ]);
    return {
      stage: name,
      accountSid: stage.accountSid,
      deployed,
      lines,
      drift: driftOf(lines, deployed),
      conversations: open,
      errors,
    };
  });
}

/** As many open Conversations as are counted. */
const most = 5000;

async function openConversations(
  client: Twilio,
  { conversationsServiceSid }: StageOutputs,
): Promise<StageStatus["conversations"]> {
  const service = client.conversations.v1.services(conversationsServiceSid);
  const open = (
    await Promise.all(
      (["active", "inactive"] as const).map((state) =>
        service.conversations.list({ state, limit: most, pageSize: 100 }),
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

/** Adds the verb. */
export function addStatus(program: Command): void {
  program
    .command("status")
    .description("What is deployed, who talks and waits, who is free, and the errors of the last hour.")
    .argument("<stage>", "local, dev, …")
    .option("--json", "for machines")
    .action(async (name: string, { json = false }: { readonly json?: boolean }) => {
      const status = await stageStatus(name, Date.now());
      console.log(json ? JSON.stringify(status, null, 2) : statusText(status, Date.now()));
    });
}
