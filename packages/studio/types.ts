/**
 * The words of Studio, as types: a Flow Definition as Studio's editor exports it, an Execution as the engine
 * keeps it, what happens to an Execution (events) and what it wants done (effects).
 */
import type { CallEffect, CallEvent } from "./calls.ts";
import type { HandOverEffect, HandOverEvent } from "./hand-overs.ts";

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A Flow Definition, https://www.twilio.com/docs/studio/rest-api/v2/flow-definition */
export interface FlowDefinition {
  readonly description?: string;
  readonly initial_state: string;
  readonly flags?: { readonly allow_concurrent_calls?: boolean };
  readonly states: readonly State[];
}

/** A widget in a Flow Definition. */
export interface State {
  readonly name: string;
  readonly type: string;
  readonly transitions: readonly Transition[];
  readonly properties: JsonObject;
}

export interface Transition {
  readonly event: string;
  readonly next?: string | null;
  readonly conditions?: readonly Condition[];
}

export interface Condition {
  readonly friendly_name: string;
  readonly arguments: readonly string[];
  readonly type: string;
  readonly value: string;
}

/** What Liquid sees: `flow`, `contact`, `trigger`, `widgets`. */
export interface Context {
  readonly flow: JsonObject;
  readonly contact: JsonObject;
  readonly trigger: JsonObject;
  readonly widgets: JsonObject;
}

/** The transition of the Trigger by which an Execution starts. */
export type TriggerEvent =
  "incomingMessage" | "incomingCall" | "incomingConversationMessage" | "incomingRequest" | "incomingParent";

/**
 * An Execution as data: a host stores it as JSON between events. It holds everything the engine needs but the
 * definition, which the host keeps by Flow revision.
 */
export interface Execution {
  readonly status: "active" | "ended";
  /** Why it ended; absent while active. */
  readonly endedBy?: "completed" | "stopped" | "stepLimit" | "loopLimit" | "contextLimit";
  readonly trigger: TriggerEvent;
  readonly context: Context;
  /** Name of the widget it is in. */
  readonly state: string;
  /** What it waits for: the result of an effect, or a person's reply until the host's timer says otherwise. */
  readonly waiting: {
    readonly effect: string;
    readonly type: Extract<Effect, { readonly id: string }>["type"];
  } | null;
  /** What the current widget has gathered; it stands under `widgets` when the widget is left. */
  readonly gathered: JsonObject;
  /** What the trace tells of the step it waits in, beyond the context. */
  readonly step: Pick<StepTrace, "event" | "from" | "templates" | "conditions"> | null;
  /** Steps so far (1,000 at most), and how often in a row the current widget has run (10 at most). */
  readonly steps: number;
  readonly repeats: number;
  /** While a subflow runs: the Flow that called it. All of the above is then the subflow's, but the counted steps. */
  readonly caller?: Caller;
}

/** A Flow that waits for its subflow: what it goes on with. */
export interface Caller {
  readonly subflow: { readonly flowSid: string; readonly revision: number };
  /** The widget that runs the subflow, and the number of its step. */
  readonly state: string;
  readonly number: number;
  readonly context: Context;
  readonly step: NonNullable<Execution["step"]>;
  readonly repeats: number;
}

/**
 * What happens to an Execution. `id` names the effect that a result or a time-out answers. `messageFailed` may also come
 * while a reply is awaited, of the message that asks for it: the carrier could not deliver it.
 */
export type EngineEvent =
  | CallEvent
  | HandOverEvent
  | { readonly type: "started"; readonly trigger: TriggerEvent; readonly start: ExecutionStart }
  | { readonly type: "replied"; readonly message: JsonObject; readonly conversation?: JsonObject }
  | { readonly type: "timedOut"; readonly id: string }
  | { readonly type: "messageSent"; readonly id: string; readonly message: JsonObject }
  | { readonly type: "messageFailed"; readonly id: string; readonly error: { code: number; message: string } }
  /** A Function or a web server answered. */
  | { readonly type: "answered"; readonly id: string; readonly response: HttpResult }
  | { readonly type: "stopped" };

