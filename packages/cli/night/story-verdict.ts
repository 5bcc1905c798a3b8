/** What a story comes to: where it broke and whose fault it is, what brought it in, and the command that undoes it. */
import { blameOf, type Blame } from "./blame.ts";
import { changedBy } from "./changed-widget.ts";
import { layerNames, meaningOf } from "./codes.ts";
import { openConversations } from "./conversations.ts";
import { emptySplits } from "./empty-split.ts";
import type { Failure, Group } from "./failure.ts";
import { changedSince } from "./over.ts";
import type { Step } from "./path.ts";
import type { Ran } from "./record.ts";
import { surveyMs, type Survey } from "./survey.ts";
import { ago, clock, count, plain } from "./words.ts";

/** Which of several failures is the one that a person should hear of: what hurt last. */
export async function verdictOf(
  survey: Survey,
  {
    failures,
    undelivered,
    conversation,
    ran,
  }: {
    readonly failures: readonly Failure[];
    /** Messages that did not arrive: why not, to whom, when. */
    readonly undelivered: readonly {
      readonly code: string | null;
      readonly to: string;
      readonly at: number;
    }[];
    readonly conversation: string | null;
    readonly ran: readonly { readonly execution: Ran; readonly steps: readonly Step[] }[];
  },
): Promise<{ readonly broken: boolean; readonly sentences: string[] }> {
  const last = failures.at(-1);
  const sentences = [
    ...(last === undefined ? [] : await failureVerdict(survey, last)),
    ...undelivered.slice(-3).map(({ code, to, at }) => {
      const { layer, meaning, wayOut } = meaningOf(code);
      return `The message of ${clock(at, survey.now)} did not reach ${to}${code === null ? "" : ` (${code})`}. It is ${layerNames[layer]}: ${meaning} ${wayOut}`;
    }),
    ...(undelivered.length === 0 ? [] : deployedBefore(survey, undelivered.at(-1)?.at ?? 0)),
    ...(conversation === null ? [] : await waitVerdict(survey, conversation)),
  ];
  if (sentences.length > 0) return { broken: true, sentences };
  const nothing = "Nothing failed: no widget was left by a failure, and every message was delivered.";
  const newest = ran.at(-1);
  return {
    broken: false,
    sentences: [
      nothing,
      ...(newest === undefined ? [] : await emptyVerdict(survey, newest.execution, newest.steps)),
    ],
  };
}

/** A number is laid to no deployment, and one may have brought it in all the same: which was the last, and how to look at it. */
function deployedBefore({ night: { stage, deployments, rolledBack }, now }: Survey, at: number): string[] {
  const last = deployments.at(-1);
  const isRecent = last !== undefined && last.at <= at && at - last.at < surveyMs;
  if (!isRecent || rolledBack !== null || deployments.length < 2) return [];
  return [
    `The stage was deployed last at ${clock(last.at, now)}. What that changed, numbers too: npm run stage -- rollback ${stage} (without --yes it only says).`,
  ];
}

/** A split that compared nothing went a way that nobody may have meant. */
async function emptyVerdict(
  { night, record }: Survey,
  execution: Ran,
  steps: readonly Step[],
): Promise<string[]> {
  const empty = await emptySplits(night, record, execution, steps);
  if (empty.length === 0) return [];
  const blame = blameOf(night, { first: execution, layer: "flow" }, record);
  return [
    ...empty.map(
      ({ widget, variable }) =>
        `But widget ${widget} compared nothing: {{${variable}}} is empty in Execution ${execution.sid}. Is the variable's name right?`,
    ),
    ...(blame === null ? [] : [`The line runs ${blame.words}. To undo that: ${blame.undo}`]),
  ];
}

async function failureVerdict(survey: Survey, failure: Failure): Promise<string[]> {
  const { now, groups, missing } = survey;
  const { widget, where, at, code, layer, cause, path, line } = failure;
  const gone = missing.find((each) => each.widget === widget && each.line === line);
  const inner = cause === null ? null : meaningOf(cause.code);
  const { meaning, wayOut } = inner ?? meaningOf(code);
  const numbers = [code, cause?.code].filter((each) => typeof each === "string").join(", ");
  const broke = `It broke in ${where} at ${clock(at, now)}${numbers === "" ? "" : ` (${numbers})`}.`;
  const whose =
    gone === undefined
      ? `It is ${layerNames[layer]}${path === null || layer !== "function" ? "" : `, ${path}`}: ${meaning} ${wayOut}${cause === null ? "" : ` It said: ${plain(cause.text)}`}`
      : `Function ${gone.path} is gone: the Build that answers (${gone.build.sid}, deployed at ${clock(gone.build.at, now)}) does not have it.`;
  const group: Group | undefined = groups.find(
    (each) => each.code === code && each.where === where && each.first.line === line,
  );
  const blame = group === undefined ? null : await blamed(survey, group);
  const changed = group === undefined ? null : changedSince(survey, group);
  return [
    broke,
    whose,
    ...(group === undefined
      ? []
      : [`${count(group.contacts, "customer")} in the last day, first at ${clock(group.first.at, now)}.`]),
    blame === null
      ? "No deployment of the last day brought it in."
      : changed === null
        ? `It began after ${blame.words}. To undo that: ${blame.undo}`
        : `It began after ${blame.words}.`,
    ...(changed === null
      ? []
      : [
          changed.isOver
            ? `It is over: it has not failed since ${changed.words}.`
            : `Nobody was seen there since ${changed.words}: it is not known yet whether that fixed it.`,
        ]),
  ];
}

/** What brought a failure in; a server may fail by itself, unless the widget that asks it has just been changed. */
async function blamed({ night, record }: Survey, group: Group): Promise<Blame | null> {
  if (group.layer !== "webhook") return blameOf(night, group, record);
  const changed = await changedBy(night, record, group.first);
  return changed === null ? null : blameOf(night, { ...group, layer: "flow" }, record);
}

async function waitVerdict({ night, record, now }: Survey, conversation: string): Promise<string[]> {
  const { waiting, stuck } = await openConversations(night, record.executions, now);
  const waits = waiting.find(({ sid }) => sid === conversation)?.waits;
  if (waits !== undefined && waits !== null) {
    return [
      `The customer waits for ${waits.forWhom} since ${clock(waits.since, now)} (${ago(waits.since, now)}): nobody was free. Have an agent end a conversation, or add one to the stage file.`,
    ];
  }
  const found = stuck.find(({ sid }) => sid === conversation);
  if (found === undefined) return [];
  const open = `npm run stage -- open ${night.stage} --line ${night.lines[0]?.name ?? "…"} --conversation ${conversation}`;
  return found.isAtFlex
    ? [
        `The Conversation is stuck: ${found.why}, so nobody in Flex reads what the customer writes. Bring it back to the line: ${open}`,
      ]
    : [
        `The Conversation is stuck: it has no agent, no timers that end it, and no Execution that answers. Bring an agent: ${open}`,
      ];
}
