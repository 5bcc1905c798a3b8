/** A probe asks one thing of a Twilio, whichever it is, and says what it saw. It knows nothing of what it should see. */
import type { Seen } from "@support-line/local-twilio/proof";
import type { Account } from "./account.ts";
import type { Fixtures } from "./fixtures.ts";

/** One thing that is asked. */
export interface Question {
  /** `rest.conversation.create`: the same in every proof. */
  readonly id: string;
  readonly asks: string;
  /** What it tests: a page, a document of Twilio's API, a file here, or `recorded: …`, what others recorded and published. */
  readonly source: string;
  /** What walks through it: `widget:send-message`, `rest:create twilio:api:Message`, `event:onMessageAdded`, `function`. */
  readonly touches?: readonly string[];
}

/** What can be run by itself, in the order in which all are run. */
export const parts = {
  rest: "each resource of a line is created, fetched, changed, listed, deleted, and refused as the documents say",
  functions: "Functions and Assets are deployed and called",
  studio: "Flows are run over REST: Liquid, predicates, widgets, limits",
  webhooks: "what webhooks carry, in which order, with which headers",
  timing: "what comes before what, and how soon a change is seen",
  numbers: "the account's numbers, and those that could be bought",
  messages: "texts between the two numbers, media, Flows that write and wait, STOP and START",
  switches: "what the local Twilio has a switch for",
} as const;
export type Part = keyof typeof parts;

export interface Probe {
  /** `rest/conversation`: what a run says it is at, and what is not asked again when it is resumed. */
  readonly name: string;
  readonly part: Part;
  /** What of a line depends on it. */
  readonly matters: string;
  readonly questions: readonly Question[];
  /** Two numbers of the account: texts go from one to the other. */
  readonly needsNumbers?: true;
  /** How many texts it sends, in segments; what Twilio asks for one differs by country. */
  readonly texts?: number;
  /** Asks, and tells `saw` of each question what was seen. What it throws leaves its other questions unasked. */
  run(asked: Asked): Promise<void>;
}

/** What a probe has to ask with. */
export interface Asked {
  readonly account: Account;
  /** What several probes need, made when the first one asks for it. */
  readonly fixtures: Fixtures;
  /** Begins the name of everything that this run makes. */
  readonly prefix: string;
  /** Null where the run was given none; a probe that `needsNumbers` is not run then. */
  readonly numbers: Numbers | null;
  readonly saw: (id: string, what: Seen) => void;
  /** Why a question could not be asked. */
  readonly notAsked: (id: string, why: string) => void;
}

export interface Numbers {
  /** Is written to. */
  readonly line: string;
  /** Writes. */
  readonly phone: string;
}

/** The numbers of a probe that is only run with some. */
export function numbersOf({ numbers }: Asked): Numbers {
  if (numbers === null) throw new Error("this probe needs numbers and says so in `needsNumbers`");
  return numbers;
}
