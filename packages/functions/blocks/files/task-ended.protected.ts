/**
 * TaskRouter's event callback: no Conversation stays open because its Task ended. A customer whom nobody answered is put
 * back into the queue as often as the stage says, then told, and the Conversation closed; one whose agent is done has
 * it closed as well. Callbacks come twice and in any order, so what counts is how things stand, not which event this is:
 * as long as the Conversation has another live Task, its customer is looked after and nothing happens.
 */
import { alone } from "@support-line/functions/alone";
import { codeOf, handlerOf, type Conversation, type Run } from "@support-line/functions/handler";
import { closeChannel, hasLiveTask, inviteAgain } from "@support-line/functions/interaction";
import { note, notesIn, type AtFlex } from "@support-line/functions/notes";
import { taskEndOf, type TaskEnd } from "@support-line/functions/task-event";

/** What is noted of a Conversation that nothing was noted of when it was handed over. */
const unsaid: AtFlex = { line: "", invitedAgain: 0, unanswered: "", stillWaiting: "", closed: "" };

const notThere = 20404;
const closedAlready = 50377;

export const handler = handlerOf("task-ended", async (run) => {
  const end = taskEndOf(run);
  if (end === null) return { ignored: "no end of a Task" };
  if (end.conversationSid === undefined) return { ignored: "a Task without a Conversation" };
  const { conversationSid } = end;
  return alone(run, `task-ended-${conversationSid}`, () => afterEnd(run, end, conversationSid));
});

async function afterEnd(run: Run, end: TaskEnd, conversationSid: string): Promise<object> {
  const conversation = run.service.conversations(conversationSid);
  const found = await fetched(conversation);
  // Other teams' Tasks are in the Workspace too.
  if (found === null) return { ignored: "a Conversation of another Service" };
  if (found.state === "closed") {
    await closeChannel(run, end);
    return { ignored: "closed already" };
  }
  if (await hasLiveTask(run, conversationSid, end.taskSid)) return { ignored: "another Task is there" };
  const notes = notesIn(found.attributes);
  const { flex } = notes;
  if (end.how === "completed") {
    if (run.variable("FLEX_AFTER_COMPLETION") === "keep") return { ignored: "kept open" };
    return close(run, conversation, end, flex?.closed);
  }
  const invited = flex?.invitedAgain ?? 0;
  if (invited < Number(run.variable("FLEX_INVITE_AGAIN")) && (await inviteAgain(run, end))) {
    await note(conversation, notes, { flex: { ...unsaid, ...flex, invitedAgain: invited + 1 } });
    await tell(conversation, flex?.stillWaiting);
    return { invited: invited + 1 };
  }
  return close(run, conversation, end, flex?.unanswered);
}

async function fetched(conversation: Conversation) {
  try {
    return await conversation.fetch();
  } catch (error) {
    if (codeOf(error) !== notThere) throw error;
    return null;
  }
}

async function close(
  run: Run,
  conversation: Conversation,
  end: TaskEnd,
  text: string | undefined,
): Promise<object> {
  await tell(conversation, text);
  await closeChannel(run, end);
  try {
    await conversation.update({ state: "closed" });
  } catch (error) {
    if (codeOf(error) !== closedAlready) throw error;
  }
  return { closed: true };
}

async function tell(conversation: Conversation, text: string | undefined): Promise<void> {
  if (text) await conversation.messages.create({ author: "system", body: text });
}
