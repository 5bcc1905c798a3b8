/** Which step of which Execution sent a message, or took it in. */
import { carrierTables } from "../../carrier/tables.ts";
import { tokens } from "../../conversations/tokens.ts";
import { inner } from "../../fields.ts";
import type { Body, Json, Twilio } from "../../product.ts";
import { executionsNow, type ExecutionSummary } from "./executions.ts";

/** How many Executions of a Conversation are looked through, newest first. */
const most = 200;

/** The step; null when no Execution had to do with the message. */
export function stepOfMessage(twilio: Twilio, sid: string): object | null {
  const origin = carrierTables(twilio).originOf(sid);
  const inConversation = conversationMessage(twilio, origin?.messageSid ?? sid);
  const sids = [sid, origin?.messageSid ?? sid, inConversation?.sid ?? sid];
  for (const { sid: executionSid } of candidates(
    twilio,
    origin?.executionSid,
    inConversation?.conversationSid,
  )) {
    const steps = twilio.services.studio.steps(executionSid) ?? [];
    const step = steps.find((one) => newValues(one).some((value) => mentions(value, sids)));
    if (step) return { executionSid, stepSid: step["sid"] ?? null, state: step["state"] ?? null };
  }
  return null;
}

/** The Conversation's message behind a SID: its own, or that of the text that a handset wrote. */
function conversationMessage(
  twilio: Twilio,
  sid: string,
): { readonly sid: string; readonly conversationSid: string } | undefined {
  const row = twilio.store.database
    .prepare(
      `select sid, parents ->> 'ConversationSid' as conversation from objects
      where token = :token and (sid = :sid or hidden ->> 'channelMessageSid' = :sid) order by sequence desc limit 1`,
    )
    .get({ token: tokens.message, sid });
  return row && { sid: String(row["sid"]), conversationSid: String(row["conversation"]) };
}

function candidates(
  twilio: Twilio,
  executionSid: string | undefined,
  conversationSid: string | undefined,
): ExecutionSummary[] {
  if (executionSid !== undefined) return executionsNow(twilio, { limit: 1, sid: executionSid });
  return executionsNow(twilio, { limit: most, conversationSid });
}

/** What a step added to the context; what started the Execution belongs to its first step. */
function newValues(step: Body): Json[] {
  const [before, after] = [inner(step, "before"), inner(step, "after")];
  const old = inner(before, "widgets");
  const fresh = Object.entries(inner(after, "widgets")).flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(old[name]) ? [] : [value],
  );
  return step["type"] === "trigger" ? [...fresh, after["trigger"] ?? {}] : fresh;
}

function mentions(value: Json, sids: readonly string[]): boolean {
  if (typeof value === "string") return sids.includes(value);
  if (typeof value !== "object" || value === null) return false;
  return Object.values(value).some((below) => mentions(below, sids));
}
