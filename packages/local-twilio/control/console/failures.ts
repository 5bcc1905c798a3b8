/** What went wrong in an Execution: widgets left by their failure, faults that ended it, messages that did not arrive. */
import { textOf } from "../../json.ts";
import type { Twilio } from "../../product.ts";
import { tokens } from "../../studio/tokens.ts";

export interface Failure {
  /** The widget; empty where none is known, as of a message that was lost on its way. */
  readonly state: string;
  /** The event that the widget was left by, or `undelivered`, or how the Execution was ended. */
  readonly event: string;
  /** Twilio's code, or the status that a Function answered with. */
  readonly code: number | null;
  readonly words: string;
}

/** Every way out of a widget that means failure has it in its name: `fail`, `deliveryFailure`, `failedToEnqueue`. */
const leftByFailure = "s.hidden ->> '$.left.event' like '%fail%'";

const stepsOf = `from ancestors a join objects s on s.sequence = a.sequence
  where a.ancestor = o.sid and a.token = :step and ${leftByFailure}`;

/**
 * Messages of the Execution, or of its Conversation while no later Execution had begun there. Executions know whole
 * seconds alone, so seconds are compared.
 */
const lostOf = `from events v
  where v.type in ('message.undelivered', 'message.failed') and (v.parent = o.sid or (
    v.parent = e.conversation and substr(v.at, 1, 19) >= substr(o.body ->> 'date_created', 1, 19)
    and not exists (
      select 1 from studio_executions x join objects y on y.token = o.token and y.sid = x.sid
      where x.conversation = e.conversation and y.sequence > o.sequence
        and substr(y.body ->> 'date_created', 1, 19) <= substr(v.at, 1, 19)
    )))`;

/** Whether something went wrong in the Execution `o` (with its run `e`), as a condition; `:step` is the token of steps. */
export const failedCondition = `(
  (o.body ->> 'status' <> 'active' and coalesce(e.execution ->> '$.endedBy', 'failed') not in ('completed', 'stopped'))
  or exists (select 1 ${stepsOf}) or exists (select 1 ${lostOf}))`;

/** Most of a kind that are told of one Execution, the newest. */
const most = 5;

/** What went wrong in an Execution, in the order it did; empty when nothing. */
export function failuresOf({ store }: Twilio, executionSid: string): Failure[] {
  const one = "objects o left join studio_executions e on e.sid = o.sid";
  const asked = { token: tokens.execution, sid: executionSid };
  const rows = (
    sql: string,
    values: Record<string, string | number>,
  ): Record<string, string | number | null>[] =>
    store.database.prepare(sql).all(values) as Record<string, string | number | null>[];
  const left = rows(
    `select s.hidden ->> '$.state' as state, s.hidden ->> '$.left.event' as event
    from ${one}, ancestors a join objects s on s.sequence = a.sequence
    where o.token = :token and o.sid = :sid and a.ancestor = o.sid and a.token = :step and ${leftByFailure}
    order by s.sequence desc limit ${most}`,
    { ...asked, step: tokens.step },
  ).reverse();
  const notes = rows(
    `select type, data ->> 'state' as state, data ->> 'code' as code,
      coalesce(data ->> 'reason', data ->> 'message') as words
    from events where sid = :sid and type in ('execution.warned', 'execution.requestFailed', 'execution.failed')
    order by id desc limit 100`,
    { sid: executionSid },
  );
  const lost = rows(
    `select o.sid, v.type, v.data ->> 'errorCode' as code ${lostOf.replace("from events v", `from ${one}, events v`)}
    and o.token = :token and o.sid = :sid order by v.id desc limit ${most}`,
    asked,
  ).reverse();
  return [
    ...left.map(({ state, event }) => {
      const said = notes.filter((note) => note["state"] === state);
      return {
        state: String(state),
        event: String(event),
        code: numberOf(said.find(({ code }) => code !== null)?.["code"]),
        words: textOf(said.find(({ words }) => words !== null)?.["words"]),
      };
    }),
    ...notes
      .filter(({ type }) => type === "execution.failed")
      .map(({ code, words }) => ({
        state: "",
        event: "failed",
        code: numberOf(code),
        words: textOf(words),
      })),
    ...lost.map(({ code }) => ({ state: "", event: "undelivered", code: numberOf(code), words: "" })),
  ];
}

function numberOf(value: unknown): number | null {
  return value === null || value === undefined || Number.isNaN(Number(value)) ? null : Number(value);
}
