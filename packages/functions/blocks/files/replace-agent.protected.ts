/**
 * Asks the next agent instead of one who has not answered: the next joins before the silent one leaves, so that the
 * customer is never without anybody. Answers `{state, agent}`: `added`, or `none` when nobody else is free, and then the
 * silent agent stays and may still answer.
 */
import { customersIn, participantsOf, removeParticipant } from "@support-line/functions/agents";
import { brief } from "@support-line/functions/briefing";
import { agentsOf, inOrderFor } from "@support-line/functions/variables-v1/desk";
import { forms } from "@support-line/functions/forms";
import { handlerOf } from "@support-line/functions/handler";
import { joinFirstFree } from "@support-line/functions/join";
import { lineKey, readList } from "@support-line/functions/variables-v1/lists";
import { readNotes } from "@support-line/functions/notes";

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
