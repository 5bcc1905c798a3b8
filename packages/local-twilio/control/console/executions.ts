/** Executions for lists: how far each is and what it waits for, without its context. */
import type { Twilio } from "../../product.ts";
import { activeRuns } from "../../studio/runs.ts";
import { tokens } from "../../studio/tokens.ts";

export interface ExecutionsAsked {
  readonly limit: number;
  /** Only those before this one, in the order they began. */
  readonly before?: string | undefined;
  readonly conversationSid?: string | undefined;
  readonly sid?: string | undefined;
}

/** An Execution as a list shows it. */
export interface ExecutionSummary {
  readonly sid: string;
  readonly [property: string]: unknown;
}

/** The newest Executions, newest first. */
export function executionsNow(twilio: Twilio, asked: ExecutionsAsked): ExecutionSummary[] {
  // The table of runs is made when a run is first looked for.
  activeRuns(twilio);
  const { limit, before, conversationSid, sid } = asked;
  const conditions = [
    "o.token = :token",
    ...(before === undefined
      ? []
      : ["o.sequence < (select sequence from objects where token = :token and sid = :before)"]),
    ...(conversationSid === undefined ? [] : ["e.conversation = :conversation"]),
    ...(sid === undefined ? [] : ["o.sid = :sid"]),
  ];
  const rows = twilio.store.database
    .prepare(
      `select o.sid, o.body ->> 'flow_sid' as flow, o.body ->> 'status' as status,
        o.body ->> 'date_created' as began, o.body ->> 'date_updated' as changed,
        o.body ->> 'contact_channel_address' as contact, e.conversation, e.revision, e.due,
        e.execution ->> '$.state' as state, e.execution ->> '$.endedBy' as endedBy,
        e.execution ->> '$.trigger' as trigger, e.execution ->> '$.steps' as steps,
        e.execution ->> '$.waiting.type' as waiting
      from objects o left join studio_executions e on e.sid = o.sid
      where ${conditions.join(" and ")} order by o.sequence desc limit :limit`,
    )
    .all({
      token: tokens.execution,
      limit,
      ...(before === undefined ? {} : { before }),
      ...(conversationSid === undefined ? {} : { conversation: conversationSid }),
      ...(sid === undefined ? {} : { sid }),
    });
  return rows.map(toSummary);
}

function toSummary(row: Record<string, unknown>): ExecutionSummary {
  const isActive = row["status"] === "active";
  const due = typeof row["due"] === "number" ? new Date(row["due"]).toISOString() : null;
  return {
    sid: String(row["sid"]),
    flowSid: row["flow"],
    revision: row["revision"] ?? null,
    status: row["status"],
    endedBy: isActive ? null : (row["endedBy"] ?? "failed"),
    trigger: row["trigger"] ?? null,
    contact: row["contact"],
    conversationSid: row["conversation"] ?? null,
    began: row["began"],
    ended: isActive ? null : row["changed"],
    state: row["state"] ?? "",
    steps: Number(row["steps"] ?? 0),
    waiting: isActive && row["waiting"] !== null ? { for: row["waiting"], until: due } : null,
  };
}
