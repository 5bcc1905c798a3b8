/** Executions for lists: how far each is and what it waits for, without its context. */
import { isoOf } from "../../calendar.ts";
import type { Twilio } from "../../product.ts";
import { activeRuns } from "../../studio/runs.ts";
import { tokens } from "../../studio/tokens.ts";
import { failedCondition, failuresOf } from "./failures.ts";

export interface ExecutionsAsked {
  readonly limit: number;
  /** Only those before this one, in the order they began. */
  readonly before?: string | undefined;
  readonly conversationSid?: string | undefined;
  readonly sid?: string | undefined;
  /** Only those in which something went wrong, or that go on. */
  readonly status?: "failed" | "active" | undefined;
  /** Words: each has to be in a widget on the way, in the Flow's name, in a number or SID, or in what was written. */
  readonly find?: string | undefined;
  /** Only those that began at that time or later, and at the latest then: ISO 8601. */
  readonly since?: string | undefined;
  readonly until?: string | undefined;
}

/** Most words that are looked for at once. */
const mostWords = 8;

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
  const words = wordsOf(asked.find ?? "");
  const conditions = [
    "o.account = :account",
    "o.token = :token",
    ...(before === undefined
      ? []
      : ["o.sequence < (select sequence from objects where token = :token and sid = :before)"]),
    ...(conversationSid === undefined ? [] : ["e.conversation = :conversation"]),
    ...(sid === undefined ? [] : ["o.sid = :sid"]),
    ...(asked.status === "failed" ? [failedCondition] : []),
    ...(asked.status === "active" ? ["o.body ->> 'status' = 'active'"] : []),
    ...(asked.since === undefined ? [] : ["o.body ->> 'date_created' >= :since"]),
    ...(asked.until === undefined ? [] : ["o.body ->> 'date_created' <= :until"]),
    ...words.map((_, at) => holds(`:word${at}`)),
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
      account: twilio.store.account,
      token: tokens.execution,
      limit,
      ...(before === undefined ? {} : { before }),
      ...(conversationSid === undefined ? {} : { conversation: conversationSid }),
      ...(sid === undefined ? {} : { sid }),
      ...(asked.status === "failed" || words.length > 0 ? { step: tokens.step } : {}),
      ...(asked.since === undefined ? {} : { since: asked.since }),
      ...(asked.until === undefined ? {} : { until: asked.until }),
      ...(words.length > 0 ? { flow: tokens.flow } : {}),
      ...Object.fromEntries(words.map((word, at) => [`word${at}`, `%${word}%`])),
    });
  return rows.map((row) => ({ ...toSummary(row), failures: failuresOf(twilio, String(row["sid"])) }));
}

/** Words as they are looked for: what lists put before the last digits of a number is no part of it. */
function wordsOf(find: string): string[] {
  const words = find.replaceAll("·", " ").split(/\s+/).filter(Boolean).slice(0, mostWords);
  return words.map((word) => word.replace(/[\\%_]/g, String.raw`\$&`));
}

/** Whether a word stands somewhere in what an Execution is about. */
function holds(word: string): string {
  const like = (value: string): string => `${value} like ${word} escape '\\'`;
  return `(${[
    like("o.sid"),
    like("o.body ->> 'contact_channel_address'"),
    like("coalesce(e.conversation, '')"),
    `exists (select 1 from objects f where f.token = :flow and f.sid = o.body ->> 'flow_sid'
      and ${like("f.body ->> 'friendly_name'")})`,
    `exists (select 1 from ancestors a join objects s on s.sequence = a.sequence
      where a.ancestor = o.sid and a.token = :step and ${like("s.hidden ->> '$.state'")})`,
    // What came as a text, to begin with or as a reply; the context keeps it as the carrier's webhook names it.
    `exists (select 1 from json_tree(e.execution, '$.context') t where t.key = 'Body' and ${like("t.value")})`,
    `exists (select 1 from events v where v.parent in (o.sid, e.conversation)
      and (v.type glob 'message.*' or v.type = 'conversation.participantAdded')
      and (${["body", "author", "address"].map((name) => like(`v.data ->> '${name}'`)).join(" or ")}))`,
  ].join(" or ")})`;
}

function toSummary(row: Record<string, unknown>): ExecutionSummary {
  const isActive = row["status"] === "active";
  const due = typeof row["due"] === "number" ? isoOf(row["due"]) : null;
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
