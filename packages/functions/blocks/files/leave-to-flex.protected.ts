/**
 * Leaves a Conversation to Flex once it was handed over: the Flow no longer listens, so that it answers nobody who talks
 * to an agent, and what to tell the customer at the end is noted. The timers are the net below the event callbacks. One
 * that is closed by now needs nothing of it.
 */
import { forms } from "@support-line/functions/forms";
import { codeOf, handlerOf } from "@support-line/functions/handler";
import { readNotes, type AtFlex } from "@support-line/functions/notes";
import { timersOf } from "@support-line/functions/timers";
import { leave } from "@support-line/functions/webhooks";

const closedAlready = 50377;

export const handler = handlerOf("leave-to-flex", async (run) => {
  const { parameter, optional, service } = run;
  const conversation = service.conversations(parameter("conversationID", forms.conversation));
  const line = parameter("line", forms.line);
  const notes = await readNotes(conversation);
  const flex: AtFlex = {
    line,
    // This may be the second time that the Flow asks.
    invitedAgain: notes.flex?.invitedAgain ?? 0,
    unanswered: optional("unanswered") ?? "",
    stillWaiting: optional("stillWaiting") ?? "",
    closed: optional("closed") ?? "",
  };
  try {
    await conversation.update({ attributes: JSON.stringify({ ...notes, flex }), ...timersOf(run) });
  } catch (error) {
    if (codeOf(error) !== closedAlready) throw error;
    return { left: 0 };
  }
  return { left: await leave(conversation) };
});
