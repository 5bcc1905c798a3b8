/**
 * What every part of the local Twilio can rely on, and nothing of how it is done: the store, the clock, the event
 * log, and the few calls that products make of one another. `http`, `control` and the product folders
 * (`serverless`, `studio`, `conversations`, `api`, …) are written against this file.
 *
 * A product holds only behaviour that Twilio's OpenAPI documents cannot state. Paths, parameters, types, required
 * fields, SIDs, paging and the plain create, fetch, update, delete and list come from the rows of
 * `@support-line/twilio-api` and are done once, in `http`.
 */
import type { CallEffect, EngineEvent } from "@support-line/studio";
import type { OperationName, Resource } from "@support-line/twilio-api";
import type { DatabaseSync } from "node:sqlite";
import type { Lifecycles } from "./lifecycle/lifecycle.ts";
import type { FlexDesk } from "./studio/flex.ts";
import type { Unknowns } from "./unknowns.ts";

/** JSON as it travels: response bodies, stored objects, event data. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Body = Record<string, Json>;

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

/** All state, in one SQLite file; every write is durable when the call that made it is answered. */
export interface Store {
  /** For tables of a product's own (messages in flight, steps); created with `create table if not exists`. */
  readonly database: DatabaseSync;
  insert(object: Omit<StoredObject, "sequence">): StoredObject;
  /** By SID; also by unique name where the resource has one and `parents` says where to look. */
  find(token: string, sid: string, parents?: Readonly<Record<string, string>>): StoredObject | undefined;
  /** Newest last. `where` compares top-level body properties. */
  list(token: string, parents?: Readonly<Record<string, string>>, where?: Body): StoredObject[];
  /** Replaces `body` (and `hidden` when given); answers what is stored now. */
  replace(token: string, sid: string, body: Body, hidden?: Body): StoredObject;
  /** Deletes an object; false when it was not there. */
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

/** One row of the append-only table behind `GET /_local/v1/events`. */
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
    serve(twilio: Twilio, request: RawRequest): Promise<RawResponse>;
  }[];
  /** Once at start, when the store is open: tables, timers to re-arm, work that a stop interrupted. */
  start?(twilio: Twilio): void | Promise<void>;
  stop?(twilio: Twilio): void | Promise<void>;
  /** `control`'s reset has emptied the store. */
  reset?(twilio: Twilio): void | Promise<void>;
}

/** A text or media message between a handset and a number of the account. */
export interface CarrierMessage {
  /** SM… or MM…. */
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly { readonly url: string; readonly contentType: string }[];
}

/** Where a message comes from that no client sent over the REST API. */
export interface MessageOrigin {
  /** The Conversation, its message (IM…) and the delivery receipt (DY…). */
  readonly conversationSid?: string;
  readonly messageSid?: string;
  readonly receiptSid?: string;
  readonly executionSid?: string;
  /** Twilio's own answer to STOP, which reaches the handset although it has just opted out. */
  readonly isKeywordReply?: boolean;
  /** Made of a content template: WhatsApp takes it at any time. */
  readonly isTemplate?: boolean;
}

/** A message as a handset shows it. */
export interface HandsetMessage extends CarrierMessage {
  /** ISO 8601. */
  readonly at: string;
  /** Delivery as the network reports it: `delivered`, `undelivered`, `failed` … */
  readonly status: string;
  readonly errorCode: number | null;
}

/** How a handset misbehaves: what is sent to it fails in this way. */
export interface HandsetRule {
  /** Only messages from this address; null: all. */
  readonly from: string | null;
  readonly outcome: "failed" | "undelivered";
  /** Twilio's code, 30003 (unreachable) and so on. */
  readonly errorCode: number;
  /** How many messages it still hits; null: all. */
  readonly times: number | null;
}

/** What the Debugger says of something that went wrong behind a request that was answered. */
export interface Alert {
  /** Twilio's code, https://www.twilio.com/docs/api/errors. */
  readonly code: number;
  readonly level: "error" | "warning";
  readonly text: string;
  /** What it is about, and the service that belongs to. */
  readonly resourceSid: string;
  readonly serviceSid: string | null;
  readonly request?: { readonly method: "GET" | "POST"; readonly url: string };
}

