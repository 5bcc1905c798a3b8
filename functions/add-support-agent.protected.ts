/** Adds a support agent to a Conversation: the first agent of the line with a free proxy number. */
import { participantsOf } from "./shared/agents.ts";
import { agentsOf } from "./shared/desk.ts";
import { forms } from "./shared/forms.ts";
import { handlerOf, RequestError } from "./shared/handler.ts";
import { joinFirstFree } from "./shared/join.ts";
import { lineKey, readList } from "./shared/lists.ts";

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
