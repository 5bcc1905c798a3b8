/**
 * What every part of the local Twilio can rely on, and nothing of how it is done: the store, the clock, the event
 * log, and the few calls that products make of one another. `http`, `control` and the product folders
 * (`serverless`, `studio`, `conversations`, `api`, …) are written against this file.
 *
 * A product holds only behaviour that Twilio's OpenAPI documents cannot state. Paths, parameters, types, required
 * fields, SIDs, paging and the plain create, fetch, update, delete and list come from the rows of
 * `@support-line/twilio-api` and are done once, in `http`.
 */
import type { FunctionsPool } from "@support-line/functions-runtime";
import type { OperationName, Resource } from "@support-line/twilio-api";
import type { DatabaseSync } from "node:sqlite";
import type { Body } from "./json.ts";
import type { Lifecycles } from "./lifecycle/lifecycle.ts";
import type { Services } from "./services.ts";
import type { StandIns } from "./stand-ins.ts";
import type { State } from "./state.ts";
import type { Switches } from "./switches.ts";

export type { Body, Json } from "./json.ts";
export type * from "./services.ts";

/** One stored resource. `body` is shaped as Twilio's responses are (snake case) less `url` and `links`. */
export interface StoredObject {
  readonly token: string;
  readonly sid: string;
  /** Path parameters of the parents by wire name, `{ServiceSid: "ZS…"}`. */
  readonly parents: Readonly<Record<string, string>>;
  readonly body: Body;
  /** What no response shows (file contents, signing keys); never leaves the process. */
  readonly hidden: Body;
  /** Order of creation. */
  readonly sequence: number;
}

/** All state of an account, in one SQLite file; every write is durable when the call that made it is answered. */
export interface Store {
  /** What the tables call the account. */
  readonly account: string;
  /** For tables of a product's own (messages in flight, steps), which `store/migrations.ts` makes. */
  readonly database: DatabaseSync;
  insert(object: Omit<StoredObject, "sequence">): StoredObject;
  /** By SID; also by unique name where the resource has one and `parents` says where to look. */
  find(token: string, sid: string, parents?: Readonly<Record<string, string>>): StoredObject | undefined;
  /** Newest last. `where` compares top-level body properties. */
  list(token: string, parents?: Readonly<Record<string, string>>, where?: Body): StoredObject[];
  /** Replaces `body` (and `hidden` when given); answers what is stored now. */
  replace(token: string, sid: string, body: Body, hidden?: Body): StoredObject;
  /** Deletes an object and what has all of `above` above it, where that is not empty; false when it was not there. */
  remove(token: string, sid: string, above?: readonly string[]): boolean;
  /** All or nothing; nests. */
  transaction<Result>(work: () => Result): Result;
}

/** The one clock. It can be moved on by `control`; timers run on it, in order, also when it jumps. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** ISO 8601 with seconds, `2026-01-31T12:00:00Z`, as Twilio's v1 and v2 APIs write dates. */
  iso(): string;
  /** Runs `work` when the clock reaches `at`; answers a function that cancels it. Timers do not survive a restart: products re-arm theirs in `start`. */
  at(at: number, work: () => void): () => void;
}

/** The kinds of event in the stream, `type.what`. */
export type EventType =
  `${"message" | "conversation" | "execution" | "step" | "function" | "call" | "task" | "deployment"}.${string}`;

/** One row of the table of events behind `GET /_local/v1/events`. */
export interface TwilioEvent {
  readonly id: number;
  readonly at: string;
  readonly type: EventType;
  /** What it is about, and what that belongs to (a message's Conversation, a step's Execution). */
  readonly sid: string;
  readonly parent: string | null;
  readonly data: Body;
}

export interface EventLog {
  append(type: EventType, sid: string, parent: string | null, data: Body): TwilioEvent;
  /** Events after `id`, oldest first. */
  after(id: number, limit?: number): TwilioEvent[];
  /** Id of the newest event, 0 when there is none. */
  last(): number;
  /** Called for every event appended from now on; answers a function that unsubscribes. */
  subscribe(listener: (event: TwilioEvent) => void): () => void;
}

/** One request to the REST API, authenticated, routed and parsed by the rows. */
export interface Call {
  readonly twilio: Twilio;
  readonly resource: Resource;
  readonly operation: OperationName;
  readonly accountSid: string;
  /** Path parameters by wire name, the resource's own id included. */
  readonly path: Readonly<Record<string, string>>;
  /** Parameters by wire name, checked and typed by the row (`AutoCreation.Enabled`: true). Absent ones are absent. */
  readonly input: Body;
  readonly query: Body;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Files of a multipart request (the upload host). */
  readonly files: Readonly<
    Record<string, { readonly content: Uint8Array; readonly type: string; readonly name: string }>
  >;
}

/** A parameter that its row refuses. */
export interface ParameterProblem {
  readonly operation: OperationName;
  readonly parameter: string;
  readonly kind: "missing" | "type" | "enum" | "length" | "range" | "pattern";
  readonly message: string;
}

/**
 * What a resource does beyond its row. Every hook is optional; without any, the resource is plain. Hooks throw
 * `TwilioError` to refuse. `draft` is the body the engine made of the row: inputs at their properties, the rest null.
 */
