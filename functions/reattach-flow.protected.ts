/**
 * Called by Twilio for every message (a Conversation-scoped webhook): puts the Flow's webhook back when it is gone,
 * and lets this very message reach the Flow. Nobody knows whether a studio webhook outlives the Execution that it
 * started; with this the stack works either way. See docs/decisions/a-flow-that-works-either-way.md.
 */
import { forms, handlerOf, RequestError, type Conversation } from "./shared/handler.ts";
import { lineKey } from "./shared/lists.ts";
import { attachFlow } from "./shared/webhooks.ts";

export const handler = handlerOf("reattach-flow", async ({ context, event, service, parameter }) => {
  const line = parameter("line", forms.line);
  const flowSid = context[lineKey(line, "FLOW_SID")];
  if (typeof flowSid !== "string") throw new RequestError(`line ${line} has no Flow; deploy the stack`);
  const conversation = service.conversations(parameter("ConversationSid", forms.conversation));
  if ((await studioWebhooks(conversation)).length > 0) return { attached: false };
  const index = Number(event.Index);
  const own = await attachFlow(
    conversation,
    flowSid,
    Number.isInteger(index) && index > 0 ? index - 1 : undefined,
  );
  return { attached: await isKept(conversation, own) };
});

/** Two messages at once may both have found none. The webhook with the smaller SID stays, whoever looks. */
async function isKept(conversation: Conversation, own: string): Promise<boolean> {
  const [first] = (await studioWebhooks(conversation)).sort();
  if (first === undefined || first === own) return true;
  await conversation.webhooks(own).remove();
  return false;
}

async function studioWebhooks(conversation: Conversation): Promise<string[]> {
  const webhooks = await conversation.webhooks.list();
  return webhooks.filter(({ target }) => target === "studio").map(({ sid }) => sid);
}
