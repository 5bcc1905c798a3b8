/** The Functions that blocks bring: what each is told and answers, and its text. */
import { readFileSync } from "node:fs";

export interface BlockFunction {
  readonly about: string;
  /** By name, what a Flow gives. Every Function takes `ChatServiceSid` too: the Conversations Service, when it is not the stage's. */
  readonly parameters: Readonly<Record<string, string>>;
  /** By key of the answer's JSON, what it says. */
  readonly answers: Readonly<Record<string, string>>;
}

const conversationID = "the Conversation's SID";
const line = "the line's name; the bindings fill it";
const now = "seconds since 1970, so that Flow and Function go by one clock; this machine's without it";
const briefing = "what stands above the customer's messages when the agent reads them";

/** By name. */
export const blockFunctions: Readonly<Record<string, BlockFunction>> = {
  "check-hours": {
    about: "Whether the line is open, and when somebody is back.",
    parameters: { conversationID, line, now, language: "of the words in opens; en without it" },
    answers: {
      open: "true or false; true for a line without hours",
      opens: "when somebody is back, in words; empty while open, or when nobody knows",
      seconds: "until then",
    },
  },
  "check-agent": {
    about: "How it stands with the agent who was asked, and what was written last.",
    parameters: { conversationID, within: "seconds that an agent has for a first answer", now },
    answers: {
      state:
        "nobody; waiting, with seconds left; silent, when they had their time; answered; given, to a customer who waited",
      seconds: "that the agent has left",
      said: "the last message",
      author: "who wrote it",
    },
  },
  "find-agent": {
    about: "Brings the first free agent of the line, or of the queue whose word was written.",
    parameters: {
      conversationID,
      line,
      said: "what was written; a queue's word brings one of that queue",
      author: "who wrote it: an agent who writes a queue's word hands the customer over",
      now,
      whenFree: "what a customer who waits is told when somebody is free",
      briefing,
    },
    answers: {
      state:
        "added; handed-over, from one agent to the next; present, when somebody is there already; none, and the customer waits",
      agent: "address of the agent, or null",
    },
  },
  "replace-agent": {
    about:
      "Asks the next agent in place of one who has not answered; the next joins before the silent one leaves.",
    parameters: { conversationID, line, briefing },
    answers: { state: "added, or none: then the silent one stays", agent: "address of the agent, or null" },
  },
  "remove-support-agent": {
    about: "Takes the agent who asked for it out of the Conversation.",
    parameters: {
      conversationID,
      line,
      author: "who wrote; a customer who writes the same word is answered false",
      servesNext: "true: the agent goes on to whoever waits longest",
    },
    answers: { removed: "true or false" },
  },
  "choose-language": {
    about: "Notes the language whose word was written; every later text and agent is of that language.",
    parameters: { conversationID, said: "the word" },
    answers: { language: "its tag, de" },
  },
  "start-conversation": {
    about: "Gives a Conversation the stage's timers, and the webhooks by which the Flow goes on hearing it.",
    parameters: {
      line,
      conversationSid: "the Conversation's SID; without it one is opened for address",
      address: "of a customer, for a Conversation that is opened",
      proxy: "the Twilio number that they will see; the line's first of that channel without it",
    },
    answers: {
      conversationSid: "of the Conversation",
      flowWebhookSid: "of the Flow's webhook",
      reattachWebhookSid: "of the one that puts it back",
    },
  },
  "close-conversation": {
    about: "Ends a Conversation, and serves whoever waits longest.",
    parameters: { conversationID, line },
    answers: { closed: "false when it was closed already" },
  },
  "leave-to-flex": {
    about:
      "Leaves a Conversation to Flex once it was handed over, so that the Flow answers nobody who talks to an agent.",
    parameters: {
      conversationID,
      line,
      unanswered: "what the customer reads when nobody took the Task in time",
      stillWaiting: "what they read when they are put into the queue again",
      closed: "what they read when the agent is done",
    },
    answers: { left: "how many webhooks were taken away" },
  },
  "task-ended": {
    about:
      "TaskRouter's event callback, which no Flow calls: no Conversation stays open because its Task ended.",
    parameters: {},
    answers: {
      closed: "true when the Conversation was closed",
      invited: "how often the customer was put into the queue again",
      ignored: "why nothing was to be done",
    },
  },
};

/** The TypeScript of a Function, as it is written into a project. */
export function functionText(name: string): string {
  return readFileSync(new URL(`files/${name}.protected.ts`, import.meta.url), "utf8");
}