export interface Behaviour {
  /**
   * Where the objects are kept when two paths lead to one thing (`/v1/Conversations/CH…` is
   * `/v1/Services/IS…/Conversations/CH…` of the default service): the token of the row that keeps them, and the
   * parents that this path leaves unsaid.
   */
  kept?: { readonly token: string; unsaidParents?(twilio: Twilio): Readonly<Record<string, string>> };
  /** A property that a path may call it by beside its SID and unique name: a user's identity. */
  readonly alsoBy?: string;
  /** First of all, outside any transaction: may wait (webhooks that are asked beforehand), refuse, or change the input. */
  before?(call: Call): Call | Promise<Call>;
  /** Before an object is stored: refuse, fill in what Twilio fills in. May return hidden values. */
  create?(call: Call, draft: StoredObject): { body: Body; hidden?: Body };
  /** After it is stored and before the request is answered: effects on others, timers, events. */
  created?(call: Call, object: StoredObject): void | Promise<void>;
  update?(call: Call, current: StoredObject, draft: Body): { body: Body; hidden?: Body };
  updated?(call: Call, before: StoredObject, after: StoredObject): void | Promise<void>;
  delete?(call: Call, object: StoredObject): void;
  deleted?(call: Call, object: StoredObject): void | Promise<void>;
  /** What a response shows, when it is more than what is stored (a state that depends on the clock). */
  show?(twilio: Twilio, object: StoredObject): Body;
  /** A singleton's body when nothing was ever stored. */
  initial?(call: Call): Body;
  /** What else the body has of an object that is there as soon as somebody asks for it by this name; undefined for other names. */
  onDemand?(name: string): Body | undefined;
  /** Which objects a list shows, and in which order; default: all below the parents, newest first. */
  list?(call: Call, objects: StoredObject[]): StoredObject[];
  /** Twilio's own code for a parameter that the row refuses; default: 20001 with `problem.message`. */
  refuse?: (problem: ParameterProblem) => Error | undefined;
  /** Properties that the items of a list leave out. */
  readonly unlisted?: readonly string[];
  /** Instead of the plain operation, for what is no object (Flow Validate, a Build's status, a step's context). */
  instead?: Partial<
    Record<
      OperationName,
      (call: Call) => { status?: number; body: Body } | Promise<{ status?: number; body: Body }>
    >
  >;
}

/** A request to a host of Twilio's that is no REST API: as it came, no account known. */
export interface RawRequest {
  readonly method: string;
  /** The host that is meant, in lower case, whichever way the request came. */
  readonly host: string;
  /** Path with its query. */
  readonly path: string;
  /** `https://<host><path>`: what a caller at Twilio would have called, and what a signature covers. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Uint8Array | string;
}

/** A product of Twilio: one folder, one of these. */
export interface Product {
  readonly name: string;
  /** By token. */
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  /** What it offers the others, asked for once, before any product's `start`. */
  services?(twilio: Twilio): Partial<Services>;
  /** Hosts it serves that are no REST API (`foo-1234.twil.io`, `webhooks.twilio.com`). */
  readonly hosts?: readonly {
    readonly matches: RegExp;
    /** Only these paths of it; absent: all of them. */
    readonly path?: RegExp;
    /** Whether it is this account that is asked, where the path names none; the first account is unless one is. */
    readonly isAsked?: (twilio: Twilio, request: RawRequest) => boolean;
    serve(twilio: Twilio, request: RawRequest): Promise<RawResponse>;
  }[];
  /** Once at start, when the store is open: tables, timers to re-arm, work that a stop interrupted. */
  start?(twilio: Twilio): void | Promise<void>;
  stop?(twilio: Twilio): void | Promise<void>;
  /** `control`'s reset has emptied the store. */
  reset?(twilio: Twilio): void | Promise<void>;
}

export interface Settings {
  readonly accountSid: string;
  readonly authToken: string;
  /** Folder of the database, the CA and the Functions' files; a temporary one, made when it is needed, where the state is in memory. */
  readonly folder: string;
  readonly switches: Switches;
  /** Whether webhooks may go to other machines; unless it is set, they reach this one alone and fail elsewhere. */
  readonly webhooksLeaveMachine: boolean;
  /** Who answers in place of Functions and of other people's servers; nobody does unless a test says so. */
  readonly standIns: StandIns;
  /** Where the processes of Functions come from; each deployment has one of its own where it is undefined. */
  readonly functionsPool: FunctionsPool | undefined;
}

/** The account that is there from the start, and the subaccounts that it made. */
export interface Accounts {
  readonly owner: Twilio;
  /** All of them, the owner first. */
  all(): readonly Twilio[];
  find(accountSid: string): Twilio | undefined;
  /** `active`, `suspended` or `closed`. */
  status(accountSid: string): string;
  /** Begins with a subaccount that has just been made. */
  open(accountSid: string): Promise<void>;
}

/** The local Twilio as the parts of an account see it. */
export interface Twilio {
  readonly settings: Settings;
  readonly accounts: Accounts;
  /** `http://127.0.0.1:<port>`. Throws while it listens nowhere. */
  readonly endpoint: string;
  /** Listens, where it does not yet: for whoever can reach it over HTTP alone. Answers the endpoint. */
  listen(): Promise<string>;
  /** The port that stands for port 443 of every host of Twilio's, for connections that are led here. */
  securePort(): Promise<number>;
  /** A request to one of Twilio's hosts, answered as over HTTP; null where a fault cuts the connection. */
  request(request: RawRequest): Promise<RawResponse | null>;
  readonly store: Store;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly services: Services;
  readonly lifecycles: Lifecycles;
  /** What a part keeps in memory for this local Twilio. */
  readonly state: <Value>(of: State<Value>) => Value;
  /** A new SID: prefix and 32 hexadecimal digits. */
  sid(prefix: string): string;
  /** Work that goes on after a request was answered; `idle` waits for all of it, and errors in it are reported, not lost. */
  background(work: Promise<unknown>): void;
  /** Resolves when no background work is left (waits and timers do not count). */
  idle(): Promise<void>;
}
