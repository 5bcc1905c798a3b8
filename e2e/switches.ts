/**
 * What a Conversation that was played tells about the switches of Twilio (packages/local-twilio/switches.ts). Asked of
 * a real account it settles them; asked of the local Twilio it must answer what its switches say.
 */
import type { Twilio } from "twilio";

/** What was found, by the switch it settles. `null`: this Conversation does not tell. */
export interface Findings {
  readonly studioWebhookOutlivesExecution: boolean | null;
  readonly channelAddress: "conversation" | "proxy" | null;
}

/**
 * Reads what became of a Conversation whose Flow has ended.
 *
 * @param flow the line's Flow
 * @param conversation the Conversation and its service
 */
export async function findSwitches(
  client: Twilio,
  flow: string,
  conversation: { readonly serviceSid: string; readonly sid: string; readonly proxy: string },
): Promise<Findings> {
  const [execution] = await client.studio.v2.flows(flow).executions.list({ limit: 1 });
  if (execution === undefined || execution.status !== "ended") {
    return { studioWebhookOutlivesExecution: null, channelAddress: null };
  }
  const webhooks = await client.conversations.v1
    .services(conversation.serviceSid)
    .conversations(conversation.sid)
    .webhooks.list();
  const fetched = await client.studio.v2.flows(flow).executions(execution.sid).executionContext().fetch();
  return {
    studioWebhookOutlivesExecution: webhooks.some(({ target }) => target === "studio"),
    channelAddress: positionOf(channelAddress(fetched.context), conversation),
  };
}

function channelAddress(context: unknown): unknown {
  const flow = (context as { flow?: { channel?: { address?: unknown } } }).flow;
  return flow?.channel?.address;
}

function positionOf(
  address: unknown,
  { sid, proxy }: { sid: string; proxy: string },
): Findings["channelAddress"] {
  if (address === sid) return "conversation";
  return address === proxy ? "proxy" : null;
}
