/** What is wrong with a stage whose every key is of the right shape: addresses, names, words and hours taken together. */
import { Duration } from "luxon";
import { addressFault, channelOf, isFictional, type LineChannel } from "./address.ts";
import { elsewhereFaults } from "./elsewhere.ts";
import type { Fault } from "./errors.ts";
import { hoursFaults } from "./opening-hours.ts";
import type { RawStage } from "./stage-schema.ts";

/** The account of the local Twilio, the only one in which fictional numbers exist. */
export const localAccountSid = "AC10ca1000000000000000000000000001";

/** Every fault of a stage, each with its key. */
export function stageFaults(raw: RawStage): Fault[] {
  const addresses = addressFaults(raw);
  return [
    ...addresses,
    // Who reaches whom can only be said of addresses that are right.
    ...(addresses.length === 0 ? nameFaults(raw) : []),
    ...keywordFaults(raw),
    ...languageFaults(raw),
    ...hoursFaults(raw),
    ...flexFaults(raw),
    ...elsewhereFaults(raw.elsewhere),
    ...voiceFaults(raw),
    ...placeholderFaults(raw),
  ];
}

/** Every address in a stage with its key and the channel it must suit. */
function addressesOf(raw: RawStage): { key: string; value: string | number; channel: LineChannel }[] {
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
    // One number may take messages and calls, each with a line of its own.
    ...[true, false].flatMap((isVoice) =>
      repeated(
        raw.lines.flatMap(({ address: value, channel }, at) =>
          (channel === "voice") === isVoice ? [{ key: `lines[${at}].address`, value: String(value) }] : [],
        ),
      ),
    ),
    ...repeated(raw.agents.map(({ name: value }, at) => ({ key: `agents[${at}].name`, value }))),
    ...repeated(
      raw.agents.map(({ address: value }, at) => ({ key: `agents[${at}].address`, value: String(value) })),
    ),
    ...raw.lines.flatMap((line, at) => [
      ...repeated(
        (line.agents ?? []).map((value, index) => ({ key: `lines[${at}].agents[${index}]`, value })),
      ),
      ...repeated(
        (line.proxies ?? []).map((value, index) => ({
          key: `lines[${at}].proxies[${index}]`,
          value: String(value),
        })),
      ),
      ...repeated(
        line.queues.map(({ name: value }, index) => ({ key: `lines[${at}].queues[${index}].name`, value })),
      ),
      ...[
        { key: `lines[${at}]`, names: line.agents ?? [] },
        ...line.queues.map((queue, index) => ({ key: `lines[${at}].queues[${index}]`, names: queue.agents })),
      ].flatMap(({ key, names }) =>
        names.flatMap((value, index) => agentFault(line, `${key}.agents[${index}]`, value, agents)),
      ),
      ...line.queues.flatMap((queue, index) =>
        repeated(
          queue.agents.map((value, n) => ({ key: `lines[${at}].queues[${index}].agents[${n}]`, value })),
        ),
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
        problem: `is not an agent of this stage; the agents are ${[...agents.keys()].join(", ") || "none: add them under agents"}`,
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
      : [{ key, value, problem: `is the same as ${earlier.key}; each may be given only once` }];
  });
}

/** The words of a template that a stage may change. */
const usualKeywords = { support: "support", done: "done", close: "close" } as const;

/** A word may mean one thing on a line: what the stage says, or the template where it says nothing. */
function keywordFaults(raw: RawStage): Fault[] {
  const common = [
    ...Object.entries(usualKeywords).map(([key, usual]) => ({
      key: `keywords.${key}`,
      value: (raw.keywords[key as keyof typeof usualKeywords] ?? usual).toLowerCase(),
    })),
    ...raw.languages.map(({ keyword }, at) => ({
      key: `languages[${at}].keyword`,
      value: keyword.toLowerCase(),
    })),
  ];
  const ofLine = (line: RawStage["lines"][number], at: number) =>
    line.queues.map(({ keyword }, index) => ({
      key: `lines[${at}].queues[${index}].keyword`,
      value: keyword.toLowerCase(),
    }));
  return [
    ...repeated(common),
    ...raw.lines.flatMap((line, at) =>
      repeated([...common, ...ofLine(line, at)]).filter(({ key }) => key.startsWith("lines")),
    ),
  ];
}

function languageFaults(raw: RawStage): Fault[] {
  const known = new Set(raw.languages.map(({ name }) => name));
  const spoken = raw.agents.flatMap(({ languages }, at) =>
    languages.flatMap((value, index) =>
      known.has(value)
        ? []
        : [
            {
              key: `agents[${at}].languages[${index}]`,
              value,
              problem: `is not a language of this stage; the languages are ${[...known].join(", ") || "none: add them under languages"}`,
            },
          ],
    ),
  );
  return [
    ...repeated(raw.languages.map(({ name: value }, at) => ({ key: `languages[${at}].name`, value }))),
    ...spoken,
  ];
}

/** A Conversation must outlive its Task: else the timers close it while somebody waits. */
function flexFaults({ flex, timers }: RawStage): Fault[] {
  if (flex === undefined) return [];
  const closed = Duration.fromISO(timers.closed).as("minutes");
  if (flex.answerWithin < closed) return [];
  const problem = `is as long as timers.closed (${timers.closed}) or longer, so that a Conversation would be closed while its customer waits; choose fewer minutes or a longer timer`;
  return [{ key: "flex.answerWithin", value: flex.answerWithin, problem }];
}

/** Conversations are messages. */
function voiceFaults({ lines }: RawStage): Fault[] {
  return lines.flatMap(({ channel, conversations }, at) =>
    channel === "voice" && conversations.length > 0
      ? [
          {
            key: `lines[${at}].conversations`,
            value: conversations,
            problem: "are messages, and this line takes calls; name them at a line of sms or whatsapp",
          },
        ]
      : [],
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
