/**
 * The stage: what its file, `Pulumi.<stage>.yaml`, says about a support line, checked whole before anything is
 * contacted. Nothing in here knows Pulumi's runtime, so that commands and tests read stages as the program does.
 */
import { z } from "zod";
import { addressFault, channelOf, isFictional, type Channel } from "./address.ts";
import { StageError, type Fault } from "./errors.ts";

/** The account of the local Twilio, the only one in which fictional numbers exist. */
export const localAccountSid = "AC10ca1000000000000000000000000001";

/** Somebody who answers. */
export interface Agent {
  readonly name: string;
  readonly address: string;
}

/** A number that customers write to, and what answers it. */
export interface Line {
  readonly name: string;
  readonly channel: Channel;
  readonly address: string;
  /** Name of a template in `flow-templates`. */
  readonly flow: string;
  /** In the order they are asked. */
  readonly agents: readonly Agent[];
  /** Twilio addresses that agents are reached from; a pair of agent and proxy carries one Conversation at a time. */
  readonly proxies: readonly string[];
  /** Unique names of Conversations that are there before anyone writes, answered by this line's Flow. */
  readonly conversations: readonly string[];
}

export interface Stage {
  readonly name: string;
  readonly accountSid: string;
  readonly lines: readonly Line[];
  readonly wordings: Wordings;
  readonly keywords: Keywords;
}

/** Texts in which the stage differs from the template. */
export type Wordings = z.output<typeof wordings>;
/** Keywords in which the stage differs from the template. */
export type Keywords = z.output<typeof keywords>;

const text = z.string().trim().min(1, "is empty; leave the key out to keep the template's").max(1600);
const name = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,29}$/,
    'is no name: a lower-case letter, then letters, digits and dashes, like "support"',
  );

/** What carriers and Twilio answer themselves (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out). */
const optOutWords = new Set(
  "stop stopall unsubscribe cancel end quit revoke optout start yes unstop help info".split(" "),
);
const keyword = text.refine((word) => !optOutWords.has(word.toLowerCase()), {
  error: "is a word that Twilio takes for opting out or in, or for help, and answers itself; choose another",
});

const wordings = z.strictObject({
  agentAdded: text.optional(),
  noAgent: text.optional(),
  agentRemoved: text.optional(),
});
const keywords = z.strictObject({ support: keyword.optional(), done: keyword.optional() });

const address = z.union([z.string(), z.number()]);
const schema = z.strictObject({
  accountSid: z
    .string()
    .regex(
      /^AC[0-9a-f]{32}$/,
      "is no account SID: AC and 32 hexadecimal digits, as on the Console's first page",
    ),
  lines: z
    .array(
      z.strictObject({
        name,
        channel: z.enum(["sms", "whatsapp"]),
        address,
        flow: name,
        agents: z.array(z.string()).min(1, "names no agent; a line needs one at least"),
        proxies: z.array(address).min(1, "is empty; leave it out to use the line's own address").optional(),
        conversations: z.array(name).default([]),
      }),
    )
    .min(1, "names no line; a stage needs one at least"),
  agents: z.array(z.strictObject({ name, address })).min(1, "names no agent; a stage needs one at least"),
  wordings: wordings.default({}),
  keywords: keywords.default({}),
});
type RawStage = z.output<typeof schema>;

/** The keys of a stage file, without the project's name. */
export const stageKeys: readonly string[] = Object.keys(schema.shape);

/**
 * Reads a stage.
 *
 * @param stageName name of the stack, for messages
 * @param values the project's configuration, parsed: `{accountSid: "AC…", lines: [...]}`
 * @throws StageError with every fault found, each naming key, value and a way out
 */
export function readStage(stageName: string, values: Readonly<Record<string, unknown>>): Stage {
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    throw new StageError(
      stageName,
      parsed.error.issues.flatMap((issue) => faultsOf(issue, values)),
    );
  }
  const raw = parsed.data;
  const addresses = addressFaults(raw);
  const faults = [
    ...addresses,
    // Who reaches whom can only be said of addresses that are right.
    ...(addresses.length === 0 ? nameFaults(raw) : []),
    ...keywordFaults(raw.keywords),
    ...placeholderFaults(raw),
  ];
  if (faults.length > 0) throw new StageError(stageName, faults);
  return stageOf(stageName, raw);
}

function stageOf(stageName: string, raw: RawStage): Stage {
  const agents = new Map(
    raw.agents.map((agent) => [agent.name, { ...agent, address: String(agent.address) }]),
  );
  return {
    name: stageName,
    accountSid: raw.accountSid,
    wordings: raw.wordings,
    keywords: raw.keywords,
    lines: raw.lines.map((line) => ({
      ...line,
      address: String(line.address),
      agents: line.agents.flatMap((agentName) => agents.get(agentName) ?? []),
      proxies: (line.proxies ?? [line.address]).map(String),
    })),
  };
}

function faultsOf(issue: z.core.$ZodIssue, values: unknown): Fault[] {
  if (issue.code === "unrecognized_keys") {
    const known = issue.path.length === 0 ? `; the keys are ${stageKeys.join(", ")}` : "";
    return issue.keys.map((key) => ({
      key: keyAt([...issue.path, key]),
      value: valueAt(values, [...issue.path, key]),
      problem: `is a key that nothing uses; delete it or mend its spelling${known}`,
    }));
  }
  const value = valueAt(values, issue.path);
  const problem = value === undefined ? "is missing" : issue.message;
  return [{ key: keyAt(issue.path), value, problem }];
}

