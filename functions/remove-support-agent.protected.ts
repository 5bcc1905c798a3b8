/** Takes the agent who asked for it out of a Conversation. A customer who writes the same word is answered `removed: false`. */
import { participantsOf } from "./shared/agents.ts";
import { forms } from "./shared/forms.ts";
import { codeOf, handlerOf, type Conversation } from "./shared/handler.ts";
import { lineKey, readList } from "./shared/lists.ts";

const notFound = 20404;
const participantGone = 50430;

export const handler = handlerOf(
  "remove-support-agent",
  async ({ context, service, parameter, optional }) => {
    const conversation = service.conversations(parameter("conversationID", forms.conversation));
    const author = parameter("author");
    // An agent whom somebody added by hand carries no mark; the line's list knows the number.
    const line = optional("line", forms.line);
    const listed = line === undefined ? [] : readList(context, lineKey(line, "AGENTS"));
    const participant = (await participantsOf(conversation)).find(({ address }) => address === author);
    if (participant === undefined || !(participant.isAgent || listed.includes(author))) {
      return { removed: false };
    }
    await remove(conversation, participant.sid);
    return { removed: true };
  },
);

async function remove(conversation: Conversation, sid: string): Promise<void> {
  try {
    await conversation.participants(sid).remove();
  } catch (error) {
    // Gone already is what was wanted.
    if (![notFound, participantGone].includes(codeOf(error) ?? 0)) throw error;
  }
}
