/**
 * Leaves a Conversation to Flex once it was handed over: the Flow no longer listens, so that it answers nobody who talks
 * to an agent, and what to tell the customer at the end is noted. The timers are the net below the event callbacks.
 */
import { forms } from "./shared/forms.ts";
import { handlerOf } from "./shared/handler.ts";
import { readNotes, type AtFlex } from "./shared/notes.ts";
import { leave } from "./shared/webhooks.ts";

export const handler = handlerOf("leave-to-flex", async (run) => {
  const { parameter, optional, variable, service } = run;
  const conversation = service.conversations(parameter("conversationID", forms.conversation));
  const line = parameter("line", forms.line);
  const flex: AtFlex = {
    line,
    invitedAgain: 0,
    unanswered: optional("unanswered") ?? "",
    stillWaiting: optional("stillWaiting") ?? "",
    closed: optional("closed") ?? "",
  };
  await conversation.update({
    attributes: JSON.stringify({ ...(await readNotes(conversation)), flex }),
    "timers.inactive": variable("INACTIVE_AFTER"),
    "timers.closed": variable("CLOSED_AFTER"),
  });
  return { left: await leave(conversation) };
});
