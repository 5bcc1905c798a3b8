/** What a world in this process is made of. */
import type { FindSubflow, FlowDefinition } from "@support-line/studio";
import type { Switches } from "@support-line/local-twilio";
import type { Proof } from "@support-line/local-twilio/proof";
import type { Answer } from "../answer.ts";
import type { RealFunctions } from "./real-functions.ts";

/** A call of a Function, as whoever stands in for it sees it. */
export interface FunctionCall {
  /** Last part of the URL: `add-support-agent`. */
  readonly name: string;
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** The Conversation that the Execution is in; one of its own for a message or a call without one. */
  readonly conversation: {
    /** Adds somebody, by name or address. Whoever is in it already stays as they are. */
    add(person: string): void;
    /** Takes somebody out; false when they were not in it. */
    remove(person: string): boolean;
    has(person: string): boolean;
  };
}

export type Stub = Answer | ((call: FunctionCall) => Answer | Promise<Answer>);

export interface ServerRequest {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly body: string;
}

export type ServerStub = Answer | ((request: ServerRequest) => Answer | Promise<Answer>);

export interface EngineWorldOptions {
  readonly definition: FlowDefinition;
  /** What the Flow is called where coverage is told. Its description, unless said otherwise. */
  readonly flow?: string;
  /** Addresses of people by name. A customer and an agent, unless said otherwise. */
  readonly people?: Readonly<Record<string, string>>;
  /** The number that customers write to and call. */
  readonly line?: string;
  /** Further numbers of the account, which agents may be written to from. The nine of a local Twilio are there anyway. */
  readonly numbers?: readonly string[];
  /** By name, or the real ones (`functionsFrom`). */
  readonly functions?: Readonly<Record<string, Stub>> | RealFunctions;
  /** Asked for the answer of a Function that nothing answers for; without it that is an error. */
  readonly unanswered?: (call: FunctionCall) => Answer | Promise<Answer>;
  /** The Function that TaskRouter tells of Tasks, the Workspace's event callback; without it nobody hears of them. */
  readonly taskEvents?: string;
  /** By URL, or the beginning of one. */
  readonly http?: Readonly<Record<string, ServerStub>>;
  /** How messages come in; a Conversation when the Flow's Trigger is wired for one. */
  readonly messages?: "conversation" | "message";
  /** Milliseconds since 1970 when a script begins. */
  readonly now?: number;
  /** What nobody knows about Twilio, in other positions than the usual ones (docs/reference/local-twilio.md). */
  readonly switches?: Partial<Switches>;
  /**
   * An account's proof (`readProof` of `@support-line/local-twilio/proof`): its switches are set, and a conversation that walks
   * through what else differs there says so.
   */
  readonly as?: Proof;
  /** Finds the Flows that Run Subflow names; without it there are none. */
  readonly subflows?: FindSubflow;
}

export const usual = {
  people: { customer: "+15550100201", agent: "+15550100101" },
  line: "+15550100001",
  now: Date.UTC(2026, 0, 30, 12),
} as const;

/** The domain that a Flow may name for its Functions while they are deployed nowhere. */
export const anyDomain = "https://functions-0000.twil.io";

/** How messages reach the Flow. */
export function isConversational({ messages, definition }: EngineWorldOptions): boolean {
  if (messages !== undefined) return messages === "conversation";
  const trigger = definition.states.find(({ name }) => name === definition.initial_state);
  const isWired = (event: string) =>
    trigger?.transitions.some((each) => each.event === event && Boolean(each.next)) ?? false;
  return isWired("incomingConversationMessage") || !isWired("incomingMessage");
}
