/** What every Function of the stack starts with: typed parameters, the Conversations Service, one way to fail. */
import type { Twilio } from "twilio";
import { forms, type Form } from "./forms.ts";

/** `context` of a Twilio Function, as far as the stack uses it. */
export interface Context {
  readonly [variable: string]: unknown;
  readonly DOMAIN_NAME: string;
  getTwilioClient(): Twilio;
}

/** Parameters of a request: query and form merged, and `request` beside them. */
export type Event = Readonly<Record<string, unknown>>;
export type Callback = (error?: unknown, payload?: unknown) => void;
export type Handler = (context: Context, event: Event, callback: Callback) => Promise<void>;

/** The Conversations API of one Service, where every Conversation of the stage lives. */
export type ConversationsService = ReturnType<Twilio["conversations"]["v1"]["services"]>;
export type Conversation = ReturnType<ConversationsService["conversations"]>;

/** What one run has to do with. */
export interface Run {
  readonly context: Context;
  readonly event: Event;
  readonly service: ConversationsService;
  /** The parameter of that name. Throws when it is missing or not of that form. */
  readonly parameter: (name: string, form?: Form) => string;
  /** The same, or undefined when it is not there. */
  readonly optional: (name: string, form?: Form) => string | undefined;
  /** The Variable of that key. Throws when the stage has none, or an empty one. */
  readonly variable: (key: string) => string;
}

/** A request that cannot be done, said in one sentence that holds no more than names, SIDs and codes. */
export class RequestError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "RequestError";
  }
}

/**
 * A Function's handler from what it does: its result is called back, and an error fails the request and leaves one
 * line in the log, with SIDs and codes and nothing a customer wrote.
 *
 * A Conversation is reached through its Service: `ChatServiceSid` of the message, or the stage's own. The short path
 * means the account's default Service and finds no Conversation of any other
 * (https://www.twilio.com/docs/conversations/api/service-resource).
 */
export function handlerOf(name: string, work: (run: Run) => Promise<unknown>): Handler {
  return async (context, event, callback) => {
    try {
      callback(null, await work(runOf(context, event)));
    } catch (error) {
      console.error(JSON.stringify({ function: name, ...subject(event), ...problem(error) }));
      callback(error);
    }
  };
}

function runOf(context: Context, event: Event): Run {
  const optional = (name: string, form: Form = forms.text) => {
    const value = event[name];
    if (value === undefined || value === "") return undefined;
    if (typeof value !== "string" || !form.pattern.test(value)) {
      throw new RequestError(`the parameter ${name} is not ${form.says}`);
    }
    return value;
  };
  const variable = (key: string) => {
    const value = context[key];
    if (typeof value === "string" && value !== "") return value;
    throw new RequestError(`the Variable ${key} is missing; deploy the stack`);
  };
  const sid = optional("ChatServiceSid", forms.service) ?? variable("CONVERSATIONS_SERVICE_SID");
  return {
    context,
    event,
    service: context.getTwilioClient().conversations.v1.services(sid),
    optional,
    variable,
    parameter: (name, form = forms.text) => {
      const value = optional(name, form);
      if (value === undefined) throw new RequestError(`the parameter ${name} is missing; give ${form.says}`);
      return value;
    },
  };
}

/** What a request is about, by SIDs and names alone: a parameter of another form may be anything, a message too. */
function subject(event: Event): Record<string, string> {
  const named = [
    [
      "conversation",
      event.conversationID ?? event.conversationSid ?? event.ConversationSid,
      forms.conversation,
    ],
    ["line", event.line, forms.line],
  ] as const;
  return Object.fromEntries(
    named.flatMap(([name, value, { pattern }]) =>
      typeof value === "string" && pattern.test(value) ? [[name, value]] : [],
    ),
  );
}

function problem(error: unknown): Record<string, unknown> {
  if (error instanceof RequestError) return { error: error.name, message: error.message };
  const { code, status } = error as { code?: unknown; status?: unknown };
  return { error: error instanceof Error ? error.name : typeof error, code, status };
}

/** Twilio's code of a refused request, or undefined for any other error. */
export function codeOf(error: unknown): number | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === "number" ? code : undefined;
}
