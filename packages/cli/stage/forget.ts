/**
 * `npm run stage -- forget`: deletes what Twilio keeps of one customer. What is kept where, and for how long, is in
 * docs/how-to/personal-data.md.
 */
import type { Command } from "commander";
import type { Twilio } from "twilio";
import { addressFault, channelOf } from "@support-line/stage/address";
import { CliError } from "../errors.ts";
import { conversationsServices, stageOutputs } from "./outputs.ts";
import { asking, stageClient } from "./twilio-client.ts";

/** How many there are of each, or were. */
export interface Forgotten {
  readonly conversations: number;
  readonly executions: number;
  readonly messages: number;
}

const most = 10_000;

/**
 * Finds, and with `isReal` deletes, the Conversations that an address takes part in (messages, participants and
 * attributes go with them), the Executions about them, and the messages from and to the address.
 *
 * @throws CliError when the address is none, the stage is not deployed, or Twilio refuses
 */
export async function forget(stage: string, address: string, isReal: boolean): Promise<Forgotten> {
  if (addressFault(channelOf(address), address) !== null) {
    throw new CliError("no-address", { value: address });
  }
  const outputs = await stageOutputs(stage);
  const { endpoint, lines } = outputs;
  const client = await stageClient(stage, endpoint);
  return asking(stage, async () => {
    const services = conversationsServices(outputs).map((sid) => client.conversations.v1.services(sid));
    const found = await Promise.all(
      services.map(async (service) => {
        const all = await service.participantConversations.list({ address, limit: most });
        return [...new Set(all.map(({ conversationSid }) => conversationSid))].map((sid) => ({
          sid,
          conversation: service.conversations(sid),
        }));
      }),
    );
    const conversations = found.flat();
    const about = new Set([address, ...conversations.map(({ sid }) => sid)]);
    const executions = await executionsAbout(
      client,
      lines.map(({ flowSid }) => flowSid),
      about,
    );
    const messages = await messagesOf(client, address);
    if (isReal) {
      for (const { flowSid, sid, isActive } of executions) {
        const execution = client.studio.v2.flows(flowSid).executions(sid);
        // One that runs cannot be deleted.
        if (isActive) await execution.update({ status: "ended" });
        await execution.remove();
      }
      for (const { conversation } of conversations) await conversation.remove();
      for (const sid of messages) await client.messages(sid).remove();
    }
    return { conversations: conversations.length, executions: executions.length, messages: messages.length };
  });
}

interface About {
  readonly flowSid: string;
  readonly sid: string;
  readonly isActive: boolean;
}

async function executionsAbout(
  client: Twilio,
  flowSids: readonly string[],
  about: ReadonlySet<string>,
): Promise<About[]> {
  const found: About[] = [];
  for (const flowSid of flowSids) {
    const executions = await client.studio.v2.flows(flowSid).executions.list({ limit: most });
    for (const { sid, status, contactChannelAddress } of executions) {
      if (about.has(contactChannelAddress)) found.push({ flowSid, sid, isActive: status === "active" });
    }
  }
  return found;
}

async function messagesOf(client: Twilio, address: string): Promise<string[]> {
  const found = await Promise.all([
    client.messages.list({ from: address, limit: most }),
    client.messages.list({ to: address, limit: most }),
  ]);
  return [...new Set(found.flat().map(({ sid }) => sid))];
}

interface Flags {
  readonly address: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds the verb. */
export function addForget(program: Command): void {
  program
    .command("forget")
    .description(
      "Deletes one customer's Conversations, Executions and messages. Without --yes it only says what it would delete.",
    )
    .argument("<stage>", "local, dev, …")
    .requiredOption("--address <address>", "the customer's, +1… or whatsapp:+1…")
    .option("--yes", "delete them")
    .option("--json", "print JSON")
    .action(async (stage: string, { address, yes = false, json = false }: Flags) => {
      const { conversations, executions, messages } = await forget(stage, address, yes);
      const counts = `${conversations} Conversations, ${executions} Executions and ${messages} messages of …${address.slice(-4)}`;
      if (json) console.log(JSON.stringify({ deleted: yes, conversations, executions, messages }));
      else console.log(yes ? `Deleted ${counts}.` : `Would delete ${counts}; --yes deletes them.`);
    });
}