/** What products make of one another. Each comes from the `services` of one product; calling one that no product provides is an error. */
export interface Services {
  carrier: {
    /**
     * Hands a message of the account to the network: order kept per pair. Keeps a Message resource where there is
     * none yet, notes its status there, and tells the Conversation that it comes from.
     */
    send(message: CarrierMessage, origin?: MessageOrigin): void;
    /** Whether a handset has opted out of messages from a number (21610). */
    isOptedOut(handset: string, number: string): boolean;
    /** A handset writes to a number of the account. Resolves when everything it set off so far was started. */
    receive(from: string, to: string, body: string, media?: CarrierMessage["media"]): Promise<CarrierMessage>;
    /** What a handset got and wrote, oldest first; empty for an address that nothing was ever sent to or from. */
    handset(address: string): { inbox: HandsetMessage[]; outbox: HandsetMessage[] };
    /** Addresses of all handsets that ever got or wrote something. */
    handsets(): string[];
    /** The rules of a handset, and setting them (all at once). */
    rules(address: string): HandsetRule[];
    setRules(address: string, rules: readonly HandsetRule[]): void;
  };
  conversations: {
    /** Routes an inbound message: true when an open Conversation or an address configuration took it. */
    inbound(message: CarrierMessage): Promise<boolean>;
    /** What the network says of a message that a Conversation sent; `receiptSid` is the origin's. */
    noteDelivery(receiptSid: string, status: string, errorCode: number | null): void;
    /** Adds a message as Studio does: webhooks stay silent, every participant gets it. Answers the Message resource. */
    send(
      conversationSid: string,
      message: { body: string; author?: string; attributes?: string; mediaUrl?: string },
    ): Promise<Body>;
    /** The Execution that a Conversation's studio webhook started is over (a named unknown says what follows). */
    executionEnded(conversationSid: string, flowSid: string): void;
  };
  studio: {
    /** A message in a Conversation with a studio webhook: starts an Execution or moves the active one on. */
    conversationMessage(flowSid: string, conversationSid: string, message: Body): Promise<void>;
    /** A message to a number whose webhook is a Flow's. */
    incomingMessage(flowSid: string, message: CarrierMessage): Promise<void>;
    /** A call to a number whose voice URL is a Flow's; false when no Execution takes it. */
    incomingCall(flowSid: string, parameters: Readonly<Record<string, string>>): Promise<boolean>;
    /** What happened on the call of an Execution, or that it is over for it (`stopped`). */
    callEvent(executionSid: string, event: EngineEvent): void;
    /** A message of an Execution did not reach its handset (`failed`, `undelivered`). */
    noteUndelivered(executionSid: string, messageSid: string, errorCode: number): void;
    /** The trace of an Execution, first step first: for each its context before and after, templates and conditions. Undefined: no such Execution. */
    steps(executionSid: string): Body[] | undefined;
  };
  voice: {
    /** Does what an Execution wants on its call; `incomingSid` is the call that started it, empty when none did. */
    perform(executionSid: string, incomingSid: string, effect: CallEffect): void;
    /** An Execution is over: its call is hung up. */
    executionEnded(executionSid: string): void;
  };
  /** Where Send To Flex hands over to; null while no product offers it. */
  flex: FlexDesk | null;
  content: {
    /** The text of a content template (HX…), filled by variables as JSON. Throws 21655 and 21656. */
    render(sid: string, variables: string): string;
  };
  monitor: {
    /** Writes to the Debugger. */
    alert(alert: Alert): void;
  };
  functions: {
    /** A request to a domain of Serverless (`https://…twil.io/path`), signed by Twilio where `sign` is set. Null: no such domain. */
    request(request: {
      readonly method: "GET" | "POST";
      readonly url: string;
      readonly parameters: Readonly<Record<string, string>>;
      readonly sign: boolean;
      readonly timeoutMs: number;
      /** The Execution that asks, for whoever looks at runs later. */
      readonly executionSid?: string;
    }): Promise<
      | { status: number; contentType: string; body: string; headers: Record<string, string> }
      | "timeout"
      | null
    >;
  };
}

export interface Settings {
  readonly accountSid: string;
  readonly authToken: string;
  /** Folder of the database, the CA and the Functions' files. */
  readonly folder: string;
  readonly port: number;
  readonly unknowns: Unknowns;
  /** Whether webhooks may go to other machines; unless it is set, they reach this one alone and fail elsewhere. */
  readonly webhooksLeaveMachine: boolean;
}

/** The local Twilio as its parts see it. */
export interface Twilio {
  readonly settings: Settings;
  /** `http://127.0.0.1:<port>`, known once it listens. */
  readonly endpoint: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly events: EventLog;
  readonly services: Services;
  readonly lifecycles: Lifecycles;
  /** A new SID: prefix and 32 hexadecimal digits. */
  sid(prefix: string): string;
  /** Work that goes on after a request was answered; `idle` waits for all of it, and errors in it are reported, not lost. */
  background(work: Promise<unknown>): void;
  /** Resolves when no background work is left (waits and timers do not count). */
  idle(): Promise<void>;
}
