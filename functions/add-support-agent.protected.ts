/** Adds a support agent to a Conversation: the first agent of the line with a free proxy number. */
import { participantsOf } from "@support-line/functions/agents";
import { agentsOf } from "@support-line/functions/variables-v1/desk";
import { forms } from "@support-line/functions/forms";
import { handlerOf, RequestError } from "@support-line/functions/handler";
import { joinFirstFree } from "@support-line/functions/join";
import { lineKey, readList } from "@support-line/functions/variables-v1/lists";

export const handler = handlerOf("add-support-agent", async ({ context, service, parameter, variable }) => {
  const sid = parameter("conversationID", forms.conversation);
  const line = parameter("line", forms.line);
  // Said before anything is asked: a line that the stage does not have, or that nobody works on.
  variable(lineKey(line, "AGENTS"));
  const conversation = service.conversations(sid);
  const present = await participantsOf(conversation);
  if (present.some(({ isAgent }) => isAgent)) return "Success";

  // Who is here already is no agent here: the customer's own number, should it be on the list, least of all.
  const taken = new Set(present.map(({ address }) => address));
  const addresses = agentsOf(context, line, undefined).map(({ address }) => address);
  const free = addresses.filter((address) => !taken.has(address));
  if (await joinFirstFree(service, sid, free, readList(context, lineKey(line, "PROXIES")))) {
    return "Success";
  }
  throw new RequestError(`no free pair of agent and proxy on line ${line}`);
});
