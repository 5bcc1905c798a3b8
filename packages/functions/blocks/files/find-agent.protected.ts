/**
 * Brings somebody into a Conversation: the first free agent of the line, or of the queue whose word was written, those
 * who speak the customer's language first. An agent who writes a queue's word hands the customer over: the next joins
 * before the first leaves. With nobody free the Conversation is noted as waiting, and `callNext` tells it later.
 *
 * Answers `{state, agent}`: `added`, `handed-over`, `present` (somebody is in already) or `none`.
 */
import { customersIn, participantsOf, removeParticipant } from "@support-line/functions/agents";
import { brief } from "@support-line/functions/briefing";
import { callNext } from "@support-line/functions/call-next";
import { agentsOf, calledBy, inOrderFor } from "@support-line/functions/variables-v1/desk";
import { forms } from "@support-line/functions/forms";
import { handlerOf } from "@support-line/functions/handler";
import { joinAlone } from "@support-line/functions/join";
import { lineKey, readList } from "@support-line/functions/variables-v1/lists";
import { note, readNotes } from "@support-line/functions/notes";
import { nowOf } from "@support-line/functions/now";
import { timersOf } from "@support-line/functions/timers";

export const handler = handlerOf("find-agent", async (run) => {
  const { context, service, parameter, optional } = run;
  const sid = parameter("conversationID", forms.conversation);
  const line = parameter("line", forms.line);
  const now = nowOf(run);
  const conversation = service.conversations(sid);
  const [present, notes] = await Promise.all([participantsOf(conversation), readNotes(conversation)]);
  const called = calledBy(context, lineKey(line, "QUEUES"), optional("said") ?? "");
  const author = optional("author");
  const current = present.find(({ isAgent }) => isAgent);
  const isHandOver = current !== undefined && called !== undefined && current.address === author;
  if (current !== undefined && !isHandOver) return { state: "present", agent: current.address };

  const queue = called ?? notes.queue;
  const taken = new Set(present.map(({ address }) => address));
  const addresses = inOrderFor(agentsOf(context, line, queue), notes.language ?? "")
    .map(({ address }) => address)
    .filter((address) => !taken.has(address));
  const proxies = readList(context, lineKey(line, "PROXIES"));
  const heading = optional("briefing") ?? "";
  if (current === undefined) {
    // Noted before anybody is asked: who becomes free meanwhile is given to this customer, and none is lost should this
    // run out of time.
    const waiting = {
      line,
      since: notes.waiting?.since ?? now,
      text: optional("whenFree") ?? "",
      briefing: heading,
      ...(queue === undefined ? {} : { queue }),
    };
    // With timers: too many at once for Twilio's Functions, and nobody has given it any.
    await note(conversation, notes, { waiting, queue }, timersOf(run));
  }
  const joined = await joinAlone(service, sid, addresses, proxies, current?.address ?? undefined);
  if (joined === "other") return { state: "added", agent: null };
  if (joined === null) {
    // An agent whose colleagues are all busy keeps the customer.
    return current === undefined
      ? { state: "none", agent: null }
      : { state: "present", agent: current.address };
  }

  await note(conversation, notes, { waiting: undefined, queue });
  await brief(run, conversation, joined, { heading, authors: customersIn(present) });
  if (current === undefined) return { state: "added", agent: joined.address };
  await removeParticipant(conversation, current.sid);
  await callNext(run, line, current.address ?? undefined);
  return { state: "handed-over", agent: joined.address };
});
