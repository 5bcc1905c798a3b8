/** `stage why`: one conversation as a story, and where it broke. */
import { inRounds, wayShown } from "@support-line/studio/rounds";
import { z } from "zod";
import { blameOf, whatWas, type Blame } from "./blame.ts";
import { changedBy } from "./changed-widget.ts";
import { layerNames, meaningOf } from "./codes.ts";
import type { Failure, Group } from "./failure.ts";
import { changedSince } from "./over.ts";
import { openConversations } from "./conversations.ts";
import { stepsOf, type Step } from "./path.ts";
import { contactShown, peopleOf } from "./people.ts";
import { failuresIn } from "./failure.ts";
import { failureSentence } from "./happenings.ts";
import { functionPath } from "./now-published.ts";
import { surveyMs, surveyOf, type Survey } from "./survey.ts";
import { CliError } from "../errors.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import type { NightStage } from "./night-stage.ts";
import { allowed, readRecord, type Ran } from "./record.ts";
import { emptySplits } from "./empty-split.ts";
import { isMessage, undeliveredOf } from "./undelivered.ts";
import { ago, clock, clockWithSeconds, count, lastFour, plain } from "./words.ts";

/** A line of the story. */
export interface Scene {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

export interface Story {
  readonly stage: string;
  readonly conversation: string | null;
  readonly executions: readonly string[];
  readonly customer: string;
  readonly agents: readonly string[];
  readonly scenes: readonly Scene[];
  /** Where it broke and whose fault it is, what brought it in, and the command that undoes it: a sentence each. */
  readonly verdict: readonly string[];
  readonly broken: boolean;
}

/** As many messages and Executions as are told. */
const mostMessages = 200;
const mostExecutions = 30;
/** How far around an Execution its alerts are looked for. */
const aroundMs = 60_000;
/** How far around a Function's failure its log is read, and how much of it. */
const logMs = 5000;
const mostLogs = 20;

/**
 * Tells what happened to one customer.
 *
 * @param about an Execution (FN…), a Conversation (CH…), or `last`: the failure that came last
 * @throws CliError `no-such-story`
 */
export async function storyOf(night: NightStage, about: string, now: number): Promise<Story> {
  const survey = await surveyOf(night, now);
  const { conversation, execution } = await meant(survey, about);
  const people = await peopleOf(night, conversation === null ? [] : [conversation], 1);
  const customers = people.get(conversation ?? "")?.customers ?? [];
  const messages = conversation === null ? [] : await messagesOf(night, conversation);
  const begins = Math.min(execution?.at ?? now, messages[0]?.at ?? now) - aroundMs;
  const told = await ranAbout(survey, [conversation ?? "", ...customers], begins, execution);
  const steps = await stepsOf(night, told.executions, mostExecutions);
  const failures = failuresIn(told.record, steps, (line, widget) =>
    functionPath(night, survey.flows, line, widget),
  ).filter(({ execution: ran, sid }) => ran !== null || sid === conversation);
  const logs = failures.some(({ layer }) => layer === "function")
    ? await functionsWrote(night, failures)
    : [];
  const scenes = [
    ...logs,
    ...messages.map(({ at, text }) => ({ at, text })),
    ...told.executions.flatMap((ran) => stepScenes(ran, steps.get(ran.sid) ?? [])),
    ...failures.map((each) => ({ at: each.at, text: `${each.where}: ${failureSentence(each)}` })),
    ...survey.record.published
      .filter(({ at }) => at >= told.record.from && at <= told.record.to)
      .map((each) => ({
        at: each.at,
        text: `published: ${whatWas(each)}`,
      })),
  ].toSorted((one, other) => one.at - other.at);
  const verdict = await verdictOf(survey, {
    failures: failures.filter(({ hurts }) => hurts),
    undelivered: messages.flatMap(({ undelivered }) => undelivered),
    conversation,
    ran: told.executions.map((each) => ({ execution: each, steps: steps.get(each.sid) ?? [] })),
  });
  const contact = conversation ?? execution?.contact ?? "";
  return {
    stage: night.stage,
    conversation,
    executions: told.executions.map(({ sid }) => sid),
    customer: contactShown(contact, people),
    agents: people.get(contact)?.agents ?? [],
    scenes,
    verdict: verdict.sentences,
    broken: verdict.broken,
  };
}

/** The steps of an Execution; rounds that it went over and over are told once, with their number. */
function stepScenes({ sid, line }: Ran, steps: readonly Step[]): Scene[] {
  const [first, ...walked] = steps;
  if (first === undefined) return [];
  return [
    { at: first.at, text: `Execution ${sid} of line ${line} begins (${first.event})` },
    ...inRounds(walked, ({ widget, event }) => `${widget} ${event}`).flatMap(({ items, times }) => [
      ...items.map(({ at, widget, event }) => ({ at, text: `widget ${widget}, after ${event}` })),
      ...items
        .slice(-1)
        .filter(() => times > 1)
        .map(({ at }) => ({
          at,
          text: `and ${count(times - 1, "more time")} ${wayShown(items.map(({ widget }) => widget))}`,
        })),
    ]),
  ];
}

interface Meant {
  readonly conversation: string | null;
  readonly execution: Ran | null;
}

async function meant({ night, record, failures }: Survey, about: string): Promise<Meant> {
  if (about.startsWith("CH")) return { conversation: about, execution: null };
  const last = failures.findLast(
    ({ hurts, execution: ran, sid: of }) => hurts && (ran !== null || isMessage(of)),
  );
  if (about === "last" && last?.execution === null) {
    const place = (await undeliveredOf(night, [last.sid])).get(last.sid)?.conversationSid ?? null;
    if (place !== null) return { conversation: place, execution: null };
  }
  const sid =
    about === "last" ? failures.findLast(({ hurts, execution: ran }) => hurts && ran !== null)?.sid : about;
  if (sid === undefined) {
    throw new CliError("no-such-story", { stage: night.stage, about: "a failure in the last day" });
  }
  const execution = record.executions.find((each) => each.sid === sid) ?? (await olderExecution(night, sid));
  if (execution === null) throw new CliError("no-such-story", { stage: night.stage, about: sid });
  if (execution.contact.startsWith("CH")) return { conversation: execution.contact, execution };
  return { conversation: await conversationOf(night, execution), execution };
}

const contextField = z.object({
  trigger: z.object({ conversation: z.object({ ConversationSid: z.string() }) }),
});

/** Where the contact is a number, the Execution's context names the Conversation; null when there is none. */
async function conversationOf({ client }: NightStage, { sid, flowSid }: Ran): Promise<string | null> {
  const found = await client.studio.v2.flows(flowSid).executions(sid).executionContext().fetch();
  const { data } = contextField.safeParse(found.context);
  return data?.trigger.conversation.ConversationSid ?? null;
}

/** What Functions wrote around failures of theirs. */
async function functionsWrote(night: NightStage, failures: readonly Failure[]): Promise<Scene[]> {
  const times = failures.filter(({ layer }) => layer === "function").map(({ at }) => at);
  const { functions, client } = night;
  const written = functions.map(({ serviceSid, environmentSid }) =>
    allowed([], "", () =>
      client.serverless.v1
        .services(serviceSid)
        .environments(environmentSid)
        .logs.list({
          startDate: new Date(Math.min(...times) - logMs),
          endDate: new Date(Math.max(...times) + logMs),
          limit: mostLogs,
        }),
    ),
  );
  return (await Promise.all(written)).flat().map(({ dateCreated, level, message }) => ({
    at: dateCreated.getTime(),
    text: `a Function logged (${level}): ${plain(message, 160)}`,
  }));
}

/** One that is older than the survey: each line's Flow is asked for it. */
async function olderExecution({ client, lines }: NightStage, sid: string): Promise<Ran | null> {
  for (const { name, flowSid } of lines) {
    try {
      const found = await client.studio.v2.flows(flowSid).executions(sid).fetch();
      return {
        sid,
        flowSid,
        line: name,
        at: found.dateCreated.getTime(),
        isActive: found.status === "active",
        contact: found.contactChannelAddress ?? "",
      };
    } catch (error) {
      if (!(error instanceof TwilioRefusal) || error.status !== 404) throw error;
    }
  }
  return null;
}

/** The Executions about one of these contacts since a time, with the record of that time. */
async function ranAbout(
  { night, record, now }: Survey,
  contacts: readonly string[],
  begins: number,
  execution: Ran | null,
) {
  const whole =
    begins >= record.from
      ? record
      : await readRecord(night, begins, Math.min(now, begins + surveyMs), { logs: false });
  const mine = whole.executions.filter(
    ({ contact, at, sid }) => sid === execution?.sid || (at >= begins && contacts.includes(contact)),
  );
  const executions = mine.slice(-mostExecutions);
  return { executions, record: { ...whole, from: begins, executions: mine } };
}

interface Told extends Scene {
  /** Sentences on whom it did not reach. */
  readonly undelivered: readonly { readonly code: string | null; readonly to: string; readonly at: number }[];
}

async function messagesOf(night: NightStage, sid: string): Promise<Told[]> {
  for (const service of night.conversationsServiceSids) {
    const told = await messagesAt(night, service, sid);
    if (told !== null) return told;
  }
  return [];
}

/** null: the Conversation is not in this Service. */
async function messagesAt(
  { client, agents, lines }: NightStage,
  service: string,
  sid: string,
): Promise<Told[] | null> {
  const place = client.conversations.v1.services(service).conversations(sid);
  const addresses = new Set(lines.map(({ address }) => address));
  const nameOf = (author: string) => {
    // Studio writes in the name of the Conversation.
    if (author === "" || author === "system" || author === sid || addresses.has(author)) return "the line";
    return agents.get(author) ?? (/\d{4}$/.test(author) ? lastFour(author) : author);
  };
  try {
    const found = await place.messages.list({ order: "desc", limit: mostMessages, pageSize: 100 });
    return await Promise.all(
      found.toReversed().map(async ({ sid: message, dateCreated, author, body, delivery }): Promise<Told> => {
        const at = dateCreated.getTime();
        const unreached = delivery as { failed?: string; undelivered?: string } | null;
        const isLost = [unreached?.failed, unreached?.undelivered].some(
          (each) => each !== undefined && each !== "none",
        );
        const receipts = isLost ? await place.messages(message).deliveryReceipts.list({ limit: 100 }) : [];
        const lost = receipts.filter(({ status }) => status === "failed" || status === "undelivered");
        const people = lost.length === 0 ? [] : await place.participants.list({ limit: 1000 });
        const undelivered = lost.map(({ errorCode, participantSid }) => {
          const participant = people.find((each) => each.sid === participantSid);
          const address = (participant?.messagingBinding as { address?: string } | null)?.address ?? "";
          return { code: errorCode === 0 ? null : String(errorCode), to: nameOf(address), at };
        });
        const unheard = undelivered.map(
          ({ code, to }) => `; not delivered to ${to}${code === null ? "" : ` (${code})`}`,
        );
        return {
          at,
          text: `${nameOf(author ?? "")} wrote "${plain(body ?? "", 120)}"${unheard.join("")}`,
          undelivered,
        };
      }),
    );
  } catch (error) {
    if (error instanceof TwilioRefusal && error.status === 404) return null;
    throw error;
  }
}

/** Which of several failures is the one that a person should hear of: what hurt last. */
async function verdictOf(
  survey: Survey,
  {
    failures,
    undelivered,
    conversation,
    ran,
  }: {
    readonly failures: readonly Failure[];
    readonly undelivered: Told["undelivered"];
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

/** A story as people read it. */
export function storyText({ conversation, executions, customer, agents, scenes, verdict }: Story): string {
  const about = conversation === null ? `Execution ${executions[0] ?? ""}` : `Conversation ${conversation}`;
  return [
    `${about}, customer ${customer}, ${agents.length === 0 ? "no agent" : `with ${agents.join(", ")}`}`,
    ...scenes.map(({ at, text }) => `${clockWithSeconds(at)}  ${text}`),
    "",
    ...verdict,
  ].join("\n");
}