/** What a host knows when an Execution starts; the engine makes the context of it. */
export interface ExecutionStart {
  readonly executionSid: string;
  readonly flowSid: string;
  readonly channelAddress: string;
  readonly contactAddress: string;
  /** What stands under `trigger`: `{conversation: {...}}`, `{message: {...}}`, `{request: {...}}`. */
  readonly trigger: JsonObject;
  readonly data?: JsonObject;
}

/** The answer of a Function or a web server; `null` when there was none (time-out, network, over 64 kB). */
export type HttpResult = {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
} | null;

/** What an Execution wants done. The host does it and answers with the event that carries the same `id`. */
export type Effect =
  | CallEffect
  | HandOverEffect
  | {
      readonly type: "sendMessage";
      readonly id: string;
      readonly state: string;
      readonly from: string;
      readonly to: string;
      readonly body: string;
      readonly mediaUrl?: string;
      readonly attributes?: string;
      readonly contentSid?: string;
      readonly contentVariables?: Readonly<Record<string, string>>;
    }
  | {
      readonly type: "makeRequest";
      readonly id: string;
      readonly state: string;
      readonly method: "GET" | "POST";
      readonly url: string;
      readonly contentType: string;
      readonly body: string;
      /** Sign in with the account's own credentials; only Twilio's API hosts may be asked so. */
      readonly addTwilioAuth: boolean;
      readonly timeoutSeconds: number;
    }
  | {
      readonly type: "runFunction";
      readonly id: string;
      readonly state: string;
      readonly url: string;
      readonly serviceSid: string | null;
      readonly environmentSid: string | null;
      readonly functionSid: string | null;
      readonly parameters: Readonly<Record<string, string>>;
      readonly timeoutSeconds: number;
    }
  /** Wait for a reply; the host sends `timedOut` after `seconds`. */
  | { readonly type: "waitForReply"; readonly id: string; readonly state: string; readonly seconds: number }
  /** Something Twilio would write to the Debugger; needs no answer. */
  | { readonly type: "warn"; readonly code: number; readonly state: string; readonly message: string }
  /** The Execution is over; needs no answer. */
  | { readonly type: "ended"; readonly by: NonNullable<Execution["endedBy"]> };

/** One step: a widget that was entered, from entering to leaving. */
export interface StepTrace {
  /** Which step of the Execution it is, from 1; those of subflows count too. */
  readonly number: number;
  /** In a subflow: the number of the step that runs it. `state` and `from` are names of the subflow's widgets. */
  readonly parent?: number;
  readonly state: string;
  readonly type: string;
  /** The event that led here (`name` of the Step resource), and the widget it came from. */
  readonly event: string;
  readonly from: string;
  /**
   * Set when it is left: the event it left by and where to (`null`: the Flow ended), and which of the widget's
   * transitions that was, from 0; none when the widget has no transition for the event.
   */
  readonly left?: { readonly event: string; readonly to: string | null; readonly transition?: number };
  readonly before: Context;
  readonly after: Context;
  /** Each Liquid template with its result, in the order rendered. */
  readonly templates: readonly TemplateTrace[];
  /** Each condition tried, in order, and whether it held. */
  readonly conditions: readonly ConditionTrace[];
}

export interface TemplateTrace {
  readonly property: string;
  readonly template: string;
  readonly result: string;
  readonly error?: string;
}

export interface ConditionTrace {
  readonly name: string;
  readonly type: string;
  readonly argument: string;
  readonly value: string;
  readonly held: boolean;
}

/** The engine's answer: the Execution after the event, what to do, and what happened on the way. */
export interface Turn {
  readonly execution: Execution;
  readonly effects: readonly Effect[];
  /**
   * Steps that were entered, continued or left in this turn, in order. A step that waited appears again, whole, when it
   * goes on: a host replaces the stored step of that `number` when `continued` is true. One that ran a subflow goes on
   * after the subflow's steps.
   */
  readonly trace: readonly (StepTrace & { readonly continued: boolean })[];
}
