/**
 * Asks the next agent instead of one who has not answered: the next joins before the silent one leaves, so that the
 * customer is never without anybody. Answers `{state, agent}`: `added`, or `none` when nobody else is free, and then the
 * silent agent stays and may still answer.
 */
import { customersIn, participantsOf, removeParticipant } from "./shared/agents.ts";
import { brief } from "./shared/briefing.ts";
import { agentsOf, inOrderFor } from "./shared/desk.ts";
import { forms } from "./shared/forms.ts";
import { handlerOf } from "./shared/handler.ts";
import { joinFirstFree } from "./shared/join.ts";
import { lineKey, readList } from "./shared/lists.ts";
import { readNotes } from "./shared/notes.ts";

export const handler = handlerOf("replace-agent", async (run) => {
  const { context, service, parameter } = run;
  const sid = parameter("conversationID", forms.conversation);
  const line = parameter("line", forms.line);
  const conversation = service.conversations(sid);
  const [present, notes] = await Promise.all([participantsOf(conversation), readNotes(conversation)]);
  const silent = present.find(({ isAgent }) => isAgent);
  const addresses = inOrderFor(agentsOf(context, line, notes.queue), notes.language ?? "").map(
    ({ address }) => address,
  );
  // Whoever stands before the silent one has been asked, or was busy a moment ago.
  const next = addresses.slice(addresses.indexOf(silent?.address ?? "") + 1);
  const joined = await joinFirstFree(run.service, sid, next, readList(context, lineKey(line, "PROXIES")));
  if (joined === null) return { state: "none", agent: silent?.address ?? null };
  if (silent !== undefined) await removeParticipant(conversation, silent.sid);
  const heading = run.optional("briefing") ?? "";
  await brief(run, conversation, joined, { heading, authors: customersIn(present) });
  return { state: "added", agent: joined.address };
});
