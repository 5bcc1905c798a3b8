/**
 * Called by Twilio for every message (a Conversation-scoped webhook): puts the Flow's webhook back when it is gone,
 * and lets this very message reach the Flow. Nobody knows whether a studio webhook outlives the Execution that it
 * started; with this the stack works either way.
 */
import { forms } from "@support-line/functions/forms";
import { handlerOf } from "@support-line/functions/handler";
import { lineKey } from "@support-line/functions/variables-v1/lists";
import { attachFlow, keepOldest, type Webhook } from "@support-line/functions/webhooks";

const isStudio = ({ target }: Webhook) => target === "studio";

export const handler = handlerOf("reattach-flow", async ({ event, service, parameter, variable }) => {
  const flowSid = variable(lineKey(parameter("line", forms.line), "FLOW_SID"));
  const conversation = service.conversations(parameter("ConversationSid", forms.conversation));
  if ((await conversation.webhooks.list()).some(isStudio)) return { attached: false };
  const own = await attachFlow(conversation, flowSid, replayAfter(event.Index));
  // Two messages at once may both have found none.
  return { attached: (await keepOldest(conversation, isStudio)) === own };
});

/**
 * From where messages are replayed, so that this one is. Twilio's reference says "the message index for which and its
 * successors", the parameter's name says after it; with the index before both replay this message. An index below 0
 * is documented nowhere, so that the first message is replayed only as the reference says it.
 */
function replayAfter(given: unknown): number | undefined {
  const index = typeof given === "string" && given !== "" ? Number(given) : given;
  return typeof index === "number" && Number.isInteger(index) && index >= 0
    ? Math.max(0, index - 1)
    : undefined;
}
