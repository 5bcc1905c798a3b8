/**
 * Ends a Conversation: its pairs of numbers become free, the customer's next message opens a new one, and whoever waits
 * longest is told. One that is closed already is what was wanted.
 */
import { participantsOf } from "@support-line/functions/agents";
import { callNext } from "@support-line/functions/call-next";
import { forms } from "@support-line/functions/forms";
import { codeOf, handlerOf } from "@support-line/functions/handler";

const closedAlready = 50377;

export const handler = handlerOf("close-conversation", async (run) => {
  const conversation = run.service.conversations(run.parameter("conversationID", forms.conversation));
  const line = run.parameter("line", forms.line);
  const agent = (await participantsOf(conversation)).find(({ isAgent }) => isAgent);
  try {
    await conversation.update({ state: "closed" });
  } catch (error) {
    if (codeOf(error) !== closedAlready) throw error;
    return { closed: false };
  }
  if (agent !== undefined) await callNext(run, line, agent.address ?? undefined);
  return { closed: true };
});
