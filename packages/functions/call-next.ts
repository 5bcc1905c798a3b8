/**
 * Gives an agent who is free now to the customer who waits longest. The agent is added at once, so that nobody else takes
 * them, and the customer is told in a message whose webhooks run: it wakes the Flow that waits there. Should the Flow be
 * busy and miss it, the agent is there all the same.
 */
import { customersIn, participantsOf } from "./agents.ts";
import { brief } from "./briefing.ts";
import { agentsOf } from "./variables-v1/desk.ts";
import type { Run } from "./handler.ts";
import { joinAlone } from "./join.ts";
import { lineKey, readList } from "./variables-v1/lists.ts";
import { note, notesIn, type Notes, type Waiting } from "./notes.ts";

/** As many open Conversations as are looked through. */
const most = 1000;

interface Candidate {
  readonly sid: string;
  readonly notes: Notes & Readonly<Record<string, unknown>>;
  readonly waiting: Waiting;
}

/**
 * Serves the next customer of a line.
 *
 * @param freed address of the agent who is free now; undefined: not known which
 * @param rounds how often the list is gone through, for those who were passed over
 * @returns the SID of the Conversation that has an agent now, null when nobody waits or nobody is free
 */
export async function callNext(
  run: Run,
  line: string,
  freed: string | undefined,
  rounds = 3,
): Promise<string | null> {
  const { context, service } = run;
  const proxies = readList(context, lineKey(line, "PROXIES"));
  const waitingNow = await waitingOn(run, line);
  let losses = 0;
  for (let at = 0; at < waitingNow.length; at += 1 + strideAfter(losses, freed ?? line)) {
    const candidate = waitingNow[at];
    if (candidate === undefined) return null;
    const { sid, notes, waiting } = candidate;
    const agents = agentsOf(context, line, waiting.queue).map(({ address }) => address);
    const free = agents.filter((address) => freed === undefined || address === freed);
    if (free.length === 0) continue;
    const joined = await joinAlone(service, sid, free, proxies);
    // Somebody else was quicker: with the agent, and nobody is left to give; or with the customer, and the next one waits.
    if (joined === null) return null;
    if (joined === "other") {
      losses += 1;
      continue;
    }
    const conversation = service.conversations(sid);
    await note(conversation, notes, { waiting: undefined });
    const authors = customersIn(await participantsOf(conversation));
    await brief(run, conversation, joined, { heading: waiting.briefing, authors });
    await conversation.messages.create({
      author: "system",
      body: waiting.text,
      xTwilioWebhookEnabled: "true",
    });
    return sid;
  }
  // Whoever was passed over may still wait.
  return losses > 0 && rounds > 1 ? callNext(run, line, freed, rounds - 1) : null;
}

/**
 * How many to pass over: many agents who become free at once would all try the same customers one after the other, and a
 * Function has ten seconds. Whoever lost goes further ahead each time, each agent elsewhere.
 */
function strideAfter(losses: number, who: string): number {
  if (losses === 0) return 0;
  const sum = [...who].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) >>> 0, losses);
  return sum % 2 ** Math.min(losses, 6);
}

/** Who waits on a line, the longest first. */
async function waitingOn({ service }: Run, line: string): Promise<Candidate[]> {
  const open = await service.conversations.list({ state: "active", limit: most, pageSize: 100 });
  return open
    .flatMap(({ sid, attributes }) => {
      const notes = notesIn(attributes);
      return notes.waiting?.line === line ? [{ sid, notes, waiting: notes.waiting }] : [];
    })
    .sort((one, other) => one.waiting.since - other.waiting.since);
}
