/**
 * Takes the agent who asked for it out of a Conversation. A customer who writes the same word is answered `removed: false`.
 * With `servesNext` the agent goes on to the customer who waits longest: in the same run, since a second one may be refused
 * while many run at once (429) and leave the agent idle.
 */
import { participantsOf, removeParticipant } from "@support-line/functions/agents";
import { callNext } from "@support-line/functions/call-next";
import { agentsOf } from "@support-line/functions/variables-v1/desk";
import { forms } from "@support-line/functions/forms";
import { handlerOf } from "@support-line/functions/handler";
import { note, readNotes } from "@support-line/functions/notes";

export const handler = handlerOf("remove-support-agent", async (run) => {
  const { context, service, parameter, optional } = run;
  const conversation = service.conversations(parameter("conversationID", forms.conversation));
  const author = parameter("author");
  // An agent whom somebody added by hand carries no mark; the line's list knows the number.
  const line = optional("line", forms.line);
  const listed = line === undefined ? [] : agentsOf(context, line, undefined).map(({ address }) => address);
  const participant = (await participantsOf(conversation)).find(({ address }) => address === author);
  if (participant === undefined || !(participant.isAgent || listed.includes(author))) {
    return { removed: false };
  }
  await removeParticipant(conversation, participant.sid);
  // What the queue was asked for is done: the line's word brings the line's own agents again.
  const notes = await readNotes(conversation);
  if (notes.queue !== undefined) await note(conversation, notes, { queue: undefined });
  if (line !== undefined && optional("servesNext") === "true") await callNext(run, line, author);
  return { removed: true };
});