function keyAt(path: readonly PropertyKey[]): string {
  return path
    .map((part, at) => (typeof part === "number" ? `[${part}]` : `${at === 0 ? "" : "."}${String(part)}`))
    .join("");
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined,
    values,
  );
}

/** Every address in a stage with its key and the channel it must suit. */
function addressesOf(raw: RawStage): { key: string; value: string | number; channel: Channel }[] {
  return [
    ...raw.lines.flatMap((line, at) => [
      { key: `lines[${at}].address`, value: line.address, channel: line.channel },
      ...(line.proxies ?? []).map((value, index) => ({
        key: `lines[${at}].proxies[${index}]`,
        value,
        channel: channelOf(String(value)),
      })),
    ]),
    ...raw.agents.map(({ address: value }, at) => ({
      key: `agents[${at}].address`,
      value,
      channel: channelOf(String(value)),
    })),
  ];
}

function addressFaults(raw: RawStage): Fault[] {
  const shape = addressesOf(raw).flatMap(({ key, value, channel }) => {
    const problem = addressFault(channel, value);
    return problem === null ? [] : [{ key, value, problem }];
  });
  const own = new Set(raw.lines.flatMap((line) => [line.address, ...(line.proxies ?? [])]).map(String));
  const same = raw.agents.flatMap((agent, at) =>
    own.has(String(agent.address))
      ? [
          {
            key: `agents[${at}].address`,
            value: agent.address,
            problem: "is also a Twilio number of a line; an agent needs a phone of their own",
          },
        ]
      : [],
  );
  return [...shape, ...same];
}

function nameFaults(raw: RawStage): Fault[] {
  const agents = new Map(raw.agents.map((agent) => [agent.name, String(agent.address)]));
  return [
    ...repeated(raw.lines.map(({ name: value }, at) => ({ key: `lines[${at}].name`, value }))),
    ...repeated(
      raw.lines.flatMap(({ conversations }, at) =>
        conversations.map((value, index) => ({ key: `lines[${at}].conversations[${index}]`, value })),
      ),
    ),
    ...repeated(
      raw.lines.map(({ address: value }, at) => ({ key: `lines[${at}].address`, value: String(value) })),
    ),
    ...repeated(raw.agents.map(({ name: value }, at) => ({ key: `agents[${at}].name`, value }))),
    ...repeated(
      raw.agents.map(({ address: value }, at) => ({ key: `agents[${at}].address`, value: String(value) })),
    ),
    ...raw.lines.flatMap((line, at) => [
      ...repeated(line.agents.map((value, index) => ({ key: `lines[${at}].agents[${index}]`, value }))),
      ...repeated(
        (line.proxies ?? []).map((value, index) => ({
          key: `lines[${at}].proxies[${index}]`,
          value: String(value),
        })),
      ),
      ...line.agents.flatMap((value, index) =>
        agentFault(line, `lines[${at}].agents[${index}]`, value, agents),
      ),
    ]),
  ];
}

function agentFault(
  line: RawStage["lines"][number],
  key: string,
  agentName: string,
  agents: ReadonlyMap<string, string>,
): Fault[] {
  const agentAddress = agents.get(agentName);
  if (agentAddress === undefined) {
    return [
      {
        key,
        value: agentName,
        problem: `is no agent of this stage; the agents are ${[...agents.keys()].join(", ")}`,
      },
    ];
  }
  const channel = channelOf(agentAddress);
  const proxies = (line.proxies ?? [line.address]).map(String);
  if (proxies.some((proxy) => channelOf(proxy) === channel)) return [];
  const problem = `is reached by ${channel}, and line ${line.name} has no ${channel} proxy; add one to its proxies`;
  return [{ key, value: agentName, problem }];
}

function repeated(entries: readonly { key: string; value: string }[]): Fault[] {
  return entries.flatMap(({ key, value }, at) => {
    const first = entries.findIndex((other) => other.value === value);
    const earlier = first < at ? entries[first] : undefined;
    return earlier === undefined
      ? []
      : [{ key, value, problem: `is the same as ${earlier.key}; each may stand once` }];
  });
}

function keywordFaults(given: Keywords): Fault[] {
  return repeated(
    Object.entries(given).map(([key, value]) => ({
      key: `keywords.${key}`,
      value: String(value).toLowerCase(),
    })),
  );
}

function placeholderFaults(raw: RawStage): Fault[] {
  if (raw.accountSid === localAccountSid) return [];
  const account = /^AC(.)\1{31}$/.test(raw.accountSid)
    ? [
        {
          key: "accountSid",
          value: raw.accountSid,
          problem: "is a placeholder; put in the SID of this stage's own account",
        },
      ]
    : [];
  const numbers = addressesOf(raw)
    .filter(({ value }) => isFictional(String(value)))
    .map(({ key, value }) => ({
      key,
      value,
      problem: "is a placeholder, a number nobody has; put in your own",
    }));
  return [...account, ...numbers];
}
