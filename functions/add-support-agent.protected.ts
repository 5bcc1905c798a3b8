/**
 * Adds a support agent to a Conversation: the first agent of the line with a free proxy number.
 *
 * Twilio lets a pair of agent and proxy address be in one open Conversation only and refuses a second with 50416
 * (https://www.twilio.com/docs/api/errors/50416), so pairs are tried in order until one is taken. Two customers who
 * ask at once cannot get the same pair: the refusal decides, not a look beforehand.
 */
import { agentAttributes, channelOf, participantsOf } from "./shared/agents.ts";
import { codeOf, forms, handlerOf, RequestError, type Conversation } from "./shared/handler.ts";
import { lineKey, readList } from "./shared/lists.ts";

const pairInUse = 50416;

export const handler = handlerOf("add-support-agent", async ({ context, service, parameter }) => {
  const sid = parameter("conversationID", forms.conversation);
  const line = parameter("line", forms.line);
  const conversation = service.conversations(sid);
  const present = await participantsOf(conversation);
  if (present.some(({ isAgent }) => isAgent)) return "Success";

  const taken = new Set(present.map(({ address }) => address));
  const agents = readList(context, lineKey(line, "AGENTS")).filter((address) => !taken.has(address));
  const proxies = readList(context, lineKey(line, "PROXIES"));
  for (const address of agents) {
    for (const proxyAddress of proxies.filter((proxy) => channelOf(proxy) === channelOf(address))) {
      if (await added(conversation, sid, address, proxyAddress)) return "Success";
    }
  }
  throw new RequestError(`no free pair of agent and proxy on line ${line}`);
});

/** Adds the pair; false when another open Conversation has it. */
async function added(
  conversation: Conversation,
  sid: string,
  address: string,
  proxyAddress: string,
): Promise<boolean> {
  try {
    await conversation.participants.create({
      "messagingBinding.address": address,
      "messagingBinding.proxyAddress": proxyAddress,
      attributes: agentAttributes,
    });
    return true;
  } catch (error) {
    if (codeOf(error) !== pairInUse) throw error;
    // The message names the Conversation that holds the pair: when it is this one, the agent is already here.
    return error instanceof Error && error.message.includes(sid);
  }
}
