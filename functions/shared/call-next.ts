/**
 * Tells the customer who waits longest that somebody is free. The text goes through the Conversation's webhooks, so
 * that it wakes the Flow that waits there, which then asks for the agent.
 */
import { agentsOf, type DeskAgent } from "./desk.ts";
import type { Conversation, Run } from "./handler.ts";
import { note, notesIn, type Waiting } from "./notes.ts";

/** As many open Conversations as are looked through. */
const most = 1000;
/** So long a customer who was called may take the agent, milliseconds. */
const patience = 60_000;

/**
 * Calls the next customer of a line.
 *
 * @param freed address of the agent who is free now; undefined: not known which
 * @param now milliseconds since 1970
 * @returns the SID of the Conversation that was told, null when nobody waits
 */
export async function callNext(
  { context, service }: Run,
  line: string,
  freed: string | undefined,
  now: number,
): Promise<string | null> {
  const open = await service.conversations.list({ state: "active", limit: most, pageSize: 100 });
  const isOne = (agents: readonly DeskAgent[]) =>
    freed === undefined || agents.some(({ address }) => address === freed);
  const [next] = open
    .flatMap(({ sid, attributes }) => {
      const notes = notesIn(attributes);
      return notes.waiting === undefined ? [] : [{ sid, notes, waiting: notes.waiting }];
    })
    .filter(({ waiting }) => waiting.line === line && now - (waiting.called ?? 0) >= patience)
    .filter(({ waiting }) => isOne(agentsOf(context, line, waiting.queue)))
    .sort((one, other) => one.waiting.since - other.waiting.since);
  if (next === undefined) return null;
  const conversation = service.conversations(next.sid);
  await note(conversation, next.notes, { waiting: { ...next.waiting, called: now } });
  await tell(conversation, next.waiting);
  return next.sid;
}

/** Posts the text as the system, webhooks and all. */
async function tell(conversation: Conversation, { text }: Waiting): Promise<void> {
  await conversation.messages.create({ author: "system", body: text, xTwilioWebhookEnabled: "true" });
}
