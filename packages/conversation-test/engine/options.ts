/** What the world of the engine alone is made of. */
import type { FindSubflow, FlowDefinition, HttpResult, StudioSwitches } from "@support-line/studio";
import type { Answer } from "../answer.ts";
import type { TwilioCall } from "../world.ts";
import type { Room } from "./room.ts";

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

/** Stands in for Functions, or runs the real ones. */
export interface FunctionsRunner {
  /** A script begins, in whose Conversations they will act. */
  begin(): FunctionsSession;
  close(): Promise<void>;
}

export interface FunctionsSession {
  /** Undefined when there is no such Function. */
  run(call: FunctionCall, room: Room): Promise<HttpResult> | HttpResult | undefined;
  /** Requests to Twilio since it was last asked. */
  twilioCalls(): readonly TwilioCall[];
  end(): void;
}

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
  /** By name, or a runner of the real ones (`functionsFrom`). */
  readonly functions?: Readonly<Record<string, Stub>> | FunctionsRunner;
  /** The Function that TaskRouter tells of Tasks, the Workspace's event callback; without it nobody hears of them. */
  readonly taskEvents?: string;
  /** By URL, or the beginning of one. */
  readonly http?: Readonly<Record<string, ServerStub>>;
  /** How messages come in; a Conversation when the Flow's Trigger is wired for one. */
  readonly messages?: "conversation" | "message";
  /** Milliseconds since 1970 when a script begins. */
  readonly now?: number;
  readonly switches?: Partial<StudioSwitches>;
  /** Finds the Flows that Run Subflow names; without it there are none. */
  readonly subflows?: FindSubflow;
}

export const usual = {
  people: { customer: "+15550100201", agent: "+15550100101" },
  line: "+15550100001",
  now: Date.UTC(2026, 0, 30, 12),
} as const;
