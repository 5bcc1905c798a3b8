/**
 * Which Conversation a pair of addresses belongs to: one that is not closed, and no more than one. Inbound routing is
 * the look-up of that pair, https://www.twilio.com/docs/conversations-classic/inbound-autocreation
 */
import type { StatementSync } from "node:sqlite";
import type { Body, Twilio } from "../product.ts";
import { text } from "../fields.ts";
import type { State } from "../state.ts";

export interface PairHolder {
  readonly conversationSid: string;
  readonly participantSid: string;
}

interface Statements {
  readonly select: StatementSync;
  readonly insert: StatementSync;
  readonly deleteConversation: StatementSync;
  readonly deleteParticipant: StatementSync;
}

const statements: State<Statements> = {
  ofStore: false,
  open: ({ store: { database } }) => ({
    select: database.prepare("select * from conversation_pairs where address = ? and proxy = ?"),
    insert: database.prepare("insert into conversation_pairs values (?, ?, ?, ?)"),
    deleteConversation: database.prepare("delete from conversation_pairs where conversation = ?"),
    deleteParticipant: database.prepare(
      "delete from conversation_pairs where conversation = ? and participant = ?",
    ),
  }),
};

/** Who holds a pair now. */
export function findPair(twilio: Twilio, address: string, proxy: string): PairHolder | undefined {
  const row = twilio.state(statements).select.get(address, proxy);
  if (!row) return undefined;
  return { conversationSid: String(row["conversation"]), participantSid: String(row["participant"]) };
}

/** Takes the pair of a binding for a participant. The caller has looked that it is free. */
export function takePair(twilio: Twilio, binding: Body, holder: PairHolder): void {
  twilio
    .state(statements)
    .insert.run(
      text(binding, "address"),
      text(binding, "proxy_address"),
      holder.conversationSid,
      holder.participantSid,
    );
}

/** Frees the pairs of a Conversation (closed, deleted) or of one participant of it. */
export function releasePairs(twilio: Twilio, conversationSid: string, participantSid?: string): void {
  const { deleteConversation, deleteParticipant } = twilio.state(statements);
  if (participantSid === undefined) deleteConversation.run(conversationSid);
  else deleteParticipant.run(conversationSid, participantSid);
}
