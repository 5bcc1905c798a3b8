/**
 * What the desk notes on a Conversation, as its attributes: the language its customer chose, whom it has asked, since when
 * it waits for somebody, and what was agreed when it went to Flex. Flows read them as `trigger.conversation.ChannelAttributes`.
 */
import type { Conversation } from "./handler.ts";
import type { Timers } from "./timers.ts";

/** A customer for whom nobody was free. */
export interface Waiting {
  readonly line: string;
  readonly queue?: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** What to tell this customer when somebody is free, in their language. */
  readonly text: string;
  /** What stands above the customer's messages when the agent reads them. */
  readonly briefing: string;
}

/** A customer who was handed over to Flex, and what to tell them, in their language, when that ends. */
export interface AtFlex {
  readonly line: string;
  /** How often they were put back into the queue. */
  readonly invitedAgain: number;
  /** Nobody took the Task in time, and the Conversation ends. */
  readonly unanswered: string;
  /** Nobody took it yet, and they are in the queue again. */
  readonly stillWaiting: string;
  /** The agent has completed the Task. */
  readonly closed: string;
}

export interface Notes {
  readonly language?: string;
  readonly queue?: string;
  readonly waiting?: Waiting;
  readonly flex?: AtFlex;
}

/** The notes in a Conversation's attributes; what is no JSON object holds none. */
export function notesIn(attributes: string): Notes & Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(attributes);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Notes & Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
}

/** Reads the notes of a Conversation. */
export async function readNotes(
  conversation: Conversation,
): Promise<Notes & Readonly<Record<string, unknown>>> {
  return notesIn((await conversation.fetch()).attributes);
}

/** Writes notes over those that are there; `undefined` takes one away. Other attributes stay. `also` goes with the same request. */
export async function note(
  conversation: Conversation,
  before: Readonly<Record<string, unknown>>,
  notes: { readonly [Key in keyof Notes]: Notes[Key] | undefined },
  also: Partial<Timers> = {},
): Promise<void> {
  await conversation.update({ attributes: JSON.stringify({ ...before, ...notes }), ...also });
}
