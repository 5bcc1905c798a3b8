/** Who is hurt on a stage, since when, by what, and the next command for each: what `status` says first. */
import { blameOf, publishedWords } from "./blame.ts";
import { meaningOf } from "./codes.ts";
import { changedSince } from "./over.ts";
import { undeliveredOf, type Undelivered } from "./undelivered.ts";
import { openConversations, type OpenConversations } from "./conversations.ts";
import type { Group } from "./failure.ts";
import { contactShown } from "./people.ts";
import { surveyOf, type Survey } from "./survey.ts";
import type { NightStage } from "./night-stage.ts";
import { ago, clock, count } from "./words.ts";

/** One thing that is to be looked at. */
export interface Finding {
  readonly kind: "failing" | "gone" | "waiting" | "stuck" | "earlier" | "paused" | "rolled back";
  /** Whether somebody is being hurt by it now. */
  readonly hurts: boolean;
  readonly text: string;
  /** The next command. */
  readonly next: string;
}

export interface LineAnswers {
  readonly name: string;
  /** Executions of the last day, and how many of the last twenty failed. */
  readonly executions: number;
  readonly looked: number;
  readonly failed: number;
  readonly text: string;
}

export interface Hurt {
  readonly stage: string;
  /** Those that hurt first. */
  readonly findings: readonly Finding[];
  readonly lines: readonly LineAnswers[];
  readonly conversations: { readonly open: number; readonly waiting: number; readonly stuck: number };
  /** What was published last, in words; null when nothing is known of it. */
  readonly changedLast: string | null;
  readonly failuresToday: number;
  readonly failuresSinceChange: number;
  /** What could not be read, in words. */
  readonly gaps: readonly string[];
}

/** A failure of the last so many milliseconds hurts now; so does one of the line's last Executions, however old. */
const recentMs = 3600_000;
const lastFew = 5;

/**
 * Looks at a stage.
 *
 * @param now milliseconds since 1970
 * @throws TwilioRefusal
 */
export async function hurtOn(night: NightStage, now: number): Promise<Hurt> {
  const survey = await surveyOf(night, now);
  const conversations = await openConversations(night, survey.record.executions, now);
  const lines = night.lines.map(({ name }) => lineAnswers(survey, name));
  const undelivered = await undeliveredOf(
    night,
    survey.groups.map(({ last }) => last.sid),
  );
  const findings: Finding[] = [
    ...survey.missing.map(({ line, widget, path, build }): Finding => ({
      kind: "gone",
      hurts: true,
      text: `Function ${path}, which widget ${widget} of line ${line} runs, is not in the Build that answers (${build.sid}, deployed at ${clock(build.at, now)})`,
      next: `npm run stage -- why ${night.stage} ${exampleOf(survey, widget) ?? "last"}`,
    })),
    ...survey.groups.filter(({ hurts }) => hurts).map((group) => groupFinding(survey, group, undelivered)),
    ...conversationFindings(night, conversations, now),
    ...night.paused.map((line): Finding => ({
      kind: "paused",
      hurts: false,
      text: `Line ${line} is paused: customers hear that it is`,
      next: `npm run stage -- resume ${night.stage}`,
    })),
    ...(night.rolledBack === null
      ? []
      : [
          {
            kind: "rolled back" as const,
            hurts: false,
            text: `Rolled back at ${clock(Date.parse(night.rolledBack), now)}: deployments stop`,
            next: `npm run stage -- rollback ${night.stage} --clear`,
          },
        ]),
  ];
  const changed = survey.record.published.at(-1);
  const hurting = survey.failures.filter(({ hurts }) => hurts);
  return {
    stage: night.stage,
    findings: findings.toSorted((one, other) => Number(other.hurts) - Number(one.hurts)),
    lines,
    conversations: {
      open: conversations.open.length,
      waiting: conversations.waiting.length,
      stuck: conversations.stuck.length,
    },
    changedLast: changed === undefined ? null : publishedWords(changed, now),
    failuresToday: hurting.length,
    failuresSinceChange: hurting.filter(({ at }) => at >= (changed?.at ?? 0)).length,
    gaps: [...survey.gaps, ...conversations.gaps],
  };
}

/** The Execution in which a widget failed last. */
function exampleOf({ failures }: Survey, widget: string): string | null {
  return failures.findLast((each) => each.widget === widget && each.execution !== null)?.sid ?? null;
}

