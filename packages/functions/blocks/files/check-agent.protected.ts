/**
 * How it stands with the agent who was asked, and what was written last: `answered`, `waiting` (with the seconds that
 * are left), `silent` (they had `within` seconds), `given` (a customer who waited has one now), or `nobody`. Reads the Conversation, so that it does not matter where
 * Studio puts a reply.
 */
import { participantsOf } from "@support-line/functions/agents";
import { forms } from "@support-line/functions/forms";
import { handlerOf, RequestError } from "@support-line/functions/handler";
import { nowOf } from "@support-line/functions/now";

export const handler = handlerOf("check-agent", async (run) => {
  const conversation = run.service.conversations(run.parameter("conversationID", forms.conversation));
  const within = Number(run.parameter("within"));
  if (!(within > 0)) throw new RequestError("the parameter within is not a number of seconds");
  const [present, messages] = await Promise.all([
    participantsOf(conversation),
    conversation.messages.list({ order: "desc", limit: 50 }),
  ]);
  const [last] = messages;
  const said = { said: last?.body ?? "", author: last?.author ?? "" };
  const agent = present.find(({ isAgent }) => isAgent);
  if (agent === undefined) return { ...said, state: "nobody", seconds: 0 };
  const hasAnswered = messages.some(
    ({ author, dateCreated }) => author === agent.address && dateCreated.getTime() >= agent.joined,
  );
  if (hasAnswered) return { ...said, state: "answered", seconds: 0 };
  // Somebody was given to a customer who waited, and this is the message that says so.
  if (last?.author === "system") return { ...said, state: "given", seconds: within };
  const seconds = Math.ceil((agent.joined - nowOf(run)) / 1000) + within;
  return { ...said, state: seconds > 0 ? "waiting" : "silent", seconds: Math.max(0, seconds) };
});
