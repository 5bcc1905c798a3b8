/**
 * What products make of one another, one entry for each service. Each comes from the `services` of one product; all are
 * collected before any product starts.
 */
import type { Rendered, TemplateFit } from "./content/render.ts";
import type { CallEffect, EngineEvent } from "@support-line/studio";
import type { Body } from "./json.ts";

/** Somebody is handed over to the agents: https://www.twilio.com/docs/studio/widget-library/send-flex */
export interface HandOver {
  readonly executionSid: string;
  readonly flowSid: string;
  /** WW… and TC…, as the widget names them. */
  readonly workflowSid: string;
  readonly taskChannelSid: string;
  /** The widget's attributes with those that Studio adds by itself (`channelType`, `customerAddress`, `from`, …). */
  readonly attributes: Body;
  readonly priority: number;
  /** How long the task may wait for an agent. */
  readonly timeoutSeconds: number;
  /** The Conversation that is handed over, by an Interaction; null: there is none, and a Task is made directly. */
  readonly conversationSid: string | null;
}

/** What became of it: what stands under `widgets.<name>` afterwards, or why it failed. */
export type HandedOver =
  | { readonly succeeded: true; readonly variables: Body }
  /** `failedToEnqueue`: no such Workflow or channel; `callFailure`: what is handed over is gone. */
  | {
      readonly succeeded: false;
      readonly outcome: "failedToEnqueue" | "callFailure";
      readonly reason: string;
    };

export interface FlexDesk {
  /** Resolves when the Task (and the Interaction) exist, not when an agent takes it. A refusal is an answer, not an exception. */
  handOver(request: HandOver): Promise<HandedOver>;
}

/** A text or media message between a handset and a number of the account. */
export interface CarrierMessage {
  /** SM… or MM…. */
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly media: readonly { readonly url: string; readonly contentType: string }[];
  /** The button of a WhatsApp template that was tapped: its text is the body too. */
  readonly button?: { readonly text: string; readonly payload: string };
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
  /** Made of a content template: WhatsApp takes it at any time, where its variables fit. */
  readonly template?: TemplateFit;
  /** The code with which it does not arrive: a test asked for it. */
  readonly lost?: number;
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

/** A message that Studio adds to a Conversation. */
export interface StudioMessage {
  readonly body: string;
  readonly author?: string;
  readonly attributes?: string;
  readonly mediaUrl?: string;
  /** The content template that makes the body, and its variables as JSON; empty: there is none. */
  readonly contentSid: string;
  readonly contentVariables: string;
  readonly executionSid: string;
  /** The code with which it reaches nobody: a test asked for it. */
  readonly lost?: number;
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

/** Calling a service that no product provides is an error. */
export interface Services {
  carrier: {
    /**
     * Hands a message of the account to the network: order kept per pair. Keeps a Message resource where there is
     * none yet, notes its status there, and tells the Conversation that it comes from.
     */
    send(message: CarrierMessage, origin?: MessageOrigin): void;
    /** Whether a handset has opted out of messages from a number (21610). */
    isOptedOut(handset: string, number: string): boolean;
    /** A handset writes to a number of an account. Resolves when everything it set off so far was started. */
    receive(
      from: string,
      to: string,
      body: string,
      media?: CarrierMessage["media"],
      button?: CarrierMessage["button"],
    ): Promise<CarrierMessage>;
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
    send(conversationSid: string, message: StudioMessage): Promise<Body>;
    /** The Execution that a Conversation's studio webhook started is over (a switch says what follows); `closes` closes it. */
    executionEnded(conversationSid: string, flowSid: string, closes: boolean): void;
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
    /** The widget that an Execution is at, and its Conversation. Undefined: no such Execution. */
    about(
      executionSid: string,
    ): { readonly state: string; readonly conversationSid: string | null } | undefined;
    /** The next message that a Flow sends is refused, or taken and then lost, with this code. */
    failNextMessage(how: "refused" | "undelivered", errorCode: number): void;
    /** The trace of an Execution, first step first: for each its context before and after, templates and conditions. Undefined: no such Execution. */
    steps(executionSid: string): Body[] | undefined;
  };
  voice: {
    /** Does what an Execution wants on its call; `incomingSid` is the call that started it, empty when none did. */
    perform(executionSid: string, incomingSid: string, effect: CallEffect): void;
    /** An Execution is over: its call is hung up, or the one that started it where nothing was done on a call. */
    executionEnded(executionSid: string, incomingSid: string): void;
  };
  /** Where Send To Flex hands over to; null while no product offers it. */
  flex: FlexDesk | null;
  content: {
    /** A content template (HX…), filled by variables as JSON. Throws 21655 and 21656. */
    render(sid: string, variables: string): Rendered;
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
      /** A list stands in the form as often as it has values. */
      readonly parameters: Readonly<Record<string, string | readonly string[]>>;
      /** In place of Studio's: a webhook has its own. */
      readonly headers?: Readonly<Record<string, string>>;
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