function groupFinding(survey: Survey, group: Group, undelivered: ReadonlyMap<string, Undelivered>): Finding {
  const { night, now, record } = survey;
  const { code, where, last, first, contacts, count: times } = group;
  const { meaning, wayOut } = meaningOf(code);
  const few = record.executions.filter(({ line }) => line === last.line).slice(-lastFew);
  const changed = changedSince(survey, group);
  const isNow =
    changed?.isOver !== true && (now - last.at < recentMs || few.some(({ sid }) => sid === last.sid));
  const blame = blameOf(night, group, record);
  const message = undelivered.get(last.sid);
  const whom = message === undefined ? "" : ` (the last to ${message.to})`;
  const whomHit = contacts === 0 ? "" : `${count(contacts, "customer")}, `;
  const since = blame === null ? "" : `; since ${blame.words}`;
  const until =
    changed === null
      ? ""
      : changed.isOver
        ? `; not since ${changed.words}`
        : `; nobody was seen there since ${changed.words}`;
  const target = last.execution?.sid ?? message?.conversationSid ?? null;
  const text = `${code === null ? "" : `${code} in `}${where}${whom}: ${meaning} ${wayOut} ${whomHit}${count(times, "time")}, first at ${clock(first.at, now)}, last ${ago(last.at, now)} ago${since}${until}`;
  return {
    kind: isNow ? "failing" : "earlier",
    hurts: isNow,
    text,
    next:
      target === null
        ? `npm run stage -- logs ${night.stage} --since 1d --failed`
        : `npm run stage -- why ${night.stage} ${target}`,
  };
}

function conversationFindings(
  { stage }: NightStage,
  { waiting, stuck, people }: OpenConversations,
  now: number,
): Finding[] {
  return [
    ...waiting.map(({ sid, waits }): Finding => {
      const since = waits?.since ?? now;
      return {
        kind: "waiting",
        hurts: true,
        text: `Customer ${contactShown(sid, people)} waits for ${waits?.forWhom ?? "an agent"} since ${clock(since, now)} (${ago(since, now)})`,
        next: `npm run stage -- why ${stage} ${sid}`,
      };
    }),
    ...stuck.map(({ sid, since, why }): Finding => ({
      kind: "stuck",
      hurts: true,
      text: `Customer ${contactShown(sid, people)} is stuck${since === null ? "" : ` since ${clock(since, now)}`}: ${why}`,
      next: `npm run stage -- why ${stage} ${sid}`,
    })),
  ];
}

function lineAnswers({ record, steps, failures, now }: Survey, name: string): LineAnswers {
  const ran = record.executions.filter(({ line }) => line === name);
  const looked = ran.slice(-20).filter(({ sid }) => steps.has(sid));
  const broken = new Set(failures.flatMap(({ hurts, execution }) => (hurts ? (execution?.sid ?? []) : [])));
  const failed = looked.filter(({ sid }) => broken.has(sid));
  const last = ran.at(-1);
  const where = failures.findLast(({ sid }) => sid === failed.at(-1)?.sid)?.where;
  const text =
    last === undefined
      ? "no Execution in the last day"
      : `${count(ran.length, "Execution")} in the last day, the last ${ago(last.at, now)} ago; ${
          failed.length === 0
            ? `none of the last ${looked.length} failed`
            : `${failed.length} of the last ${looked.length} failed, the last in ${where ?? "a widget"}`
        }`;
  return { name, executions: ran.length, looked: looked.length, failed: failed.length, text };
}

/** What is said first of a stage: who is hurt, then what else there is to look at, each with the next command. */
export function hurtText({
  findings,
  lines,
  changedLast,
  failuresToday,
  failuresSinceChange,
  gaps,
}: Hurt): string {
  const hurting = findings.filter(({ hurts }) => hurts);
  const others = findings.filter(({ hurts }) => !hurts);
  return [
    hurting.length === 0
      ? "Nobody is being hurt."
      : `Somebody is being hurt, in ${count(hurting.length, "way")}:`,
    ...[...hurting, ...others].flatMap(({ kind, text, next }) => [
      `  ${kind.padEnd(11)}  ${text}`,
      `  ${"".padEnd(11)}  next: ${next}`,
    ]),
    ...lines.map(({ name, text }) => `line ${name}: ${text}`),
    `changed last: ${changedLast ?? "unknown"}; ${count(failuresSinceChange, "failure")} since then, ${failuresToday} in the last day`,
    ...gaps.map((gap) => `not complete: ${gap}`),
  ].join("\n");
}
