/**
 * What Executions do on a call, and what happens there. A host carries out an effect on the call that the Execution
 * is on (the one that came in, or the last that it made) and answers with an event of the same `id`.
 */
import type { JsonObject } from "./types.ts";

/** What the other side hears: a text that is read out, a recording, or keys as tones. */
export type Prompt =
  | { readonly say: string; readonly voice: string | null; readonly language: string | null }
  | { readonly play: string }
  | { readonly digits: string };

interface OfWidget {
  readonly id: string;
  readonly state: string;
}

/** What an Execution wants done on a call. */
export type CallEffect =
  /** Say it, `loop` times; answered with `played`. */
  | (OfWidget & { readonly type: "say"; readonly prompt: Prompt; readonly loop: number })
  /**
   * Ask for keys or words. Answered with `keysPressed`, `spoken`, or `timedOut` when neither came within
   * `timeoutSeconds` after the prompt.
   */
  | (OfWidget & {
      readonly type: "gather";
      readonly prompt: Prompt;
      readonly loop: number;
      readonly timeoutSeconds: number;
      /** The key that ends the input and is no part of it; null: none does. */
      readonly finishOnKey: string | null;
      /** How many keys end it; null: it ends by key or time. */
      readonly numberOfDigits: number | null;
      readonly speech: {
        readonly language: string | null;
        readonly hints: string | null;
        readonly timeout: string | null;
        readonly model: string | null;
        readonly profanityFilter: boolean;
      };
    })
  /** Ring somebody and connect; answered with `dialEnded` when that is over. */
  | (OfWidget & {
      readonly type: "dial";
      readonly noun: string;
      /** All that ring at once; the first to answer has the call. */
      readonly to: readonly string[];
      readonly callerId: string | null;
      readonly record: boolean;
      readonly timeoutSeconds: number;
      readonly timeLimitSeconds: number | null;
      readonly sip: { readonly username: string; readonly password: string } | null;
    })
  /** Make a call; answered with `callAnswered` or `callNotAnswered`. */
  | (OfWidget & {
      readonly type: "makeCall";
      readonly from: string;
      readonly to: string;
      readonly timeoutSeconds: number;
      readonly record: boolean;
      readonly sendDigits: string | null;
      /** Whether to tell machines from people; null: not. */
      readonly machineDetection: "Enable" | "DetectMessageEnd" | null;
    })
  /** Put the call into a queue or a Workflow; answered with `dequeued`. */
  | (OfWidget & {
      readonly type: "enqueue";
      readonly queueName: string | null;
      readonly workflowSid: string | null;
      readonly taskAttributes: string | null;
      readonly priority: number | null;
      readonly timeoutSeconds: number | null;
      readonly waitUrl: string | null;
      readonly waitUrlMethod: "GET" | "POST";
    })
  /** Record the whole call from now on, or stop; answered with `recordingChanged`. */
  | (OfWidget & {
      readonly type: "recordCall";
      readonly record: boolean;
      readonly channels: "mono" | "dual";
      readonly statusCallback: string | null;
    })
  /** Record what the caller says; answered with `recorded`, or `timedOut` when nothing was said. */
  | (OfWidget & {
      readonly type: "recordVoicemail";
      readonly timeoutSeconds: number;
      readonly finishOnKey: string;
      readonly maxSeconds: number;
      readonly playBeep: boolean;
      readonly transcribe: boolean;
      readonly transcriptionCallbackUrl: string | null;
      readonly statusCallbackUrl: string | null;
    })
  /** Take a payment; answered with `paid`. */
  | (OfWidget & {
      readonly type: "pay";
      readonly connector: string;
      readonly amount: string | null;
      readonly currency: string;
      readonly description: string;
      readonly method: string;
      readonly tokenType: string;
      readonly timeoutSeconds: number;
      readonly maxAttempts: number;
      readonly asksSecurityCode: boolean;
      readonly asksPostalCode: boolean;
      readonly parameters: Readonly<Record<string, string>>;
    })
  /** Start or stop a copy of the audio to somewhere; answered with `streamChanged`. */
  | (OfWidget & {
      readonly type: "stream";
      readonly action: "start" | "stop";
      readonly name: string | null;
      readonly url: string | null;
      readonly connector: string | null;
      readonly track: string;
      readonly parameters: Readonly<Record<string, string>>;
    })
  /** Hand the call to a virtual agent; answered with `agentEnded`. */
  | (OfWidget & {
      readonly type: "virtualAgent";
      readonly connector: string;
      readonly language: string | null;
      readonly statusCallback: string | null;
      readonly timeoutSeconds: number | null;
      readonly parameters: Readonly<Record<string, string>>;
    })
  /** Hand the call to a program on a web socket; answered with `relayEnded`. */
  | (OfWidget & {
      readonly type: "conversationRelay";
      readonly url: string;
      readonly welcomeGreeting: string | null;
      readonly language: string | null;
      readonly voice: string | null;
      readonly parameters: Readonly<Record<string, string>>;
    })
  /** A Function answered TwiML: the call goes on by it, without the Flow. Nothing answers this. */
  | (OfWidget & { readonly type: "giveUpCall"; readonly twiml: string });

/** What happens on a call. `call` holds the parameters of Twilio's callback, word for word. */
export type CallEvent =
  | { readonly type: "played"; readonly id: string }
  | { readonly type: "keysPressed"; readonly id: string; readonly digits: string; readonly call: JsonObject }
  | {
      readonly type: "spoken";
      readonly id: string;
      readonly text: string;
      readonly confidence: number;
      readonly call: JsonObject;
    }
  | { readonly type: "callAnswered"; readonly id: string; readonly call: JsonObject }
  | {
      readonly type: "callNotAnswered";
      readonly id: string;
      readonly outcome: "busy" | "noAnswer" | "failed";
      readonly call: JsonObject;
    }
  | { readonly type: "dialEnded"; readonly id: string; readonly call: JsonObject }
  | {
      readonly type: "dequeued";
      readonly id: string;
      readonly outcome: "callComplete" | "failedToEnqueue" | "callFailure";
      readonly call: JsonObject;
    }
  | {
      readonly type: "recordingChanged";
      readonly id: string;
      readonly succeeded: boolean;
      readonly recording: JsonObject;
    }
  | { readonly type: "recorded"; readonly id: string; readonly call: JsonObject }
  | {
      readonly type: "paid";
      readonly id: string;
      readonly outcome:
        "success" | "maxFailedAttempts" | "providerError" | "payInterrupted" | "hangup" | "validationError";
      readonly call: JsonObject;
    }
  | { readonly type: "streamChanged"; readonly id: string }
  | {
      readonly type: "agentEnded";
      readonly id: string;
      readonly outcome: "completed" | "live-agent-handoff" | "failed" | "paused" | "timeout";
      readonly call: JsonObject;
    }
  | {
      readonly type: "relayEnded";
      readonly id: string;
      readonly succeeded: boolean;
      readonly call: JsonObject;
    }
  /** The other side hung up, whatever the Execution waits for. `call` also has what a voicemail had recorded by then. */
  | { readonly type: "hungUp"; readonly call: JsonObject };
