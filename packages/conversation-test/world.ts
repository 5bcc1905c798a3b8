/**
 * Where a conversation is played: the engine alone, a local Twilio, a real account. Scripts know no more than this, so that
 * the same one plays on all of them. What a world cannot do is a `ConversationError` that says so.
 */
import type { JsonObject } from "@support-line/studio";
import type { Answer } from "./answer.ts";
import type { Coverage } from "./coverage/coverage.ts";

/** Somebody's phone. What it does resolves when all that follows has happened. */
export interface Phone {
  /** Writes to the number that wrote last, or to the line while none has. */
  says(text: string): Promise<void>;
  /** What came since it was last asked, oldest first: messages, and what is said and played on a call. */
  heard(): Promise<readonly string[]>;
  /** Calls the line. */
  calls(): Promise<void>;
  /** Answers what rings, or takes a call that waits in a queue. */
  picksUp(): Promise<void>;
  declines(): Promise<void>;
  presses(keys: string): Promise<void>;
  speaks(words: string): Promise<void>;
  hangsUp(): Promise<void>;
}

/** A call of a Function or a web server, as it went out. */
export interface Asked {
  /** The Function's name, or the URL. */
  readonly of: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Functions, or web servers: what they answer from now on, and what they were asked. */
export interface Answering {
  answer(of: string, answer: Answer): void;
  /** What was asked since it was last looked at, oldest first. */
  asked(): readonly Asked[];
}

/** A request to Twilio's REST API that a real Function made. */
export interface TwilioCall {
  readonly method: string;
  /** With the host: `conversations.twilio.com/v1/Services/…`. */
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
}

export interface World {
  readonly name: string;
  /** By name: `customer`, `agent` and whoever else the world was given. */
  readonly people: Readonly<Record<string, Phone>>;
  readonly functions: Answering;
  readonly http: Answering;
  /** Refuses the next message of the Flow, as Twilio would; or takes it and does not deliver it. */
  failNextMessage(how: "refused" | "undelivered", code: number): void;
  /** What the real Functions asked of Twilio since it was last looked at. */
  twilioCalls(): readonly TwilioCall[];
  pass(seconds: number): Promise<void>;
  /** Starts the Flow over the REST API, for the customer. */
  request(parameters: JsonObject): Promise<void>;
  /** What the script walked through in which an account is known to differ, a sentence each. */
  differences?(): readonly string[];
  /** Which of the Flow was walked, when the world can tell. */
  covered(): Promise<readonly Coverage[]>;
  close(): Promise<void>;
}

/** One line of a transcript: who it is about and what happened. */
export type Note = (who: string, what: string) => void;

/** Opens a world of its kind for each script. */
export interface WorldKind {
  /** Completes "a conversation …": `on the engine alone`. */
  readonly name: string;
  open(note: Note): Promise<World>;
  /** When no more scripts are to come. */
  close?(): Promise<void>;
}
