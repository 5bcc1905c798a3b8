/** Notes the language whose word a customer wrote, so that every later text and agent is of that language: `{language}`. */
import { calledBy } from "@support-line/functions/variables-v1/desk";
import { forms } from "@support-line/functions/forms";
import { handlerOf, RequestError } from "@support-line/functions/handler";
import { note, readNotes } from "@support-line/functions/notes";

export const handler = handlerOf("choose-language", async ({ context, service, parameter }) => {
  const conversation = service.conversations(parameter("conversationID", forms.conversation));
  const language = calledBy(context, "LANGUAGES", parameter("said"));
  if (language === undefined) throw new RequestError("no language of the stage has that word");
  await note(conversation, await readNotes(conversation), { language });
  return { language };
});
