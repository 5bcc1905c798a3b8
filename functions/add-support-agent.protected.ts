/**
 * Adds a support agent to a Conversation: the first agent of the line with a free proxy number. Pairs are tried in
 * order until one is taken: two customers who ask at once cannot get the same pair, since Twilio's refusal decides, not
 * a look beforehand.
 */
import { agentAttributes, participantsOf } from "./shared/agents.ts";
import { forms } from "./shared/forms.ts";
import { handlerOf, RequestError, type Conversation } from "./shared/handler.ts";
import { lineKey, readList } from "./shared/lists.ts";
import { channelOf, holderOfPair } from "./shared/pairs.ts";

export const handler = handlerOf("add-support-agent", async ({ context, service, parameter, variable }) => {
  const sid = parameter("conversationID", forms.conversation);
  const line = parameter("line", forms.line);
  // Said before anything is asked: a line that the stage does not have, or that nobody works on.
  variable(lineKey(line, "AGENTS"));
  const conversation = service.conversations(sid);
  const present = await participantsOf(conversation);
  if (present.some(({ isAgent }) => isAgent)) return "Success";

  // Who is here already is no agent here: the customer's own number, should it be on the list, least of all.
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
    const holder = holderOfPair(error);
    if (holder === null) throw error;
    // When it is this Conversation that holds the pair, the agent is already here.
    return holder.conversation === sid;
  }
}
