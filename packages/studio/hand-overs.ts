/**
 * Where an Execution hands its customer over: to agents in Flex, to TwiML for a while, to a Conversation that it opens.
 * A host carries an effect out and answers with the event of the same `id`.
 */
import type { JsonObject } from "./types.ts";

interface OfWidget {
  readonly id: string;
  readonly state: string;
}

/** Somebody to write with in a Conversation: by identity, or by the pair of an address and a number of the account. */
export type ConversationParty =
  { readonly identity: string } | { readonly address: string; readonly proxyAddress: string };

export type HandOverEffect =
  /** Hand over a chat (on a call the effect is `enqueue`); answered with `handedOver` when the task exists. */
  | (OfWidget & {
      readonly type: "sendToFlex";
      readonly workflowSid: string;
      /** TC…: the task channel. */
      readonly channelSid: string;
      /** The widget's own; a host adds those that Studio adds by itself. */
      readonly attributes: JsonObject;
      readonly priority: number;
      readonly timeoutSeconds: number;
    })
  /**
   * Have TwiML go on with the call or message. Answered with `returned` when that calls the Flow's webhook with
   * `FlowEvent=return`, or with `timedOut` after `timeoutSeconds`; at once when those are 0.
   */
  | (OfWidget & {
      readonly type: "redirect";
      readonly url: string;
      readonly method: "GET" | "POST";
      readonly timeoutSeconds: number;
    })
  /** Open a Conversation; answered with `conversationOpened` or `conversationFailed`. Its messages are replies from then on. */
  | (OfWidget & {
      readonly type: "startConversation";
      readonly serviceSid: string;
      readonly participants: readonly ConversationParty[];
      readonly friendlyName: string | null;
      readonly attributes: string | null;
      readonly messagingServiceSid: string | null;
      /** ISO 8601 durations by state, `{inactive: "PT1H"}`. */
      readonly timers: Readonly<Record<string, string>>;
    })
  /** Go on in a Conversation that there is; answered as `startConversation` is. */
  | (OfWidget & {
      readonly type: "resumeConversation";
      readonly serviceSid: string;
      readonly conversationSid: string;
      readonly attributes: string | null;
    });

export type HandOverEvent =
  | {
      readonly type: "handedOver";
      readonly id: string;
      readonly outcome: "callComplete" | "failedToEnqueue" | "callFailure";
      /** The Task, or the Interaction's channel. */
      readonly variables: JsonObject;
      /** Why it failed, for whoever reads the warning. */
      readonly reason?: string;
    }
  /** The TwiML gave the Flow its call or message back, with these parameters. */
  | { readonly type: "returned"; readonly id: string; readonly parameters: JsonObject }
  | {
      readonly type: "conversationOpened";
      readonly id: string;
      /** The Conversation resource, with its `participants` as a list. */
      readonly conversation: JsonObject;
      /** The webhook by which its messages reach the Execution. */
      readonly webhookSid: string;
    }
  | {
      readonly type: "conversationFailed";
      readonly id: string;
      readonly error: { readonly code: number; readonly message: string };
    };
