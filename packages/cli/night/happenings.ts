/** What `stage logs` prints: each thing that happened, in its order, with what it needs to be understood alone. */
import { wayShown } from "@support-line/studio/rounds";
import { layerNames, meaningOf } from "./codes.ts";
import { publishedWords } from "./blame.ts";
import { failuresIn, type Failure } from "./failure.ts";
import { flowsNow, functionPath, type FlowNow } from "./now-published.ts";
import { stepsOf, type Step } from "./path.ts";
import { contactShown, peopleOf, type People } from "./people.ts";
import type { NightStage } from "./night-stage.ts";
import { readRecord, type Ran, type Recorded, type Wanted } from "./record.ts";
import { clockWithSeconds, count, plain } from "./words.ts";

/** One line of the log, for machines; people read `text`. */
export interface Happening {
  /** ISO 8601. */
  readonly at: string;
  readonly kind: "execution" | "failure" | "function" | "published";
  /** FN, SM, ZH, NO …: what it is about. */
  readonly sid: string;
  readonly line: string | null;
  readonly conversation: string | null;
  readonly customer: string | null;
  readonly path: readonly string[];
  readonly code: string | null;
  readonly failed: boolean;
  readonly text: string;
}

export interface Filter {
  /** Last digits of a customer's number, four at least. */
  readonly customer?: string | undefined;
  readonly conversation?: string | undefined;
  readonly execution?: string | undefined;
  readonly failed?: boolean | undefined;
}

/** Executions whose way is read, and Conversations whose people are, at the most; the newest. */
const most = 200;

/** What is read once for a log that is followed. */
export interface Reading {
  readonly night: NightStage;
  readonly filter: Filter;
  flows: readonly FlowNow[] | null;
  /** Ways of Executions that have ended. */
  readonly ended: Map<string, readonly Step[]>;
  readonly people: Map<string, People>;
}

/** A log that nothing was read for yet. */
export function openReading(night: NightStage, filter: Filter = {}): Reading {
  return { night, filter, flows: null, ended: new Map(), people: new Map() };
}

/**
 * What happened between two times, oldest first.
 *
 * @param reading keeps what need not be read again
 * @throws TwilioRefusal
 */
export async function happeningsIn(
  reading: Reading,
  from: number,
  to: number,
  wanted: Wanted = {},
): Promise<{ readonly happenings: readonly Happening[]; readonly gaps: readonly string[] }> {
  const { night, filter } = reading;
  const record = await readRecord(night, from, to, wanted);
  const gaps = [...record.gaps];
  const chosen = await chosenOf(reading, record, gaps);
  const steps = await stepsKept(reading, chosen.executions);
  if (chosen.executions.length > most) {
    gaps.push(`of ${count(chosen.executions.length, "Execution")} the way of the newest ${most} was read`);
  }
  // Only what failed needs the widgets' Functions.
  const seemsFailed = record.alerts.length > 0;
  if (seemsFailed) reading.flows ??= await flowsNow(night);
  const flows = reading.flows ?? [];
  const pathOf = (line: string, widget: string) => functionPath(night, flows, line, widget);
  const bySid = new Map(chosen.executions.map((each) => [each.sid, each]));
  const failures = failuresIn(record, steps, pathOf).filter(({ execution, sid }) =>
    execution === null ? isAbout(sid, filter) : bySid.has(execution.sid),
  );
  const people = await peopleKept(
    reading,
    chosen.executions.map(({ contact }) => contact),
  );
  const failed = new Set(failures.flatMap(({ hurts, execution }) => (hurts ? (execution?.sid ?? []) : [])));
  const isAll = [filter.customer, filter.conversation, filter.execution].every((each) => each === undefined);
  const happenings = [
    ...chosen.executions
      .filter(({ sid }) => filter.failed !== true || failed.has(sid))
      .map((each) => executionSaid(each, steps.get(each.sid) ?? null, people, failed.has(each.sid))),
    ...failures
      .filter(({ hurts }) => filter.failed !== true || hurts)
      .map((each) => failureSaid(each, people)),
    ...(isAll || filter.execution !== undefined
      ? functionLines(record, chosen.executions, steps, filter)
      : []),
    ...record.published
      .filter(({ at }) => at >= from)
      .map((each): Happening => {
        const text = publishedWords(each, to);
        return {
          ...nothing,
          at: iso(each.at),
          kind: "published",
          line: each.line,
          sid: each.buildSid ?? "",
          text,
        };
      }),
  ].toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  return { happenings, gaps };
}

const nothing = {
  line: null,
  conversation: null,
  customer: null,
  path: [],
  code: null,
  failed: false,
} as const;
const iso = (at: number) => new Date(at).toISOString();

