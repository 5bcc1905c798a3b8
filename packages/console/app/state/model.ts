/** What the page knows of the local Twilio. Never changed in place: what is the same object is the same state. */
import type { Conversation, Execution, FlowSummary, Message, Names, Own, Snapshot } from "../api/shapes.ts";

/** A message as a phone shows it: also one that was typed here and is not with the carrier yet. */
export interface PhoneMessage extends Omit<Message, "status" | "media"> {
  readonly media: readonly Message["media"][number][];
  /** As the network reports it; `sending` and `refused` before that. */
  readonly status: string;
  /** Why it was refused. */
  readonly problem?: string;
}

export interface Phone {
  readonly address: string;
  readonly messages: readonly PhoneMessage[];
}

export interface Model {
  readonly link: "connecting" | "live" | "lost";
  /** Whether anything was ever heard of the local Twilio. */
  readonly isKnown: boolean;
  readonly accountSid: string;
  /** Milliseconds by which the clock there is ahead of the clock here. */
  readonly ahead: number;
  /** What the stage and its agents are called. */
  readonly names: Names;
  readonly numbers: readonly Own[];
  readonly flows: readonly FlowSummary[];
  /** Whether TaskRouter is used here. */
  readonly hasTasks: boolean;
  readonly phones: Readonly<Record<string, Phone>>;
  /** By SID, newest first. */
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly executions: ReadonlyMap<string, Execution>;
  /** The Execution that something happened in last. */
  readonly latestExecution: string | null;
  /** Grows with every run of a Function and with every deployment: whoever lists them asks anew. */
  readonly invocations: number;
  readonly deployments: number;
  /** By Execution: grows with everything that happens in it. */
  readonly moves: ReadonlyMap<string, number>;
  /** What the account owes TaskRouter and voice: counted from the events, shown when there are any. */
  readonly tasks: ReadonlyMap<string, Followed>;
  readonly calls: ReadonlyMap<string, Followed>;
}

/** A task or a call, as its last event told of it. */
export interface Followed {
  readonly sid: string;
  readonly what: string;
  readonly at: string;
  readonly about: Readonly<Record<string, unknown>>;
  /** What was said in it, with what came before; of calls in text. */
  readonly lines: readonly {
    readonly at: string;
    readonly who: string;
    readonly what: string;
    readonly text: string;
  }[];
}

export const nothing: Model = {
  link: "connecting",
  isKnown: false,
  accountSid: "",
  ahead: 0,
  names: { stage: null, lines: [], people: [] },
  numbers: [],
  flows: [],
  hasTasks: false,
  phones: {},
  conversations: new Map(),
  executions: new Map(),
  latestExecution: null,
  invocations: 0,
  deployments: 0,
  moves: new Map(),
  tasks: new Map(),
  calls: new Map(),
};

/** The model that a snapshot gives; what only this page knows (messages on their way) is kept. */
export function fromSnapshot(model: Model, snapshot: Snapshot): Model {
  const [latest] = snapshot.executions;
  return {
    ...model,
    isKnown: true,
    accountSid: snapshot.accountSid,
    ahead: snapshot.now - Date.now(),
    names: snapshot.names,
    numbers: snapshot.numbers,
    flows: snapshot.flows,
    hasTasks: snapshot.hasTasks,
    phones: Object.fromEntries(
      snapshot.handsets.map(({ address, messages }) => [address, { address, messages }]),
    ),
    conversations: new Map(snapshot.conversations.map((one) => [one.sid, one])),
    executions: new Map(snapshot.executions.map((one) => [one.sid, one])),
    latestExecution: latest?.sid ?? null,
    invocations: model.invocations + 1,
    deployments: model.deployments + 1,
    moves: new Map(),
    tasks: new Map(),
    calls: new Map(),
  };
}
