/**
 * Opens a Conversation that the line's Flow answers, or, given one, makes it whole: timers, so that its numbers become
 * free again, and both webhooks. Doing it twice changes nothing: a customer who is in an open Conversation already has
 * that one made whole.
 */
import { forms } from "@support-line/functions/forms";
import { handlerOf, RequestError, type Run } from "@support-line/functions/handler";
import { lineKey, readList } from "@support-line/functions/variables-v1/lists";
import { channelOf, holderOfPair } from "@support-line/functions/pairs";
import { timersOf, type Timers } from "@support-line/functions/timers";
import { listen } from "@support-line/functions/webhooks";

export const handler = handlerOf("start-conversation", async (run) => {
  const line = run.parameter("line", forms.line);
  const flowSid = run.variable(lineKey(line, "FLOW_SID"));
  const timers = timersOf(run);
  const given = run.optional("conversationSid", forms.conversation);
  const conversationSid = given ?? (await open(run, line, timers));
  const conversation = run.service.conversations(conversationSid);
  if (given !== undefined) await conversation.update(timers);
  const reattachUrl = `https://${run.context.DOMAIN_NAME}/reattach-flow?line=${line}`;
  return { conversationSid, ...(await listen(conversation, { flowSid, reattachUrl })) };
});

/** A Conversation with the customer in it: a new one, or the one that holds the customer's pair. */
async function open(run: Run, line: string, timers: Timers): Promise<string> {
  const address = run.parameter("address", forms.address);
  const proxies = readList(run.context, lineKey(line, "PROXIES"));
  const proxy =
    run.optional("proxy", forms.address) ?? proxies.find((each) => channelOf(each) === channelOf(address));
  if (proxy === undefined) throw new RequestError(`line ${line} has no proxy of the customer's channel`);
  const { sid } = await run.service.conversations.create({ friendlyName: `${line} line`, ...timers });
  try {
    await run.service.conversations(sid).participants.create({
      "messagingBinding.address": address,
      "messagingBinding.proxyAddress": proxy,
    });
    return sid;
  } catch (error) {
    // Nobody is in it, so nobody misses it.
    await run.service.conversations(sid).remove();
    const held = holderOfPair(error)?.conversation;
    if (held === undefined) throw error;
    await run.service.conversations(held).update(timers);
    return held;
  }
}
