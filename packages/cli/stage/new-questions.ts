/** What a new stage is asked for, and what is wrong with an answer. Knows no terminal. */
import { addressFault, channelOf, isFictional, type LineChannel } from "@support-line/stage/address";
import { agentFunctionOf } from "@support-line/stage/check";
import { localAccountSid, TemplateError, type Project, type Stage } from "@support-line/stage";
import type { NewAgent } from "./new-file.ts";

/** Answers as text, by question. */
export interface Answers {
  readonly account: string;
  readonly channel: string;
  readonly address: string;
  readonly flow: string;
  readonly agents: string;
  readonly proxies: string;
}
export type Key = keyof Answers;

/** What is known when a question is asked. */
export interface Known {
  readonly project: Project;
  readonly answers: Partial<Answers>;
  /** The project's stages that can be read. */
  readonly stages: readonly Stage[];
}

export interface Question {
  readonly key: Key;
  readonly asks: string;
  readonly flag: string;
  /** Taken when nobody is asked; null: there is none that would be right. */
  readonly usual: (known: Known) => string | null | Promise<string | null>;
  /** What is wrong with an answer, to be read after it; null: nothing. */
  readonly problem: (value: string, known: Known) => string | null | Promise<string | null>;
}

/** What people write with commas between. */
export const parts = (text: string): string[] =>
  text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);

/** `ada=+15550100101, ben=whatsapp:+15550100102` */
export function agentsIn(text: string): NewAgent[] {
  return parts(text).map((part) => {
    const at = part.indexOf("=");
    return at < 0
      ? { name: part, address: "" }
      : { name: part.slice(0, at).trim(), address: part.slice(at + 1).trim() };
  });
}

/** How customers reach a line. */
export const channels = ["sms", "whatsapp", "voice"] as const satisfies readonly LineChannel[];
export const isChannel = (value: unknown): value is LineChannel =>
  (channels as readonly unknown[]).includes(value);

/** In the order they are asked. */
export const questions: readonly Question[] = [
  {
    key: "account",
    asks: "Which account? Its SID, as on the Console's first page (a subaccount for each stage keeps numbers apart)",
    flag: "--account",
    usual: () => null,
    problem: accountProblem,
  },
  {
    key: "channel",
    asks: "How do customers reach the line?",
    flag: "--channel",
    usual: () => "sms",
    problem: (value) => (isChannel(value) ? null : `is none of ${channels.join(", ")}`),
  },
  {
    key: "address",
    asks: "Which number of the account do they write to, or call?",
    flag: "--address",
    usual: () => null,
    problem: lineProblem,
  },
  { key: "flow", asks: "What answers them?", flag: "--flow", usual: usualFlow, problem: flowProblem },
  {
    key: "agents",
    asks: "Who answers? ada=+…, ben=whatsapp:+…; nobody where the Flow answers alone",
    flag: "--agents",
    usual: async (known) => ((await agentsProblem("", known)) === null ? "" : null),
    problem: agentsProblem,
  },
  {
    key: "proxies",
    asks: "More numbers of the account that agents are reached from? One talks to one customer at a time from each",
    flag: "--proxies",
    usual: () => "",
    problem: proxiesProblem,
  },
];

/** What is wrong with the name of a stage: it becomes part of names at Twilio and of a file. */
export function stageNameProblem(name: string): string | null {
  if (/[A-Z]/.test(name)) return `has capitals; write it like "${name.toLowerCase()}"`;
  if (/^[a-z][a-z0-9-]{0,29}$/.test(name)) return null;
  return 'is not a name of a stage: a lower-case letter, then letters, digits and dashes, 30 at most, like "staging"';
}

/** What is wrong with the name of a line, a template or an agent. */
export function nameProblem(name: string): string | null {
  return /^[a-z][a-z0-9-]{0,29}$/.test(name)
    ? null
    : "is not a name: a lower-case letter, then letters, digits and dashes, 30 at most";
}

function accountProblem(value: string): string | null {
  if (!/^AC[0-9a-f]{32}$/.test(value)) return "is not an account SID: AC and 32 hexadecimal digits";
  return /^AC(.)\1{31}$/.test(value) ? "is a placeholder; put in the SID of the stage's own account" : null;
}

/** What is wrong with a number of the channel, in the account that was named. */
function numberProblem(channel: LineChannel, value: string, { answers }: Known): string | null {
  const fault = addressFault(channel, value);
  const isReal = answers.account !== undefined && answers.account !== localAccountSid;
  if (fault !== null || !isReal || !isFictional(value)) return fault;
  return "is a number nobody has, set aside for tests; put in your own";
}

function lineProblem(value: string, known: Known): string | null {
  const { account, channel } = known.answers;
  const other = known.stages.find(
    ({ accountSid, lines }) => accountSid === account && lines.some(({ address }) => address === value),
  );
  if (other !== undefined) {
    return `is answered by stage ${other.name} in the same account; a number has one answer`;
  }
  return numberProblem(isChannel(channel) ? channel : "sms", value, known);
}

/** The template that is usual, or the one that there is. */
function usualFlow({ project }: Known): string | null {
  const names = project.templateFiles().map((file) => file.replace(/\.(json|ts)$/, ""));
  return names.includes("support") ? "support" : names.length === 1 ? (names[0] ?? null) : null;
}

async function flowProblem(value: string, { project }: Known): Promise<string | null> {
  if (nameProblem(value) !== null) return nameProblem(value);
  try {
    await project.template(value);
    return null;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return `is no template: ${error.message}`;
  }
}

async function agentsProblem(value: string, known: Known): Promise<string | null> {
  const agents = agentsIn(value);
  if (agents.length === 0) {
    const { flow = "" } = known.answers;
    // A template that is none is said by itself.
    if ((await flowProblem(flow, known)) !== null) return null;
    const file = await agentFunctionOf(known.project, flow);
    if (file === undefined) return null;
    return `names nobody, and functions/${file} of the Flow ${flow} asks agents: ada=+…`;
  }
  for (const { name, address } of agents) {
    const unnamed = nameProblem(name);
    if (unnamed !== null) return `has "${name}", which ${unnamed}; write it like ada=+…`;
    const fault = numberProblem(channelOf(address), address, known);
    if (fault !== null) return `has ${name}'s phone "${address}", which ${fault}`;
    if (address === known.answers.address) {
      return `has ${name} on the line's own number; an agent needs a phone of their own`;
    }
  }
  const twice = agents.find(
    (agent, at) =>
      agents.findIndex(({ name, address }) => name === agent.name || address === agent.address) < at,
  );
  return twice === undefined ? null : `has ${twice.name} or their phone twice`;
}

function proxiesProblem(value: string, known: Known): string | null {
  const agents = agentsIn(known.answers.agents ?? "");
  const proxies = parts(value);
  const all = [...(known.answers.address === undefined ? [] : [known.answers.address]), ...proxies];
  for (const [at, proxy] of proxies.entries()) {
    const fault = numberProblem(channelOf(proxy), proxy, known);
    if (fault !== null) return `has "${proxy}", which ${fault}`;
    if (all.indexOf(proxy) !== all.length - proxies.length + at) return `has "${proxy}" twice`;
    const agent = agents.find(({ address }) => address === proxy);
    if (agent !== undefined) return `has "${proxy}", which is ${agent.name}'s phone`;
  }
  const unreached = agents.find(
    ({ address }) => !all.some((proxy) => channelOf(proxy) === channelOf(address)),
  );
  if (unreached === undefined) return null;
  const channel = channelOf(unreached.address);
  return `has no ${channel} number, and ${unreached.name} is reached by ${channel}; name one of the account`;
}
