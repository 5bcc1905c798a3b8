/**
 * Opens a Conversation that the line's Flow answers, or, given one, makes it whole: timers, so that its numbers become
 * free again, and both webhooks. Doing it twice changes nothing.
 */
import { channelOf } from "./shared/agents.ts";
import { forms, handlerOf, RequestError, type Run } from "./shared/handler.ts";
import { lineKey, readList } from "./shared/lists.ts";
import { listen } from "./shared/webhooks.ts";

export const handler = handlerOf("start-conversation", async (run) => {
  const line = run.parameter("line", forms.line);
  const flowSid = variable(run, lineKey(line, "FLOW_SID"));
  const given = run.optional("conversationSid", forms.conversation);
  // Timers are taken with a state only (https://www.twilio.com/docs/api/errors/50382).
  const timers = {
    state: "active" as const,
    "timers.inactive": variable(run, "INACTIVE_AFTER"),
    "timers.closed": variable(run, "CLOSED_AFTER"),
  };
  const sid = given ?? (await open(run, line, timers));
  const conversation = run.service.conversations(sid);
  if (given !== undefined) await conversation.update(timers);
  await listen(conversation, {
    flowSid,
    reattachUrl: `https://${run.context.DOMAIN_NAME}/reattach-flow?line=${line}`,
  });
  return { conversationSid: sid };
});

/** A new Conversation with the customer in it. */
async function open(run: Run, line: string, timers: object): Promise<string> {
  const address = run.parameter("address", forms.address);
  const proxies = readList(run.context, lineKey(line, "PROXIES"));
  const proxy =
    run.optional("proxy", forms.address) ?? proxies.find((each) => channelOf(each) === channelOf(address));
  if (proxy === undefined) throw new RequestError(`line ${line} has no proxy of the customer's channel`);
  const { sid } = await run.service.conversations.create({ friendlyName: `${line} line`, ...timers });
  await run.service.conversations(sid).participants.create({
    "messagingBinding.address": address,
    "messagingBinding.proxyAddress": proxy,
  });
  return sid;
}

function variable({ context }: Run, key: string): string {
  const value = context[key];
  if (typeof value !== "string" || value === "") {
    throw new RequestError(`the Variable ${key} is missing; deploy the stack`);
  }
  return value;
}
