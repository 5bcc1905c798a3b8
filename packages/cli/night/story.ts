/** `stage why`: one conversation as a story, and where it broke. */
import { inRounds, wayShown } from "@support-line/studio/rounds";
import { z } from "zod";
import { whatWas } from "./blame.ts";
import type { Failure } from "./failure.ts";
import { stepsOf, type Step } from "./path.ts";
import { contactShown, peopleOf } from "./people.ts";
import { failuresIn } from "./failure.ts";
import { failureSentence } from "./happenings.ts";
import { functionPath } from "./now-published.ts";
import { verdictOf } from "./story-verdict.ts";
import { surveyMs, surveyOf, type Survey } from "./survey.ts";
import { CliError } from "../errors.ts";
import { TwilioRefusal } from "../twilio/refusal.ts";
import type { NightStage } from "./night-stage.ts";
import { allowed, readRecord, type Ran } from "./record.ts";
import { isMessage, undeliveredOf } from "./undelivered.ts";
import { clockWithSeconds, count, lastFour, plain } from "./words.ts";

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