/** The ways of Executions; of those that have ended they are read once. */
async function stepsKept({ night, ended }: Reading, executions: readonly Ran[]) {
  const fresh = await stepsOf(
    night,
    executions.filter(({ sid }) => !ended.has(sid)),
    most,
  );
  for (const { sid, isActive } of executions) {
    const steps = fresh.get(sid);
    if (!isActive && steps !== undefined) ended.set(sid, steps);
  }
  return new Map(
    executions.flatMap(({ sid }) => {
      const steps = fresh.get(sid) ?? ended.get(sid);
      return steps === undefined ? [] : [[sid, steps] as const];
    }),
  );
}

async function peopleKept({ night, people }: Reading, contacts: readonly string[]) {
  const fresh = contacts.filter((contact) => !people.has(contact));
  for (const [sid, found] of await peopleOf(night, fresh, most)) people.set(sid, found);
  return people;
}

async function chosenOf(
  reading: Reading,
  { executions }: Recorded,
  gaps: string[],
): Promise<{ readonly executions: readonly Ran[] }> {
  const { customer, conversation, execution } = reading.filter;
  // An Execution names its Conversation as its contact, or the customer in it.
  const members =
    conversation === undefined
      ? []
      : ((await peopleKept(reading, [conversation])).get(conversation)?.customers ?? []);
  const chosen = executions.filter(
    ({ sid, contact }) =>
      (execution === undefined || sid === execution) &&
      (conversation === undefined || contact === conversation || members.includes(contact)),
  );
  if (customer === undefined) return { executions: chosen };
  const contacts = chosen.map(({ contact }) => contact);
  const people = await peopleKept(reading, contacts);
  if (new Set(contacts).size > most) {
    gaps.push(`customers of the newest ${most} Conversations were looked at`);
  }
  const isTheirs = (address: string) => address.replace(/\D/g, "").endsWith(customer);
  return {
    executions: chosen.filter(
      ({ contact }) => isTheirs(contact) || (people.get(contact)?.customers.some(isTheirs) ?? false),
    ),
  };
}

function isAbout(sid: string, { customer, conversation, execution }: Filter): boolean {
  if (conversation !== undefined) return sid === conversation;
  if (execution !== undefined) return sid === execution;
  return customer === undefined;
}

function executionSaid(
  { sid, at, line, contact, isActive }: Ran,
  steps: readonly Step[] | null,
  people: ReadonlyMap<string, People>,
  failed: boolean,
): Happening {
  const path = (steps ?? []).map(({ widget }) => widget);
  const customer = contactShown(contact, people);
  const way = steps === null ? "its way was not read" : wayShown(path) || "no step yet";
  const end = failed ? "failed" : isActive ? "waits" : "ended";
  return {
    at: iso(at),
    kind: "execution",
    sid,
    line,
    conversation: contact.startsWith("CH") ? contact : null,
    customer,
    path,
    code: null,
    failed,
    text: `line ${line}, ${customer}, ${sid}: ${way}; ${end}`,
  };
}

function failureSaid(failure: Failure, people: ReadonlyMap<string, People>): Happening {
  const { at, sid, line, execution, code, hurts, where } = failure;
  const contact = execution?.contact ?? "";
  return {
    ...nothing,
    at: iso(at),
    kind: "failure",
    sid,
    line,
    conversation: contact.startsWith("CH") ? contact : null,
    customer: execution === null ? null : contactShown(contact, people),
    code,
    failed: hurts,
    text: `${where}: ${failureSentence(failure)}`,
  };
}

/** A failure with its meaning and the way out: two sentences, and Twilio's own words. */
export function failureSentence({ code, said, cause, path, layer }: Failure): string {
  const { meaning, wayOut } = meaningOf(code);
  const named = code === null ? "" : `${code}, `;
  const words = cause === null ? said : `${said}; Function ${path ?? ""} ${cause.code}: ${cause.text}`;
  return `${named}${layerNames[layer]}. ${meaning} ${wayOut} (${plain(words)})`;
}

/** What Functions wrote; of one Execution, what was written while it ran. */
function functionLines(
  { logs }: Recorded,
  executions: readonly Ran[],
  steps: ReadonlyMap<string, readonly Step[]>,
  { execution, failed }: Filter,
): Happening[] {
  const [ran] = executions;
  const end = Math.max(0, ...(steps.get(ran?.sid ?? "") ?? []).map(({ at }) => at)) + 10_000;
  return logs
    .filter(({ at }) => execution === undefined || (ran !== undefined && at >= ran.at && at <= end))
    .filter(({ level }) => failed !== true || level === "error")
    .map(({ sid, at, level, message, functionSid }) => ({
      ...nothing,
      at: iso(at),
      kind: "function" as const,
      sid,
      text: `Function ${functionSid} ${level}: ${plain(message)}`,
    }));
}

/** A happening as people read it. */
export function happeningText({ at, kind, text }: Happening): string {
  return `${clockWithSeconds(Date.parse(at))}  ${kind.padEnd(9)}  ${text}`;
}
