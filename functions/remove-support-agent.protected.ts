/** Takes the agent who asked for it out of a Conversation. A customer who writes the same word is answered `removed: false`. */
import { participantsOf } from "./shared/agents.ts";
import { codeOf, forms, handlerOf, type Conversation } from "./shared/handler.ts";

const notFound = 20404;
const participantGone = 50430;

export const handler = handlerOf("remove-support-agent", async ({ service, parameter }) => {
  const conversation = service.conversations(parameter("conversationID", forms.conversation));
  const author = parameter("author");
  const agent = (await participantsOf(conversation)).find(
    ({ address, isAgent }) => isAgent && address === author,
  );
  if (agent === undefined) return { removed: false };
  await remove(conversation, agent.sid);
  return { removed: true };
});

async function remove(conversation: Conversation, sid: string): Promise<void> {
  try {
    await conversation.participants(sid).remove();
  } catch (error) {
    // Gone already is what was wanted.
    if (![notFound, participantGone].includes(codeOf(error) ?? 0)) throw error;
  }
}
