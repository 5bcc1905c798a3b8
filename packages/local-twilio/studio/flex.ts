/**
 * What Send To Flex needs of Flex and TaskRouter: one narrow way out of Studio. A product that has it offers it as the
 * service `flex`; without one a hand-over fails, and says so.
 */
import type { Body } from "../product.ts";

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
