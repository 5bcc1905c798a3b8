/** Flows of the run's own: written, run over REST, and read back. */
import type { Seen } from "@support-line/local-twilio/proof";
import { fieldOf, listOf, textOf, type Answer } from "../../account.ts";
import { FixtureRefused } from "../../fixtures.ts";
import type { Asked } from "../../probe.ts";

export interface State {
  readonly name: string;
  readonly type: string;
  readonly properties: { readonly [name: string]: Seen };
  readonly transitions: readonly {
    readonly event: string;
    readonly next?: string;
    readonly conditions?: Seen;
  }[];
}

type Next = Readonly<Record<string, string>>;

/** A widget of a type; `next` says for each event where it leads, nowhere when empty. */
export function state(name: string, type: string, properties: State["properties"], next: Next): State {
  const transitions = Object.entries(next).map(([event, to]) =>
    to === "" ? { event } : { event, next: to },
  );
  return { name, type, properties, transitions };
}

/** Keeps values as variables. */
export function keep(
  name: string,
  values: Readonly<Record<string, string>>,
  next = "",
  isJson = false,
): State {
  const variables = Object.entries(values).map(([key, value], index) => ({
    key,
    value,
    index: String(index),
    ...(isJson ? { parse_as_json: true } : {}),
  }));
  return state(name, "set-variables", { variables }, { next });
}

/** For each of these events a widget that keeps which one it was; `next` leads there. */
export function outcomes(...events: readonly string[]): {
  readonly next: Next;
  readonly states: readonly State[];
} {
  return {
    next: Object.fromEntries(events.map((event) => [event, `on-${event}`])),
    states: events.map((event) => keep(`on-${event}`, { left_by: event })),
  };
}

/** By which event a widget was left whose events lead to `outcomes`. */
export function leftBy({ context }: Ran): Seen {
  return at(context, "flow.variables.left_by") ?? "none";
}

export interface Condition {
  readonly type: string;
  readonly value: string;
  /** What is compared; the widget's input unless said otherwise. */
  readonly argument?: string;
}

/** Goes to `match` when all these conditions of one transition hold together, however they are joined; else to `noMatch`. */
export function split(
  name: string,
  input: string,
  conditions: readonly Condition[],
  match: string,
  noMatch: string,
): State {
  const all = conditions.map(({ type, value, argument = input }) => ({
    friendly_name: type,
    arguments: [argument],
    type,
    value,
  }));
  return {
    name,
    type: "split-based-on",
    properties: { input },
    transitions: [
      { event: "noMatch", next: noMatch },
      { event: "match", next: match, conditions: all },
    ],
  };
}

/** A Flow of these widgets; whatever starts it leads to the first. */
export function flowOf(...states: readonly State[]): string {
  const first = states[0]?.name ?? "";
  const events = ["incomingRequest", "incomingMessage", "incomingConversationMessage", "incomingParent"];
  const trigger = state("Trigger", "trigger", {}, Object.fromEntries(events.map((event) => [event, first])));
  const placed = [trigger, ...states].map((each, index) => ({
    ...each,
    properties: { ...each.properties, offset: { x: 0, y: index * 200 } },
  }));
  return JSON.stringify({
    description: "proof",
    initial_state: "Trigger",
    flags: { allow_concurrent_calls: true },
    states: placed,
  });
}

const flows = "studio.twilio.com/v2/Flows";

/** Makes a Flow and answers its SID. */
export async function makeFlow(
  { account, prefix }: Asked,
  name: string,
  definition: string,
  status: "draft" | "published" = "published",
): Promise<string> {
  const form = { FriendlyName: `${prefix}-${name}`, Status: status, Definition: definition };
  const answer = await account.make(flows, { form });
  if (answer.status >= 300) throw new FixtureRefused(`Flow ${name}`, answer);
  return textOf(answer.body, "sid");
}

export interface Ran {
  readonly started: Answer;
  readonly sid: string;
  readonly status: string;
  readonly context: Seen;
  /** Oldest first. */
  readonly steps: readonly Seen[];
}

/** A contact of its own for every Execution: one number has one at a time. */
let contacts = 0;

/** Starts an Execution over REST, waits until it has ended, and reads it back. */
export async function runFlow(
  asked: Asked,
  flowSid: string,
  parameters: Seen = {},
  seconds = 30,
): Promise<Ran> {
  const { account, numbers } = asked;
  contacts += 1;
  const To = `+1500555${String(1000 + (contacts % 9000))}`;
  const From = numbers?.line ?? "+15005550006";
  const form = { To, From, Parameters: JSON.stringify(parameters) };
  const started = await account.ask("POST", `${flows}/${flowSid}/Executions`, { form });
  if (started.status >= 300) throw new FixtureRefused("Execution", started);
  return readExecution(asked, flowSid, started, seconds);
}

/** Reads an Execution once it has ended, or as it is when the time is over. */
export async function readExecution(
  { account }: Asked,
  flowSid: string,
  started: Answer,
  seconds = 30,
): Promise<Ran> {
  const sid = textOf(started.body, "sid");
  const at = `${flows}/${flowSid}/Executions/${sid}`;
  const ended = await account.until(seconds, async () => {
    const { body } = await account.ask("GET", at);
    return textOf(body, "status") === "ended" ? body : null;
  });
  const context = fieldOf((await account.ask("GET", `${at}/Context`)).body, "context") ?? null;
  const steps = listOf((await account.ask("GET", `${at}/Steps?PageSize=1000`)).body, "steps");
  return { started, sid, status: ended === null ? "active" : "ended", context, steps: [...steps].reverse() };
}

/** A place in a context: `flow.variables`. */
export function at(context: Seen | undefined, path: string): Seen | undefined {
  return path.split(".").reduce<Seen | undefined>((value, name) => fieldOf(value, name), context);
}

/** The widgets that an Execution went through, with the event that left each. */
export function wayOf({ steps }: Ran): Seen {
  return steps.map(
    (step) =>
      `${textOf(step, "transitioned_from")} ${textOf(step, "name")} ${textOf(step, "transitioned_to")}`,
  );
}

/** The names of what an object holds, in their order; anything else as it is. */
export function namesOf(value: Seen | undefined): Seen {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.keys(value).sort()
    : (value ?? "missing");
}
